import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepAnswer } from '../../src/processes/keep-answer.ts';

const LONG = { keptMs: 1e9, waitMs: 1e6 };

test('asks once for all who come meanwhile, and keeps the answer', async () => {
  let asked = 0;
  const kept = keepAnswer(async () => ++asked, LONG);

  assert.deepEqual(await Promise.all([kept.read(), kept.read()]), [1, 1]);
  assert.equal(await kept.read(), 1);
});

test('gives the old answer while a fresh one is under way', async () => {
  const answers = [Promise.resolve('old'), new Promise<string>(() => {})];
  const kept = keepAnswer(() => answers.shift() ?? Promise.reject(new Error('asked')), LONG);
  await kept.read();

  kept.forget();

  assert.equal(await kept.read(), 'old');
  assert.equal(answers.length, 0);
});

test('lets nobody wait for an answer that does not come', async () => {
  const kept = keepAnswer(() => new Promise(() => {}), { keptMs: 1e9, waitMs: 0 });

  assert.equal(await kept.read(), undefined);
});
