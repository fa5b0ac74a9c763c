import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFeedDate } from '../../src/feeds/feed-date.ts';

test('dates are read in the forms that feeds have', () => {
  const forms: readonly [string, string | undefined][] = [
    ['Tue, 24 Nov 2026 09:00:00 +0100', '2026-11-24T08:00:00.000Z'],
    ['Tue, 24 Nov 2026 08:00:00 GMT', '2026-11-24T08:00:00.000Z'],
    ['24 Nov 2026 03:00 EST', '2026-11-24T08:00:00.000Z'],
    ['Tue, 24 Nov 2026 09:00:00 CET', '2026-11-24T08:00:00.000Z'],
    ['Mardi, 24 Nov 2026 08:00:00 GMT', '2026-11-24T08:00:00.000Z'],
    ['2026-11-24T09:00:00+01:00', '2026-11-24T08:00:00.000Z'],
    ['2026-11-24T08:00:00', '2026-11-24T08:00:00.000Z'],
    ['2026-11-24t08:00:00z', '2026-11-24T08:00:00.000Z'],
    ['2026-11-24 08:00:00', '2026-11-24T08:00:00.000Z'],
    ['2026-11-24', '2026-11-24T00:00:00.000Z'],
    ['24. November 2026', '2026-11-24T00:00:00.000Z'],
    ['yesterday', undefined],
    ['0001-01-01T00:00:00Z', undefined],
    ['', undefined],
  ];
  for (const [written, instant] of forms) assert.equal(readFeedDate(written), instant, written);
});
