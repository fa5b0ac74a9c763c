import { setTimeout as wait } from 'node:timers/promises';
import type { Credentials, ExchangeContext, Renewal } from '../core/credentials.ts';
import { stateOfSender, thisSender } from '../core/sender.ts';
import type { CredentialRecords } from './redis-records.ts';
import { hashOfTokens } from './stored-credentials.ts';

export interface Renewing {
  readonly account: string;
  readonly records: CredentialRecords;
  /** How long a renewal has before another process may take its place. Milliseconds. */
  readonly lockMs: number;
  readonly now: () => number;
  read(): Promise<Credentials | undefined>;
  /** Makes sure that `store` can seal. */
  prepareToStore(): Promise<void>;
  /** Stores what came of an exchange, unless somebody with a higher token has stored. */
  store(before: Credentials, renewal: Renewal, fence: number): Promise<void>;
  isStale(current: Credentials): boolean;
  exchange(current: Credentials, context: ExchangeContext): Promise<Renewal>;
  readonly signal: AbortSignal;
}

/** How often who waits for another process looks whether it is done. */
const LOOK_EVERY_MS = 100;

/**
 * Renews credentials that are stale, under a lock: see AccountCredentials.renew. A single-use token is worth as much
 * as its successor: from its exchange to the store's word nothing else happens.
 */
export async function renew(renewing: Renewing): Promise<Credentials | undefined> {
  const { account, records, lockMs, isStale, signal } = renewing;
  let gone: string | undefined;
  for (;;) {
    const current = await renewing.read();
    if (current === undefined || !isStale(current)) return current;
    signal.throwIfAborted();

    const answer = await records.lock(account, thisSender(), lockMs, gone);
    gone = undefined;
    if (answer.fence !== undefined) {
      const done = await renewAlone(renewing, answer.fence);
      if (done !== 'lost') return done.credentials;
      continue;
    }
    // Who died on this host is not waited for.
    if (answer.owner !== thisSender() && stateOfSender(answer.owner) === 'gone') {
      gone = answer.owner;
      continue;
    }
    await wait(LOOK_EVERY_MS * (0.5 + Math.random()), undefined, { signal });
  }
}

async function renewAlone(
  renewing: Renewing,
  fence: number,
): Promise<'lost' | { readonly credentials: Credentials | undefined }> {
  const { account, records, lockMs, now, isStale, exchange, signal } = renewing;
  const ending = AbortSignal.timeout(lockMs * 0.8);
  try {
    const current = await renewing.read();
    if (current === undefined || !isStale(current)) return { credentials: current };

    await renewing.prepareToStore();
    // The last moment: who stops in the midst of an exchange loses its answer, and with it the account.
    signal.throwIfAborted();
    const mark = hashOfTokens(current.secrets) ?? '';
    const begun = await records.begin(account, fence, mark, now());
    if (begun.isLost) return 'lost';
    const renewal = await exchange(current, { signal: ending, begunBefore: begun.before });
    await renewing.store(current, renewal, fence);
    // Its own, or those of who came later and was first.
    return { credentials: await renewing.read() };
  } finally {
    // It ends by itself otherwise.
    await records.unlock(account, fence).catch(() => undefined);
  }
}
