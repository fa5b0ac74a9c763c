import type { MetricFacts } from '../../src/dashboard/metrics/metric-facts.ts';
import type { LedgerTallies } from '../../src/ledger/tallies.ts';
import { DUE } from './publications.ts';

/** A ledger that has counted nothing yet. */
export function someTallies(over: Partial<LedgerTallies> = {}): LedgerTallies {
  return {
    lateness: [],
    attempts: [],
    replacements: new Map(),
    due: new Map(),
    unconfirmedSince: new Map(),
    duplicates: 0,
    now: DUE,
    ...over,
  };
}

/** Carillon as it is without any account. */
export function someFacts(over: Partial<MetricFacts> = {}): MetricFacts {
  return {
    version: '1.2.3',
    tallies: someTallies(),
    standing: {
      accounts: [],
      limited: [],
      scheduler: { lastAt: DUE - 1_000, isLate: false, applies: true },
      workers: [],
    },
    heartbeats: [],
    holds: new Map(),
    frozen: undefined,
    isConfigBroken: false,
    limitRooms: [],
    accessEnds: [],
    budget: undefined,
    queues: [],
    ...over,
  };
}
