import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { beginningOf } from '../../src/core/beginning.ts';

const lengthOf = (text: string) => [...new Intl.Segmenter('en').segment(text)].length;

test('a short text stays, on one line', () => {
  assert.equal(beginningOf('One\n\n two  three ', 13), 'One two three');
});

test('a long text is cut at a word', () => {
  assert.equal(beginningOf('Our spring report is out', 20), 'Our spring report…');
});

test('a family of emoji is never cut', () => {
  assert.equal(beginningOf('👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 3), '👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦');
});

test('it is never longer than wanted', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 30 }), (text, most) => {
      assert.ok(lengthOf(beginningOf(text, most)) <= most);
    }),
  );
});
