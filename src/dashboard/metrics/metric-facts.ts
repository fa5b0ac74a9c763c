import type { Heartbeat } from '../../core/heartbeat.ts';
import type { Cost } from '../../core/money.ts';
import type { Frozen, Hold } from '../../ledger/ledger.ts';
import type { LedgerTallies, LimitRoom } from '../../ledger/tallies.ts';
import type { Standing } from '../standing.ts';

/** What metrics are made of, besides the overview: as much as a few questions to Redis answer, however much is planned. */
export interface MetricFacts {
  readonly version: string;
  readonly tallies: LedgerTallies;
  readonly standing: Standing;
  /** The latest first. */
  readonly heartbeats: readonly Heartbeat[];
  readonly holds: ReadonlyMap<string, Hold>;
  readonly frozen: Frozen | undefined;
  readonly isConfigBroken: boolean;
  readonly limitRooms: readonly LimitRoom[];
  readonly accessEnds: readonly AccountAccessEnd[];
  /** What all accounts together may spend in a month. */
  readonly budget: Cost | undefined;
  readonly queues: readonly QueueDepth[];
}

/** That the access to an account ends, unless a person renews it. */
export interface AccountAccessEnd {
  readonly account: string;
  /** What ends, in a word: see AccessEnd. */
  readonly code: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface QueueDepth {
  readonly queue: string;
  /** Jobs by BullMQ's state. */
  readonly jobs: Readonly<Record<string, number>>;
}
