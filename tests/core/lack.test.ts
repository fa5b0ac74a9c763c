import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Lack, sayLack, sayMonth } from '../../src/core/lack.ts';

const lack: Lack = {
  ...{ whose: 'newsroom-x', limit: 20_000_000, taken: 19_850_000, cost: 200_000 },
  ...{ month: '2026-12', currency: 'USD' },
};

test('it is said what is left, of whose budget', () => {
  assert.equal(
    sayLack(lack),
    'it costs 0.20 USD, and newsroom-x has 0.15 USD left of its budget of 20.00 USD for December 2026',
  );
  assert.match(sayLack({ ...lack, whose: '*' }), /all accounts together have .* of their budget/);
});

test('a budget that was lowered below what is spent has nothing left', () => {
  assert.match(sayLack({ ...lack, limit: 1 }), /has 0.00 USD left of its budget of 0.000001 USD/);
});

test('a month has a name for people', () => {
  assert.equal(sayMonth('2026-12'), 'December 2026');
});
