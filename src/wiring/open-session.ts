import type { Account } from '../core/account.ts';
import type { Clock } from '../core/clock.ts';
import type { CredentialStore } from '../core/credentials.ts';
import { RejectedError } from '../core/errors.ts';
import type { LimitSighting } from '../core/limits.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Session } from '../networks/network.ts';
import { networkOf } from '../networks/registry.ts';
import type { SessionSettings } from '../publishing/sessions.ts';

export interface SessionParts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly credentials: CredentialStore;
  /** Told what answers say of limits. */
  readonly sawLimit?: (sighting: LimitSighting) => void;
}

/** Opens a session with an account, whose posts' images come from the ledger. */
export function openSession(
  account: Account,
  { requestTimeoutMs, facebook }: SessionSettings,
  { ledger, clock, credentials, sawLimit }: SessionParts,
): Promise<Session> {
  return networkOf(account.network).connect(account, {
    clock,
    requestTimeoutMs,
    credentials: credentials.of(account),
    media: (hash) => takeMedia(hash, account, ledger),
    facebook,
    ...(sawLimit && { sawLimit }),
  });
}

/** Images are kept for a month after a publication has failed: a later retry has to put them back first. */
async function takeMedia(hash: string, { network }: Account, ledger: Ledger): Promise<Buffer> {
  if (await ledger.wantMedia(hash)) return ledger.media(hash);
  throw new RejectedError('An image of the post is no longer in Redis.', {
    code: `${network}:image-gone`,
  });
}
