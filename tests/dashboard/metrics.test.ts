import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountMetrics } from '../../src/dashboard/metrics/account-metrics.ts';
import { ledgerMetrics } from '../../src/dashboard/metrics/ledger-metrics.ts';
import type { Metric } from '../../src/dashboard/metrics/metric.ts';
import { processMetrics } from '../../src/dashboard/metrics/process-metrics.ts';
import { renderMetrics } from '../../src/dashboard/metrics/render-metrics.ts';
import { createOverview } from '../../src/dashboard/overview/overview.ts';
import { LATENESS_BOUNDS_MS } from '../../src/ledger/tallies.ts';
import { startTestDashboard } from '../support/dashboard.ts';
import { aHold } from '../support/ledger.ts';
import { someFacts, someTallies } from '../support/metric-facts.ts';
import { readMetrics } from '../support/prometheus.ts';
import { aPublication, DUE } from '../support/publications.ts';

const newsroom = {
  ...{ name: 'newsroom-x', network: 'twitter', isConnected: true },
  spent: { amount: 12_300_000, currency: 'USD' },
  budget: { amount: 20_000_000, currency: 'USD' },
};
const page = {
  ...{ name: 'newsroom-page', network: 'facebook', isConnected: undefined },
  ...{ spent: undefined, budget: undefined },
};
const standing = { ...someFacts().standing, accounts: [newsroom, page] };

/** The number of one series, found by some of its labels. */
function numberOf(
  metrics: readonly Metric[],
  name: string,
  wanted: Readonly<Record<string, string>> = {},
): number | undefined {
  const samples = [...readMetrics(renderMetrics(metrics)).values()].flatMap((one) => one.samples);
  const found = samples.filter(
    (sample) =>
      sample.name === name &&
      Object.entries(wanted).every(([key, value]) => sample.labels[key] === value),
  );
  assert.ok(found.length < 2, `${found.length} of ${name}`);
  return found[0]?.value;
}

test('what is written can be read, whatever stands in a label', () => {
  const hostile = 'a "quoted" \\ back\nslash, {and=all}';
  const text = renderMetrics([
    {
      name: 'a_b',
      type: 'gauge',
      help: 'Two\nlines \\.',
      samples: [{ labels: { hostile }, value: 0.1 }],
    },
    { name: 'empty', type: 'gauge', help: 'Nothing.', samples: [] },
  ]);

  const families = readMetrics(text);

  assert.equal(families.get('a_b')?.samples[0]?.labels.hostile, hostile);
  assert.ok(!families.has('empty'));
});

test('the reader of these tests refuses what Prometheus would', () => {
  for (const text of [
    'a 1',
    'a 1\n',
    '# HELP a b\n# TYPE a gauge\n',
    '# HELP a b\n# TYPE a counter\na 1\n',
    '# HELP a b\n# TYPE a gauge\na 1\na 2\n',
    '# HELP a b\n# TYPE a gauge\na{b=1} 1\n',
    '# HELP a b\n# TYPE a gauge\na{b="1"x} 1\n',
    '# HELP a b\n# TYPE a gauge\na undefined\n',
    '# HELP a b\n# TYPE a histogram\na_bucket{le="1"} 2\na_bucket{le="+Inf"} 1\na_sum 1\na_count 1\n',
  ]) {
    assert.throws(() => readMetrics(text), text);
  }
});

test('lateness is a histogram in seconds, which begins at zero', () => {
  const counts = LATENESS_BOUNDS_MS.map((bound) => (bound <= 500 ? 2 : 0));
  const metrics = ledgerMetrics(
    createOverview(),
    someFacts({
      standing,
      tallies: someTallies({
        lateness: [{ network: 'twitter', isHeldBack: false, counts: [...counts, 3], sumMs: 1_500 }],
      }),
    }),
  );

  const name = 'carillon_publication_lateness_seconds';
  const ofTwitter = { network: 'twitter', held_back: 'false' };
  assert.equal(numberOf(metrics, `${name}_bucket`, { ...ofTwitter, le: '0.25' }), 4);
  assert.equal(numberOf(metrics, `${name}_bucket`, { ...ofTwitter, le: '7200' }), 6);
  assert.equal(numberOf(metrics, `${name}_count`, ofTwitter), 9);
  assert.equal(numberOf(metrics, `${name}_sum`, ofTwitter), 1.5);
  const ofFacebook = { network: 'facebook', held_back: 'true' };
  assert.equal(numberOf(metrics, `${name}_count`, ofFacebook), 0);
});

test('publications are counted by state and account, once all of them are read', async () => {
  const unread = createOverview();
  assert.equal(numberOf(ledgerMetrics(unread, someFacts()), 'carillon_publications'), undefined);

  const publications = ['a', 'b', 'c'].map((entry) =>
    aPublication({ publication: `${entry}/newsroom-x`, state: entry === 'c' ? 'failed' : 'held' }),
  );
  const dashboard = await startTestDashboard({ publications });
  const answer = await dashboard.get('/metrics', { accept: '*/*' });

  assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
  const samples = readMetrics(await answer.text()).get('carillon_publications')?.samples ?? [];
  const inState = (state: string) => samples.find(({ labels }) => labels.state === state);
  assert.equal(inState('held')?.value, 2);
  assert.equal(inState('failed')?.value, 1);
  assert.equal(inState('published')?.value, 0);
  assert.deepEqual(inState('held')?.labels, {
    ...{ network: 'twitter', account: 'newsroom-x', state: 'held' },
  });
});

test('what is due, in doubt, twice or frozen is told by network', () => {
  const metrics = ledgerMetrics(
    createOverview(),
    someFacts({
      standing,
      frozen: { reason: 'a restore', by: 'ada', at: DUE },
      tallies: someTallies({
        due: new Map([['twitter', { since: DUE - 90_500, count: 7 }]]),
        unconfirmedSince: new Map([['facebook', DUE - 30_000]]),
        duplicates: 1,
      }),
    }),
  );

  const twitter = { network: 'twitter' };
  const facebook = { network: 'facebook' };
  assert.equal(numberOf(metrics, 'carillon_oldest_due_seconds', twitter), 90.5);
  assert.equal(numberOf(metrics, 'carillon_oldest_due_seconds', facebook), 0);
  assert.equal(numberOf(metrics, 'carillon_due_publications', twitter), 7);
  assert.equal(numberOf(metrics, 'carillon_oldest_unconfirmed_seconds', facebook), 30);
  assert.equal(numberOf(metrics, 'carillon_duplicate_posts_total'), 1);
  assert.equal(numberOf(metrics, 'carillon_ledger_frozen'), 1);
});

test('attempts are counted by outcome, and those that never happened are zero', () => {
  const attempts = [
    { network: 'twitter', account: 'newsroom-x', outcome: 'refused', count: 2 } as const,
    { network: 'twitter', account: 'gone-x', outcome: 'posted', count: 5 } as const,
  ];
  const metrics = ledgerMetrics(
    createOverview(),
    someFacts({ standing, tallies: someTallies({ attempts }) }),
  );

  const name = 'carillon_attempts_total';
  assert.equal(numberOf(metrics, name, { account: 'newsroom-x', outcome: 'refused' }), 2);
  assert.equal(numberOf(metrics, name, { account: 'newsroom-page', outcome: 'unknown' }), 0);
  assert.equal(numberOf(metrics, name, { account: 'gone-x', outcome: 'posted' }), 5);
});

test('an account says that it is held, what it spends, what its limits leave and when its access ends', () => {
  const metrics = accountMetrics(
    someFacts({
      standing: {
        ...standing,
        limited: [
          { account: 'newsroom-x', network: 'twitter', waiting: 4, until: DUE, of: 'account' },
        ],
      },
      holds: new Map([['newsroom-page', aHold({ kind: 'refused' })]]),
      limitRooms: [
        { account: 'newsroom-x', of: 'app', limit: 'day', left: 17, most: 10_000 },
        { account: 'newsroom-x', of: 'account', limit: 'posts', left: 0, most: 100 },
      ],
      accessEnds: [{ account: 'newsroom-page', code: 'token', at: DUE }],
      budget: { amount: 50_000_000, currency: 'USD' },
    }),
  );

  const x = { account: 'newsroom-x', network: 'twitter' };
  const ofPage = { account: 'newsroom-page', network: 'facebook' };
  assert.equal(numberOf(metrics, 'carillon_account_held', { ...ofPage, kind: 'refused' }), 1);
  assert.equal(numberOf(metrics, 'carillon_account_held', { ...ofPage, kind: 'operator' }), 0);
  assert.equal(numberOf(metrics, 'carillon_account_held', { ...x, kind: 'refused' }), 0);
  assert.equal(numberOf(metrics, 'carillon_account_connected', x), 1);
  assert.equal(numberOf(metrics, 'carillon_account_connected', ofPage), undefined);
  assert.equal(numberOf(metrics, 'carillon_limit_posts_left', { ...x, limit: 'day' }), 17);
  assert.equal(numberOf(metrics, 'carillon_limit_posts', { ...x, limit: 'posts' }), 100);
  assert.equal(numberOf(metrics, 'carillon_limited_publications', x), 4);
  assert.equal(numberOf(metrics, 'carillon_month_spent', { ...x, currency: 'USD' }), 12.3);
  assert.equal(numberOf(metrics, 'carillon_month_budget', x), 20);
  assert.equal(numberOf(metrics, 'carillon_total_month_budget'), 50);
  const ends = numberOf(metrics, 'carillon_access_end_timestamp_seconds', ofPage);
  assert.equal(ends, DUE / 1_000);
});

test('a pause of all holds every account', () => {
  const metrics = accountMetrics(someFacts({ standing, holds: new Map([['*', aHold()]]) }));

  for (const account of ['newsroom-x', 'newsroom-page']) {
    const labels = { account, kind: 'operator' };
    assert.equal(numberOf(metrics, 'carillon_account_held', labels), 1);
  }
});

test('workers, scheduler and queues are told by network, however often they were started', () => {
  const metrics = processMetrics(
    someFacts({
      standing: {
        ...standing,
        scheduler: { lastAt: undefined, isLate: true, applies: undefined },
        workers: [{ network: 'twitter', count: 2, accounts: 1 }],
      },
      heartbeats: [
        { part: 'worker', network: 'twitter', by: 'host:2:1', at: DUE - 3_000 },
        { part: 'worker', network: 'twitter', by: 'host:1:1', at: DUE - 90_000 },
      ],
      tallies: someTallies({ replacements: new Map([['twitter', 3]]) }),
      queues: [{ queue: 'twitter', jobs: { waiting: 1, delayed: 40, completed: 9 } }],
      isConfigBroken: true,
    }),
  );

  const twitter = { network: 'twitter' };
  assert.equal(numberOf(metrics, 'carillon_workers', twitter), 2);
  assert.equal(numberOf(metrics, 'carillon_scheduler_leading'), 0);
  assert.equal(numberOf(metrics, 'carillon_heartbeat_age_seconds', { part: 'worker' }), 3);
  assert.equal(numberOf(metrics, 'carillon_worker_replacements_total', twitter), 3);
  const queue = { queue: 'twitter' };
  assert.equal(numberOf(metrics, 'carillon_queue_jobs', { ...queue, state: 'delayed' }), 40);
  assert.equal(numberOf(metrics, 'carillon_queue_jobs', { ...queue, state: 'failed' }), 0);
  assert.equal(numberOf(metrics, 'carillon_config_broken'), 1);
  assert.equal(numberOf(metrics, 'carillon_build_info', { version: '1.2.3' }), 1);
});
