import type { Account } from '../core/account.ts';
import type { Clock } from '../core/clock.ts';
import type { PublishingSettings } from '../core/config.ts';
import type { AccountLimits } from '../core/limits.ts';
import type { Terms } from '../core/prices.ts';
import type { Tracing } from '../core/tracing.ts';
import type { Next } from '../core/wake-up.ts';
import type { Journal } from '../ledger/journal.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Session } from '../networks/network.ts';
import type { LinkGate } from './link-gate.ts';

/** What a worker needs to handle wake-ups. */
export interface Publishing {
  readonly ledger: Ledger;
  readonly journal: Journal;
  readonly settings: PublishingSettings;
  readonly clock: Clock;
  readonly log: PublishingLog;
  /** Names this process: see core/sender.ts. */
  readonly sender: string;
  readonly random: () => number;
  /** The account's settings and whether people post by hand; undefined if the config does not have it. */
  accountOf(name: string): Promise<PublishingAccount | undefined>;
  sessionOf(account: Account): Promise<Session>;
  /** Hands on to the ledger what the account's answers have said of limits, without waiting for it. */
  tellLimits?(account: string): void;
  /** Replays this host's journals into a ledger that has forgotten something. */
  recover(reason: string): Promise<void>;
  /** With `preflight: strict`: looks at the links of a post before it goes out. */
  readonly linkGate?: LinkGate;
  /** Where traces are wanted. */
  readonly tracing?: Tracing | undefined;
  /** Publications of which this process may be writing a request. */
  readonly inFlight: Set<string>;
  /** Aborts when the process is told to stop: what has not begun is given back. */
  readonly stopping: AbortSignal;
}

export interface PublishingAccount {
  readonly account: Account;
  readonly isAssisted: boolean;
  /** What is known of its limits beforehand. */
  readonly limits?: AccountLimits;
  /** What it pays and may spend; missing if it costs nothing. */
  readonly terms?: Terms | undefined;
}

export interface PublishingLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export const done = (because: string): Next => ({ kind: 'done', because });
export const again = (inMs: number, because: string): Next => ({ kind: 'again', inMs, because });

/**
 * How long a claim lasts before it begins to send: uploads and the like take several requests. Once it has
 * begun, the window of the request counts.
 */
export function leaseMs({ requestTimeoutMs }: PublishingSettings): number {
  return 4 * requestTimeoutMs + 2_000;
}

/** How long the ledger waits for a request that has begun: well beyond its total time-out. */
export function sendWindowMs({ requestTimeoutMs }: PublishingSettings): number {
  return 2 * requestTimeoutMs + 1_000;
}
