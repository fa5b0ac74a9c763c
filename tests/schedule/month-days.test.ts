import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayOf, listMonths } from '../../src/schedule/month-days.ts';

test('an instant is on the day that the zone shows', () => {
  const instant = Date.UTC(2026, 11, 31, 23, 30);

  assert.equal(dayOf(instant, 'Europe/Paris'), '2027-01-01');
  assert.equal(dayOf(instant, 'UTC'), '2026-12-31');
});

test('months are whole weeks from Monday on, as far as they are wanted', () => {
  const [december, january, ...others] = listMonths('2026-12-15', '2027-01-02');

  assert.deepEqual(
    [december?.name, january?.name, others.length],
    ['December 2026', 'January 2027', 0],
  );
  const weeks = december?.days.filter((_, i) => i % 7 === 0).map(({ iso }) => iso);
  assert.deepEqual(weeks, ['2026-12-14', '2026-12-21', '2026-12-28']);
  assert.deepEqual(december?.days.at(-1), {
    iso: '2027-01-03',
    number: 3,
    name: 'Sun, 3 Jan 2027',
    isOfMonth: false,
  });
  assert.deepEqual(
    january?.days.map(({ isOfMonth }) => isOfMonth),
    [false, false, false, false, true, true, true],
  );
});
