import { openCalendar } from '../core/say-time.ts';
import { sayHold } from '../telling/obstacles.ts';
import type { DeedParts } from './deed-parts.ts';
import type { Done } from './done.ts';

/** Stops an account, or with `*` all of them: nothing is sent from this moment. */
export async function pause(
  account: string,
  by: string,
  { ledger, config }: Pick<DeedParts, 'ledger' | 'config'>,
): Promise<Done> {
  const isPaused = await ledger.pause(account, {
    kind: 'operator',
    by,
    reason: 'paused by hand',
    at: await ledger.now(),
  });
  if (!isPaused) {
    const hold = (await ledger.holds()).get(account);
    if (hold !== undefined) {
      return { isDone: true, says: sayHold(account, hold, openCalendar(config.timezone)) };
    }
  }
  const what = account === '*' ? 'Everything is paused' : `${account} is paused`;
  const command = account === '*' ? 'carillon resume' : `carillon resume ${account}`;
  const says = `${what}: from this moment nothing is sent. "${command}" lets it go on.`;
  return { isDone: true, says };
}
