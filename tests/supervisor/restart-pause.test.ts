import assert from 'node:assert/strict';
import { test } from 'node:test';
import { restartPauseMs, usualRestartTimings } from '../../src/supervisor/restart-pause.ts';

test('the first restart comes at once, then pauses grow from one second to half a minute', () => {
  const deaths = [0, 1, 2, 3, 4, 5, 6, 7, 8, 5000];

  const pauses = deaths.map((count) => restartPauseMs(count, usualRestartTimings));

  assert.deepEqual(pauses, [0, 0, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
});
