import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';

/** Waits until something is so, and fails if it never comes. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  what: string,
  ms = 10_000,
): Promise<void> {
  for (const end = performance.now() + ms; !(await isSo()); await wait(5)) {
    assert.ok(performance.now() < end, `It did not come: ${what}.`);
  }
}
