import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readTold, writeTold } from '../../src/dashboard/access/told.ts';

const visitor = { formToken: 'token of the visit' };
const at = { path: '/accounts', visitor, now: 1_000 };

const toldIn = (address: string) =>
  new URL(address, 'http://dashboard.invalid').searchParams.get('told') ?? undefined;

test('whatever is said comes back as it was said, for two minutes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      const told = toldIn(writeTold(text, at));

      assert.equal(readTold(told, at), text);
      assert.equal(readTold(told, { ...at, now: at.now + 120_000 }), undefined);
    }),
  );
});

test('nothing is read that was altered, or is of another page or another visit', () => {
  const told = toldIn(writeTold('It is done.', at)) ?? '';

  fc.assert(
    fc.property(fc.nat(told.length - 1), fc.constantFrom('a', 'B', '.', '-'), (place, letter) => {
      const altered = told.slice(0, place) + letter + told.slice(place + 1);
      fc.pre(altered !== told);
      assert.equal(readTold(altered, at), undefined);
    }),
  );
  assert.equal(readTold(told, { ...at, path: '/' }), undefined);
  assert.equal(readTold(told, { ...at, visitor: { formToken: 'another' } }), undefined);
  assert.equal(readTold(undefined, at), undefined);
  assert.equal(readTold('', at), undefined);
});

test('what is very long is cut, without half a letter', () => {
  const told = toldIn(writeTold('🦔'.repeat(2_000), at));

  const read = readTold(told, at) ?? '';

  assert.doesNotMatch(read, /\p{Surrogate}/u);
  assert.match(read, /…$/);
  assert.ok(read.length <= 1_501);
});
