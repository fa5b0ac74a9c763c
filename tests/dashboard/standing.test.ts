import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Account } from '../../src/core/account.ts';
import type { Heartbeat } from '../../src/core/heartbeat.ts';
import { type StandingFacts, standingOf } from '../../src/dashboard/standing.ts';
import { DUE } from '../support/publications.ts';

const account = (name: string, network: string) =>
  ({
    ...{ name, network, apiUrl: 'https://x', sandbox: false, settings: {}, secrets: {} },
    prices: { asOf: '2026-04-20', currency: 'USD', prices: {} },
    budget: { amount: 20_000_000, currency: 'USD' },
  }) satisfies Account;

const scheduler = (at: number): Heartbeat => ({ part: 'scheduler', applies: true, by: 'a', at });
const worker = (network: string, at: number, by = 'w'): Heartbeat => ({
  ...{ part: 'worker', network, by, at },
});

const standing = (over: Partial<StandingFacts> = {}) =>
  standingOf({
    config: {
      timezone: 'Europe/Paris',
      accounts: new Map([
        ['newsroom-x', account('newsroom-x', 'twitter')],
        ['newsroom-page', account('newsroom-page', 'facebook')],
      ]),
    },
    connected: new Map([['newsroom-x', true]]),
    sums: [],
    limited: [],
    heartbeats: [],
    now: DUE,
    ...over,
  });

test('a scheduler that never ran, or not for half a minute, is late', () => {
  assert.deepEqual(standing().scheduler, { lastAt: undefined, isLate: true, applies: undefined });
  assert.equal(standing({ heartbeats: [scheduler(DUE - 31_000)] }).scheduler.isLate, true);
  assert.equal(standing({ heartbeats: [scheduler(DUE - 5_000)] }).scheduler.isLate, false);
});

test('counts the workers that are there for each network that has accounts', () => {
  const heartbeats = [
    worker('twitter', DUE - 1_000, 'one'),
    worker('twitter', DUE - 2_000, 'two'),
    worker('facebook', DUE - 60_000),
    worker('youtube', DUE),
  ];

  const { workers } = standing({ heartbeats });

  assert.deepEqual(
    workers.map(({ network, count }) => [network, count]),
    [
      ['twitter', 2],
      ['facebook', 0],
    ],
  );
});

test('says what this month has cost of the budget, what is set aside included', () => {
  const sum = { currency: 'USD', account: 'newsroom-x', spent: 3_000_000, reserved: 200_000 };

  const { accounts } = standing({
    sums: [
      { ...sum, month: '2026-10', spent: 9_000_000 },
      { ...sum, month: '2026-11' },
    ],
  });

  assert.deepEqual(accounts[0]?.spent, { amount: 3_200_000, currency: 'USD' });
  assert.equal(accounts[0]?.isConnected, true);
  assert.equal(accounts[1]?.isConnected, undefined);
});
