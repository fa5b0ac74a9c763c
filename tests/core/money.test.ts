import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatAmount, parseAmount, sayMoney } from '../../src/core/money.ts';

test('an amount is read exactly, where floats are not', () => {
  assert.equal(parseAmount('0.1'), 100_000);
  assert.equal(parseAmount('0.015'), 15_000);
  assert.equal((parseAmount('0.1') ?? 0) + (parseAmount('0.2') ?? 0), parseAmount('0.3'));
  assert.equal(parseAmount('999999999.999999'), 999_999_999_999_999);
});

test('what is no amount is refused', () => {
  for (const text of [
    '',
    '-1',
    '1e3',
    '1.',
    '.5',
    '0.0000001',
    '1,50',
    'NaN',
    '1_000',
    '9999999999',
  ]) {
    assert.equal(parseAmount(text), undefined, text);
  }
});

test('amounts have two decimals, and more where they say something', () => {
  assert.equal(formatAmount(15_000), '0.015');
  assert.equal(formatAmount(200_000), '0.20');
  assert.equal(formatAmount(1), '0.000001');
  assert.equal(formatAmount(-1_500_000), '-1.50');
  assert.equal(sayMoney(20_000_000, 'USD'), '20.00 USD');
});

test('every amount reads back as it was written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999_999_999 }), (amount) => {
      assert.equal(parseAmount(formatAmount(amount)), amount);
    }),
  );
});
