import { setTimeout as wait } from 'node:timers/promises';
import { SealedError } from '../core/credentials.ts';
import { describeError, type Log } from '../core/log.ts';

/**
 * Does what must not fail for as long as Redis may be away: what is stored here is the only copy of a token.
 *
 * @throws what `work` throws, once `forMs` are over, or at once where trying again is of no use
 */
export async function insist<T>(
  work: () => Promise<T>,
  { forMs, log }: { readonly forMs: number; readonly log: Log },
): Promise<T> {
  const since = performance.now();
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof SealedError || performance.now() - since > forMs) throw error;
      if (tries === 1) log.warn(describeError(error), 'New tokens could not be stored yet.');
      await wait(Math.min(50 * 2 ** tries, 2_000));
    }
  }
}
