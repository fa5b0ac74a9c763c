import type { Problem } from '../../src/core/problem.ts';
import type { Publication } from '../../src/core/publication.ts';
import type { DashboardData } from '../../src/dashboard/data.ts';
import { createOverview } from '../../src/dashboard/overview/overview.ts';
import { rowOf } from '../../src/dashboard/overview/row.ts';
import type { PlanReport, ShownChange } from '../../src/dashboard/plan-report.ts';
import { aPost } from './ledger.ts';
import { aPublication, DUE } from './publications.ts';

const HOUR_MS = 3_600_000;

const refused = {
  code: 'twitter:403',
  message: 'X refused the post: <script>alert(1)</script>',
  advice: 'Change the post in the config and apply; it is then sent again.',
};
const waiting = { wanted: { status: 'required' }, isWaiting: true } as const;
const texts = ['Our spring report is out.', 'گزارش بهاری کتابخانه منتشر شد.'];

const publications: readonly Publication[] = [
  ...Array.from({ length: 12 }, (_, n) =>
    aPublication({
      ...{ publication: `tip-${n}/newsroom-x`, state: 'failed', due: DUE - n * HOUR_MS },
      error: refused,
    }),
  ),
  aPublication({ publication: 'market/newsroom-page', state: 'failed', network: 'facebook' }),
  aPublication({ publication: 'museums/newsroom-tube', state: 'handoff', network: 'youtube' }),
  aPublication({ publication: 'concert/newsroom-x', state: 'unconfirmed', error: refused }),
  aPublication({ publication: 'flood/newsroom-x', state: 'missed', error: refused }),
  aPublication({ publication: 'interview/newsroom-x', state: 'held', approval: waiting }),
  aPublication({ publication: 'soon/newsroom-page', due: DUE + 2 * HOUR_MS + 600_000 }),
  aPublication({ publication: 'later/newsroom-x', due: DUE + 30 * HOUR_MS }),
  aPublication({
    ...{ publication: 'out/newsroom-x', state: 'published', publishedAt: DUE - HOUR_MS },
    receipt: { remoteId: '1', url: `https://x.com/newsroom/status/${'1'.repeat(90)}` },
  }),
];

const posts = new Map(
  publications.map(({ publication }, i) => [
    publication,
    aPost({ text: texts[i % 2] ?? '', language: i % 2 === 0 ? 'en' : 'fa' }),
  ]),
);

const overview = createOverview();
overview.fill(publications.map((one) => rowOf(one, posts.get(one.publication))));

const problem: Problem = {
  ...{ file: 'config/carillon.yaml', line: 41, column: 9 },
  severity: 'error',
  message: 'There is no account "newsrom-x". Did you mean "newsroom-x"?',
};

const data: Partial<DashboardData> = {
  overview,
  posts: async () => posts,
  accounts: () => ['newsroom-x', 'newsroom-page', 'newsroom-tube'],
  holds: async () =>
    new Map([
      ['newsroom-x', { kind: 'refused', by: 'worker', reason: 'access was taken back.', at: DUE }],
    ]),
  frozen: async () => ({ reason: 'a restore', by: 'ada', at: DUE }),
  brokenConfig: async () => ({
    ...{ file: 'config/carillon.yaml', since: DUE, by: 'host:1:1' },
    ...{ problems: [problem], count: 3 },
  }),
  findings: async () => [
    {
      ...{ check: 'account', code: 'token', severity: 'warning' },
      ...{ message: 'newsroom-page: its token ends.', remedy: 'Connect it.' },
    },
  ],
  standing: async () => ({
    accounts: [
      {
        ...{ name: 'newsroom-x', network: 'twitter', isConnected: false },
        spent: { amount: 4_200_000, currency: 'USD' },
        budget: { amount: 20_000_000, currency: 'USD' },
      },
      {
        ...{ name: 'newsroom-page', network: 'facebook', isConnected: true },
        ...{ spent: undefined, budget: undefined },
      },
    ],
    limited: [
      {
        ...{ account: 'newsroom-page', network: 'facebook', waiting: 12, until: DUE + HOUR_MS },
        of: 'account',
      },
    ],
    scheduler: { lastAt: undefined, isLate: true, applies: undefined },
    workers: [
      { network: 'twitter', count: 1, accounts: 1 },
      { network: 'facebook', count: 0, accounts: 1 },
    ],
  }),
};

/** An installation in which everything goes wrong that can. */
export const troubled = { publications, data };

const change = (over: Partial<ShownChange>): ShownChange => ({
  ...{ action: 'add', publication: 'fair/newsroom-x', due: DUE, reason: undefined },
  ...{ beginning: '', further: 0, isRewritten: false, hasOtherLimit: false },
  ...over,
});

/** A plan with every kind of change, more than a page shows. */
export const aFullPlan: PlanReport = {
  at: DUE,
  problems: [{ ...problem, severity: 'warning' }],
  problemCount: 1,
  outcome: {
    kind: 'planned',
    plan: {
      changes: [
        change({ due: undefined, beginning: texts[1] ?? '', further: 2 }),
        change({ action: 'move', movedFrom: DUE, isRewritten: true, reason: 'Quiet hours.' }),
        change({ action: 'update', hasOtherLimit: true }),
        change({ action: 'cancel', reason: 'It is no longer in the config.' }),
        change({ action: 'protected', reason: 'Already published.' }),
        change({ action: 'late', reason: '<b>Too late.</b>' }),
      ],
      counts: { add: 3_608, move: 1, update: 1, cancel: 1, protected: 1, late: 1 },
      total: 3_613,
      unchanged: 120,
      moved: [{ publication: 'interview/newsroom-page', by: 'ada', due: DUE }],
      waiting: 4,
      costs: [
        {
          ...{ account: 'newsroom-x', month: '2026-11', currency: 'USD', asOf: '2026-04-20' },
          ...{ spent: 4_200_000, planned: 18_000_000, budget: 20_000_000 },
        },
      ],
    },
  },
};

export const aBrokenPlan: PlanReport = {
  ...{ at: DUE, problems: [problem], problemCount: 201 },
  outcome: { kind: 'broken' },
};
