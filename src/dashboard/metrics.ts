import { PUBLICATION_STATES, type Publication } from '../core/publication.ts';

/** The state of the ledger in the text format of Prometheus. */
export function renderMetrics(publications: readonly Publication[], now: number): string {
  const counts = PUBLICATION_STATES.map((state) => {
    const count = publications.filter((publication) => publication.state === state).length;
    return `carillon_publications{state="${state}"} ${count}`;
  });
  const overdue = publications
    .filter(({ state }) => state === 'scheduled' || state === 'unconfirmed')
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
