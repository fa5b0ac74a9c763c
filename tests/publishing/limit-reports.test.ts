import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LimitSighting } from '../../src/core/limits.ts';
import { openLimitReports } from '../../src/publishing/limit-reports.ts';
import { until } from '../support/until.ts';

const stop: LimitSighting = { kind: 'stop', of: 'account', what: 'posts', forMs: 60_000 };

test('what was seen of an account is told once, with the next outcome or a moment later', async () => {
  const told: string[] = [];
  const send = async (account: string, sightings: readonly LimitSighting[]) => {
    told.push(`${account} ${sightings.length}`);
  };
  const reports = openLimitReports(send, () => {}, 5);

  reports.saw('a', stop);
  reports.saw('a', stop);
  reports.tell('a');
  reports.tell('a');
  reports.saw('b', stop);

  assert.deepEqual(told, ['a 2']);
  await until(() => told.length === 2, 'what was seen of b is told');
  assert.deepEqual(told, ['a 2', 'b 1']);
});

test('a ledger that does not answer is no reason to fail', async () => {
  const errors: unknown[] = [];
  const reports = openLimitReports(
    () => Promise.reject(new Error('away')),
    (error) => errors.push(error),
  );

  reports.saw('a', stop);
  reports.tell('a');

  await until(() => errors.length === 1, 'the error is told');
});
