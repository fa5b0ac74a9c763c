import type { Cost } from '../../core/money.ts';
import type { Metric, Sample } from './metric.ts';
import type { MetricFacts } from './metric-facts.ts';

/** How each account is: held, connected, near a limit, what it spends, and until when its access lasts. */
export function accountMetrics(facts: MetricFacts): readonly Metric[] {
  const { standing, holds, limitRooms, accessEnds, budget } = facts;
  const { accounts, limited } = standing;
  const labelsOf = (name: string) => {
    const network = accounts.find((account) => account.name === name)?.network ?? '';
    return { account: name, network };
  };
  const perAccount = (samplesOf: (account: (typeof accounts)[number]) => readonly Sample[]) =>
    accounts.flatMap(samplesOf);
  return [
    {
      name: 'carillon_account_held',
      type: 'gauge',
      help: '1 while nothing goes out on the account: a person has paused it or all, or its network refuses it.',
      samples: perAccount(({ name }) =>
        (['operator', 'refused'] as const).map((kind) => ({
          labels: { ...labelsOf(name), kind },
          value: holds.get(name)?.kind === kind || holds.get('*')?.kind === kind ? 1 : 0,
        })),
      ),
    },
    {
      name: 'carillon_account_connected',
      type: 'gauge',
      help: '1 if there are credentials for the account; missing where that cannot be told.',
      samples: perAccount(({ name, isConnected }) =>
        isConnected === undefined ? [] : [{ labels: labelsOf(name), value: isConnected ? 1 : 0 }],
      ),
    },
    {
      name: 'carillon_access_end_timestamp_seconds',
      type: 'gauge',
      help: 'When the access to the account ends unless a person renews it, as far as is known.',
      samples: accessEnds.map(({ account, code, at }) => ({
        labels: { ...labelsOf(account), access: code },
        value: at / 1_000,
      })),
    },
    {
      name: 'carillon_limit_posts_left',
      type: 'gauge',
      help: 'How many posts a limit of the account or its app has room for.',
      samples: limitRooms.map(({ account, of, limit, left }) => ({
        labels: { ...labelsOf(account), of, limit },
        value: left,
      })),
    },
    {
      name: 'carillon_limit_posts',
      type: 'gauge',
      help: 'How many posts a limit of the account or its app allows in its window.',
      samples: limitRooms.map(({ account, of, limit, most }) => ({
        labels: { ...labelsOf(account), of, limit },
        value: most,
      })),
    },
    {
      name: 'carillon_limited_publications',
      type: 'gauge',
      help: 'Publications that are due and that a limit holds back.',
      samples: perAccount(({ name }) => [
        {
          labels: labelsOf(name),
          value: limited.find(({ account }) => account === name)?.waiting ?? 0,
        },
      ]),
    },
    {
      name: 'carillon_month_spent',
      type: 'gauge',
      help: 'What the account has spent this month, and what is set aside for what is under way, in units of the currency.',
      samples: perAccount(({ name, spent, budget: own }) =>
        sampleOf(labelsOf(name), spent ?? (own && { ...own, amount: 0 })),
      ),
    },
    {
      name: 'carillon_month_budget',
      type: 'gauge',
      help: 'What the account may spend in a month, in units of the currency.',
      samples: perAccount((account) => sampleOf(labelsOf(account.name), account.budget)),
    },
    {
      name: 'carillon_total_month_budget',
      type: 'gauge',
      help: 'What all accounts together may spend in a month, in units of the currency.',
      samples: sampleOf({}, budget),
    },
  ];
}

function sampleOf(labels: Sample['labels'], cost: Cost | undefined): readonly Sample[] {
  if (cost === undefined) return [];
  return [{ labels: { ...labels, currency: cost.currency }, value: cost.amount / 1_000_000 }];
}
