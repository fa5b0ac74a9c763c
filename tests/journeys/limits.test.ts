import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCrowd } from '../limits/crowd.ts';

test('with two workers, a limit on one account holds back only what is over it, in order, and nobody else', async () => {
  const limit = { most: 20, windowMs: 6_000 };

  const { records, heldBack, refusals, taken } = await runCrowd({ free: 30, other: 30, limit });

  assert.equal(heldBack.length, 10);
  assert.deepEqual(heldBack, heldBack.toSorted(), 'what waited goes out in order');
  // Only what was in the workers' hands before any answer had told of the limit.
  assert.ok(refusals < 40, `${refusals} refusals`);
  assert.deepEqual([...new Set(records.map(({ attempts }) => attempts))], [1]);
  // Neither account's posts wait for those that are held back.
  assert.deepEqual(taken.slice(-10), heldBack);
  assert.equal(new Set(taken).size, 60);
});
