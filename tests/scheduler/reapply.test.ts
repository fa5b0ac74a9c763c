import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createReapply } from '../../src/scheduler/reapply.ts';

/** Runs that a test lets end, one by one. */
function runsByHand() {
  const begun: { readonly reasons: readonly string[]; readonly end: (error?: Error) => void }[] =
    [];
  const reapply = createReapply(
    (reasons) =>
      new Promise<void>((resolve, reject) => {
        begun.push({ reasons, end: (error) => (error ? reject(error) : resolve()) });
      }),
  );
  return { begun, reapply };
}

test('what is asked for during a run is one more run, for all who ask', async () => {
  const { begun, reapply } = runsByHand();

  const first = reapply('start');
  const others = [reapply('saved'), reapply('saved again')];
  assert.equal(begun.length, 1);
  begun[0]?.end();
  await first;
  await new Promise(setImmediate);
  begun[1]?.end();
  await Promise.all(others);

  assert.deepEqual(
    begun.map(({ reasons }) => reasons),
    [['start'], ['saved', 'saved again']],
  );
});

test('never runs twice at once, whenever it is asked', async () => {
  let running = 0;
  let runs = 0;
  const reapply = createReapply(async () => {
    running++;
    runs++;
    assert.equal(running, 1);
    await new Promise(setImmediate);
    running--;
  });

  const asked: Promise<void>[] = [];
  for (let i = 0; i < 20; i++) {
    asked.push(
      reapply('a'),
      reapply('b').then(() => reapply('c')),
    );
    if (i % 3 === 0) await new Promise(setImmediate);
    else await Promise.resolve();
  }
  await Promise.all(asked);

  assert.ok(runs > 1);
});

test('a run that fails does not keep the next one from its turn', async () => {
  const { begun, reapply } = runsByHand();
  const failing = reapply('start');
  const next = reapply('saved');

  begun[0]?.end(new Error('Redis is away'));
  await assert.rejects(failing, /away/);
  await new Promise(setImmediate);
  begun[1]?.end();
  await next;

  assert.equal(begun.length, 2);
});
