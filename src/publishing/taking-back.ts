import type { PublishingSettings } from '../core/config.ts';
import { isPublishError } from '../core/errors.ts';
import type { PublicationError } from '../core/publication.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { KnownRetraction } from '../ledger/retractions.ts';
import type { Session } from '../networks/network.ts';
import type { PublishingLog } from './publishing.ts';

/** What is needed to take back and to correct. */
export interface TakingBack {
  readonly ledger: Ledger;
  readonly settings: Pick<PublishingSettings, 'requestTimeoutMs'>;
  readonly log: PublishingLog;
  now(): number;
  /** Undefined if the config does not have the account. */
  sessionOf(account: string): Promise<Session | undefined>;
  /** Writes down on this host what is taken back. */
  note(retraction: KnownRetraction): void;
  readonly stopping: AbortSignal;
}

/** Why a request to the network did not do it: `retryInMs` if it is tried again without a person. */
export interface Setback {
  readonly code: string;
  readonly message: string;
  readonly retryInMs: number | undefined;
  /** True if it is the account's access that the network does not take: once that is mended, it may be done after all. */
  readonly isOfAccess?: boolean;
}

const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 10 * 60_000;

/** How long what was taken is left alone by others. Two at the same do no harm, and one that died is not waited for long. */
export function leaseOf({ requestTimeoutMs }: TakingBack['settings']): number {
  return requestTimeoutMs + 5_000;
}

export function unknownAccount(account: string): Setback {
  const message = `The config has no account ${account}.`;
  return { code: 'carillon:no-account', message, retryInMs: undefined };
}

/** Only what the network refuses for good needs a person; to ask it for the same again is harmless. */
export function setbackOf(error: unknown, tries: number, now: number): Setback {
  const waitMs = Math.min(FIRST_WAIT_MS * 2 ** Math.min(tries, 10), LONGEST_WAIT_MS);
  if (!isPublishError(error)) {
    const words = error instanceof Error ? error.message : String(error);
    return { code: 'carillon:bug', message: `Carillon failed: ${words}`, retryInMs: waitMs };
  }
  const { code, message } = error;
  switch (error.name) {
    case 'RateLimitedError':
      return { code, message, retryInMs: Math.max(1_000, error.retryAt.getTime() - now) };
    case 'UnauthorizedError':
      return { code, message, retryInMs: undefined, isOfAccess: true };
    case 'RejectedError':
      return { code, message, retryInMs: undefined };
    default:
      return { code, message, retryInMs: waitMs };
  }
}

/** As people read it. */
export function sayGoesOn({ code, message }: Setback): PublicationError {
  return { code, message, advice: 'Nothing to do: Carillon tries again by itself.' };
}
