import {
  type AttemptOutcome,
  LATENESS_BOUNDS_MS,
  type LatenessTally,
} from '../../ledger/tallies.ts';
import type { Overview } from '../overview/overview.ts';
import type { Histogram, Metric } from './metric.ts';
import type { MetricFacts } from './metric-facts.ts';

const OUTCOMES: readonly AttemptOutcome[] = [
  ...(['posted', 'refused', 'account-refused', 'not-sent', 'limited', 'unknown'] as const),
];

/** What the ledger says of publications: how many, how late, how tried, and what does not move. */
export function ledgerMetrics(
  overview: Pick<Overview, 'isComplete' | 'counts'>,
  { tallies, standing, frozen }: MetricFacts,
): readonly Metric[] {
  const { lateness, attempts, due, unconfirmedSince, duplicates, now } = tallies;
  const networks = new Set([
    ...standing.accounts.map(({ network }) => network),
    ...[...due.keys(), ...unconfirmedSince.keys()],
  ]);
  const perNetwork = (numberOf: (network: string) => number) =>
    [...networks].map((network) => ({ labels: { network }, value: numberOf(network) }));
  const secondsSince = (at: number | undefined) => (at === undefined ? 0 : (now - at) / 1_000);
  return [
    {
      name: 'carillon_publications',
      type: 'gauge',
      help: 'Publications in the ledger by state.',
      // Half of them would look as if the others were gone.
      samples: overview.isComplete
        ? [...overview.counts()].map(({ count, ...labels }) => ({ labels, value: count }))
        : [],
    },
    {
      name: 'carillon_publication_lateness_seconds',
      type: 'histogram',
      help: 'How long after its time each publication was known to be up; held_back is true if a person, money or a limit kept it back after its time.',
      histograms: withAll(lateness, networks).map(toHistogram),
    },
    {
      name: 'carillon_attempts_total',
      type: 'counter',
      help: 'Attempts to post by how they ended; each part of a thread is one.',
      samples: countAttempts(attempts, standing.accounts),
    },
    {
      name: 'carillon_oldest_due_seconds',
      type: 'gauge',
      help: 'How long the oldest step that is due, and that nothing holds back, has been waiting.',
      samples: perNetwork((network) => secondsSince(due.get(network)?.since)),
    },
    {
      name: 'carillon_due_publications',
      type: 'gauge',
      help: 'Publications with a step that is due and has not been taken, a thousand at most.',
      samples: perNetwork((network) => due.get(network)?.count ?? 0),
    },
    {
      name: 'carillon_oldest_unconfirmed_seconds',
      type: 'gauge',
      help: 'How long the oldest publication of which nobody knows whether it is up has been so.',
      samples: perNetwork((network) => secondsSince(unconfirmedSince.get(network))),
    },
    {
      name: 'carillon_duplicate_posts_total',
      type: 'counter',
      help: 'Posts recorded beyond the one that each publication wanted.',
      samples: [{ labels: {}, value: duplicates }],
    },
    {
      name: 'carillon_ledger_frozen',
      type: 'gauge',
      help: '1 while the ledger is frozen: nothing is sent until it thaws.',
      samples: [{ labels: {}, value: frozen === undefined ? 0 : 1 }],
    },
  ];
}

/** A series that begins with its first publication would hide that one from every rate. */
function withAll(
  known: readonly LatenessTally[],
  networks: ReadonlySet<string>,
): readonly LatenessTally[] {
  const isMissing = (network: string, isHeldBack: boolean) =>
    !known.some((one) => one.network === network && one.isHeldBack === isHeldBack);
  const missing = [...networks].flatMap((network) =>
    [false, true]
      .filter((isHeldBack) => isMissing(network, isHeldBack))
      .map((isHeldBack) => ({ network, isHeldBack, counts: [], sumMs: 0 })),
  );
  return [...known, ...missing];
}

function toHistogram({ network, isHeldBack, counts, sumMs }: LatenessTally): Histogram {
  return {
    labels: { network, held_back: String(isHeldBack) },
    bounds: LATENESS_BOUNDS_MS.map((ms) => ms / 1_000),
    counts,
    sum: sumMs / 1_000,
  };
}

function countAttempts(
  attempts: MetricFacts['tallies']['attempts'],
  accounts: MetricFacts['standing']['accounts'],
) {
  const none = accounts
    .flatMap(({ name, network }) =>
      OUTCOMES.map((outcome) => ({ network, account: name, outcome, count: 0 })),
    )
    .filter(
      ({ network, account, outcome }) =>
        !attempts.some(
          (one) => one.network === network && one.account === account && one.outcome === outcome,
        ),
    );
  return [...attempts, ...none].map(({ count, ...labels }) => ({ labels, value: count }));
}
