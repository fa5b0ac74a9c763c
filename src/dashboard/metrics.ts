import { PUBLICATION_STATES } from '../core/publication.ts';
import type { Overview } from './overview/overview.ts';

/** Steps are taken in order of due time, so that the longest overdue is among the first of a state. */
const LOOKED_AT = 100;

/** The state of the ledger in the text format of Prometheus. */
export function renderMetrics(overview: Overview, now: number): string {
  const counts = PUBLICATION_STATES.map(
    (state) => `carillon_publications{state="${state}"} ${overview.count(state)}`,
  );
  const overdue = (['scheduled', 'unconfirmed'] as const)
    .flatMap((state) => overview.inState(state, LOOKED_AT))
    .map(({ nextAt }) => now - (nextAt ?? now));
  const oldest = Math.max(0, ...overdue) / 1000;
  return [
    '# HELP carillon_publications Publications in the ledger by state.',
    '# TYPE carillon_publications gauge',
    ...counts,
    '# HELP carillon_oldest_due_seconds How long the longest waiting step is overdue.',
    '# TYPE carillon_oldest_due_seconds gauge',
    `carillon_oldest_due_seconds ${oldest}`,
    '',
  ].join('\n');
}
