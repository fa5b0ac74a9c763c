import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AlertStore, ChannelTrouble, Waiting } from '../../src/alerts/alert-store.ts';
import { sendAlert } from '../../src/alerts/channel.ts';
import { deliver } from '../../src/alerts/deliver.ts';
import { secretsOfAlerts } from '../../src/core/alerts.ts';
import { createLog } from '../../src/logging/log.ts';
import { createSecrets } from '../../src/logging/redact.ts';
import { alertSettings, aMessage, anEmail, aWebhook } from '../support/alerts.ts';
import { startAnsweringServer } from '../support/answering-server.ts';
import { findCanaries, makeCanary } from '../support/canary.ts';
import { startMailServer } from '../support/mail-server.ts';

test('no secret of a channel is logged or kept, though the other side repeats what it hears', async () => {
  const plain = (core: string) => core;
  const address = makeCanary('address', plain);
  const signing = makeCanary('signing', plain);
  const password = makeCanary('password', plain);
  const hook = await startAnsweringServer(({ url, headers }) => ({
    status: 404,
    body: `Cannot POST ${url} ${JSON.stringify(headers)}`,
  }));
  await using mail = await startMailServer({
    answer: (command) =>
      command.startsWith('AUTH') ? `535 5.7.8 I do not know ${command}` : undefined,
  });
  const settings = alertSettings({
    channels: [
      aWebhook({ url: `${hook.url}/services/${address.value}`, secret: signing.value }),
      anEmail({ smtpUrl: mail.url.replace('://', `://desk:${password.value}@`) }),
    ],
  });
  const kept: unknown[] = [];
  const troubles = new Map<string, ChannelTrouble>();
  const waiting = settings.channels.map(
    ({ name }): Waiting => ({ channel: name, message: aMessage(), tries: 0, nextAt: 0 }),
  );
  const store = {
    waiting: async () => waiting,
    troubles: async () => troubles,
    postpone: async (one: Waiting) => void kept.push(one),
    keepTrouble: async (name: string, trouble: ChannelTrouble) => void kept.push(name, trouble),
  } as unknown as AlertStore;
  let logged = '';
  const log = createLog({
    part: 'scheduler',
    secrets: createSecrets(secretsOfAlerts(settings)),
    stream: {
      write(line) {
        logged += line;
      },
    },
    pretty: false,
  });
  const stopping = new AbortController().signal;

  const now = aMessage().at;
  await deliver({ store, channels: settings.channels, send: sendAlert, log, stopping, now });
  await hook.close();

  assert.equal(logged.match(/did not get through/g)?.length, 2);
  assert.match(logged, /The webhook answered 404\./);
  assert.match(logged, /does not take the user and the password/);
  const canaries = [address, signing, password];
  assert.deepEqual(findCanaries(canaries, logged + JSON.stringify(kept)), []);
});
