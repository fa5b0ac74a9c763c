import { randomUUID } from 'node:crypto';
import { loadFrame } from '../../config/load.ts';
import { sendAlert } from '../alerts/channel.ts';
import { testMessage } from '../alerts/test-message.ts';
import type { AlertChannel } from '../core/alerts.ts';
import { type Call, CallError, EXIT } from './call.ts';
import { loadOptions, readConfig } from './open.ts';
import { printJson, printLines } from './print.ts';

interface Tried {
  readonly channel: string;
  readonly to: string;
  readonly ok: boolean;
  /** Why it was not taken. */
  readonly reason?: string;
}

/** `carillon alert test` */
export async function run(call: Call): Promise<number> {
  const [action] = call.args;
  if (action !== 'test') {
    throw new CallError(`"carillon alert" knows only "test", not "${action}".`);
  }
  const { alerts, sandbox } = await loadFrame(loadOptions(call));
  // Tells what is wrong with them.
  if (alerts === 'unreadable') await readConfig(call);
  if (alerts === undefined || alerts === 'unreadable') {
    throw new CallError(
      'The config names nobody to tell. Write "alerts:" with "webhook" or "email" into it.',
    );
  }
  const message = testMessage({ id: randomUUID(), at: Date.now(), isSandbox: sandbox });
  const tried = await Promise.all(
    alerts.channels.map(async (channel): Promise<Tried> => {
      const told = { channel: channel.name, to: sayReceiver(channel) };
      try {
        await sendAlert(channel, message, new AbortController().signal);
        return { ...told, ok: true };
      } catch (error) {
        return { ...told, ok: false, reason: (error as Error).message };
      }
    }),
  );
  const ok = tried.every((one) => one.ok);
  if (call.has('json')) printJson(call.io, { ok, channels: tried });
  else printLines(call.io, tried.map(sayTried));
  return ok ? EXIT.done : EXIT.failed;
}

/** Of a webhook only the host, as its whole address is a secret. */
function sayReceiver(channel: AlertChannel): string {
  return channel.by === 'webhook' ? new URL(channel.url).host : channel.to.join(', ');
}

function sayTried({ channel, to, ok, reason }: Tried): string {
  return ok
    ? `${channel} (${to}): taken. Look whether it is there.`
    : `${channel} (${to}): not taken. ${reason}`;
}
