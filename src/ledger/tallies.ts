import type { AccountLimits, LimitOwner } from '../core/limits.ts';

/**
 * What the ledger has counted, for whoever watches it. Each count is a part of the step that it is about: right with any
 * number of processes, whichever of them start again, and never lost or counted twice.
 */
export interface Tallies {
  tallies(): Promise<LedgerTallies>;
  /** How many posts each limit of these accounts has room for, as far as anything is known of it. */
  limitRooms(accounts: readonly LimitedAccount[]): Promise<readonly LimitRoom[]>;
  /** Counts that the worker of a network had gone deaf, and another one took its place. */
  countReplacement(network: string): Promise<void>;
}

export interface LedgerTallies {
  readonly lateness: readonly LatenessTally[];
  readonly attempts: readonly AttemptTally[];
  /** By network: how often a deaf worker was replaced. */
  readonly replacements: ReadonlyMap<string, number>;
  /** By network: what is due by now, may go on, and does not. */
  readonly due: ReadonlyMap<string, Overdue>;
  /** By network: since when the longest has been unconfirmed. */
  readonly unconfirmedSince: ReadonlyMap<string, number>;
  /** Posts recorded beyond the one that each publication wanted. */
  readonly duplicates: number;
  /** Milliseconds since 1970, by the clock of Redis. */
  readonly now: number;
}

/**
 * Bounds in milliseconds; what is later than the last one is counted without a bound. Of a count that is kept for
 * years they cannot change: a new one would begin empty.
 */
export const LATENESS_BOUNDS_MS = [
  ...[100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000],
  ...[60_000, 300_000, 900_000, 3_600_000, 7_200_000],
] as const;

/** How long after their time publications were known to be up; those that a person has confirmed do not count. */
export interface LatenessTally {
  readonly network: string;
  /** True if it waited for a person, for money or for a limit after its time. */
  readonly isHeldBack: boolean;
  /** How many were at most that late and later than the bound before; the last number is of those beyond all bounds. */
  readonly counts: readonly number[];
  readonly sumMs: number;
}

export type AttemptOutcome =
  | 'posted'
  | 'refused'
  | 'account-refused'
  | 'not-sent'
  | 'limited'
  | 'unknown';

/** Attempts that ended so; each part of a thread is an attempt. */
export interface AttemptTally {
  readonly network: string;
  readonly account: string;
  readonly outcome: AttemptOutcome;
  readonly count: number;
}

export interface Overdue {
  /** Since when the longest of them waits: milliseconds since 1970. */
  readonly since: number;
  /** Of all networks together no more than a thousand are looked at. */
  readonly count: number;
}

export interface LimitedAccount {
  readonly account: string;
  readonly limits: AccountLimits;
}

export interface LimitRoom {
  readonly account: string;
  readonly of: LimitOwner;
  /** What the limit is called, such as `posts`. */
  readonly limit: string;
  /** How many posts may go out by now, without those under way. 0 while the network takes none at all. */
  readonly left: number;
  readonly most: number;
}
