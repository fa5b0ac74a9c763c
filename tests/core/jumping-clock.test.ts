import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createJumpingClock } from '../../src/core/jumping-clock.ts';

test('time stands still between jumps, and everybody who follows knows it before the jump is over', async () => {
  const clock = createJumpingClock(1_000);
  const told: number[] = [];
  await clock.follow(async (now) => {
    await new Promise((resolve) => setImmediate(resolve));
    told.push(now);
  });

  await clock.jumpTo(5_000);

  assert.deepEqual(told, [1_000, 5_000]);
  assert.equal(clock.now(), 5_000);
});

test('it never jumps back', async () => {
  const clock = createJumpingClock(5_000);

  await clock.jumpTo(1_000);

  assert.equal(clock.now(), 5_000);
});
