import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Account } from '../../src/core/account.ts';
import type { Publication } from '../../src/core/publication.ts';
import { isOverBudget, monthCosts } from '../../src/costs/month-costs.ts';
import { aPublication as aPlainPublication } from '../support/publications.ts';

const NOW = Date.parse('2026-11-24T08:00:00Z');
const prices = {
  asOf: '2026-04-20',
  currency: 'USD',
  prices: { post: 15_000, postWithLink: 200_000 },
};

function anAccount(name: string, over: Partial<Account> = {}): Account {
  return {
    ...{ name, network: 'twitter', apiUrl: '', sandbox: true, settings: {}, secrets: {}, prices },
    ...over,
  };
}

function aPublication({ account = 'newsroom-x', ...over }: Partial<Publication> = {}): Publication {
  const charges = [{ postWithLink: 1 }];
  return aPlainPublication({ publication: `a/${account}`, due: NOW, charges, ...over });
}

function costs(
  publications: readonly Publication[],
  accounts: readonly Account[] = [anAccount('newsroom-x')],
  over: Partial<Parameters<typeof monthCosts>[0]> & { budget?: number } = {},
) {
  const byName = new Map(accounts.map((account) => [account.name, account]));
  const budget =
    over.budget === undefined ? {} : { budget: { amount: over.budget, currency: 'USD' } };
  const config = { accounts: byName, timezone: 'Europe/Paris', ...budget };
  return monthCosts({ config, sums: [], now: NOW, publications, ...over });
}

test('what is to come is told by account and month, by the clocks of the config', () => {
  const december = Date.parse('2026-11-30T23:00:00Z');
  const rows = costs([
    aPublication(),
    aPublication({ due: december - 1 }),
    aPublication({ due: december }),
  ]);

  assert.deepEqual(
    rows.map(({ account, month, planned }) => [account, month, planned]),
    [
      ['newsroom-x', '2026-11', 400_000],
      ['newsroom-x', '2026-12', 200_000],
    ],
  );
});

test('what is over or taken out costs nothing more, and of a thread only what is not up', () => {
  const states = ['published', 'failed', 'missed', 'cancelled', 'retracted', 'handoff'] as const;
  const charges = [{ post: 1 }, { postWithLink: 1 }];
  const rows = costs([
    ...states.map((state) => aPublication({ state })),
    aPublication({ charges, partsUp: 1 }),
  ]);

  assert.deepEqual(
    rows.map(({ planned }) => planned),
    [200_000],
  );
});

test('what is late is paid this month', () => {
  const rows = costs([aPublication({ due: Date.parse('2026-10-31T08:00:00Z') })]);

  assert.deepEqual(
    rows.map(({ month }) => month),
    ['2026-11'],
  );
});

test('what was spent counts against the budget, and months that are over do not', () => {
  const sum = { account: 'newsroom-x', currency: 'USD', reserved: 0 };
  const sums = [
    { ...sum, month: '2026-10', spent: 9_000_000 },
    { ...sum, month: '2026-11', spent: 300_000 },
    { ...sum, account: '*', month: '2026-11', spent: 300_000 },
  ];
  const account = (amount: number) =>
    anAccount('newsroom-x', { budget: { amount, currency: 'USD' } });

  const [enough] = costs([aPublication()], [account(500_000)], { sums });
  const [short] = costs([aPublication()], [account(499_999)], { sums });

  assert.ok(enough && short);
  assert.deepEqual([enough.spent, enough.planned, isOverBudget(enough)], [300_000, 200_000, false]);
  assert.equal(isOverBudget(short), true);
});

test('all accounts are summed up where there are several, or a budget for all', () => {
  const two = [anAccount('newsroom-x'), anAccount('other-x')];
  const both = [aPublication(), aPublication({ account: 'other-x' })];
  const all = (rows: ReturnType<typeof costs>) => rows.find(({ account }) => account === '*');

  assert.equal(all(costs(both, two))?.planned, 400_000);
  assert.equal(all(costs([aPublication()])), undefined);
  assert.equal(all(costs([aPublication()], undefined, { budget: 1 }))?.budget, 1);
});

test('a network without prices costs nothing', () => {
  const { prices: _, ...free } = anAccount('newsroom-page');

  assert.deepEqual(costs([aPublication({ account: 'newsroom-page' })], [free]), []);
});
