import type { Publication } from '../../src/core/publication.ts';

/** Tue 24 Nov 2026 09:00 in Paris. */
export const DUE = Date.UTC(2026, 10, 24, 8);

/** A publication as the ledger has it: on X, scheduled. */
export function aPublication(over: Partial<Publication> = {}): Publication {
  const publication = over.publication ?? 'spring-report/newsroom-x';
  const slash = publication.lastIndexOf('/');
  return {
    publication,
    entry: publication.slice(0, slash),
    account: publication.slice(slash + 1),
    network: 'twitter',
    state: 'scheduled',
    generation: 1,
    due: DUE,
    publishBy: DUE + 7_200_000,
    publishByMs: 7_200_000,
    isPlannedNow: false,
    fingerprint: 'f',
    attempts: 0,
    nextAt: undefined,
    publishedAt: undefined,
    receipt: undefined,
    evidence: undefined,
    error: undefined,
    cancelledBy: undefined,
    ...over,
  };
}
