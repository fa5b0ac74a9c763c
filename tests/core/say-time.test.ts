import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isoTime, openCalendar } from '../../src/core/say-time.ts';
import { DUE } from '../support/publications.ts';

test('times are said in the zone of the config', () => {
  const paris = openCalendar('Europe/Paris');

  assert.equal(paris.short(DUE), 'Tue 24 Nov 2026 09:00');
  assert.equal(paris.long(DUE), 'Tue 24 Nov 2026 09:00 (Europe/Paris)');
  assert.equal(paris.exact(DUE), 'Tue 24 Nov 2026 09:00 (Europe/Paris, 08:00 UTC)');
  assert.equal(paris.seconds(DUE + 3_400), 'Tue 24 Nov 2026 09:00:03');
  assert.equal(isoTime(DUE), '2026-11-24T08:00:00.000Z');
});

test('midnight is 00:00, and another day in UTC is named', () => {
  const auckland = openCalendar('Pacific/Auckland');
  const midnight = Date.UTC(2026, 8, 30, 11);

  assert.equal(auckland.short(midnight), 'Thu 1 Oct 2026 00:00');
  assert.equal(
    auckland.exact(midnight),
    'Thu 1 Oct 2026 00:00 (Pacific/Auckland, Wed 30 Sep 11:00 UTC)',
  );
  assert.equal(openCalendar('UTC').exact(DUE), 'Tue 24 Nov 2026 08:00 (UTC)');
});

test('a time that the clocks show twice is told apart by UTC', () => {
  const paris = openCalendar('Europe/Paris');
  const first = Date.UTC(2026, 9, 25, 0, 30);

  assert.equal(paris.exact(first), 'Sun 25 Oct 2026 02:30 (Europe/Paris, 00:30 UTC)');
  assert.equal(paris.exact(first + 3_600_000), 'Sun 25 Oct 2026 02:30 (Europe/Paris, 01:30 UTC)');
});
