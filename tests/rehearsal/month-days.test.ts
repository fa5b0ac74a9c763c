import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayOf, listMonths } from '../../src/rehearsal/month-days.ts';

test('an instant is on the day that the zone shows', () => {
  const instant = Date.UTC(2026, 11, 31, 23, 30);

  assert.equal(dayOf(instant, 'Europe/Paris'), '2027-01-01');
  assert.equal(dayOf(instant, 'UTC'), '2026-12-31');
});

test('months are whole weeks from Monday on', () => {
  const [december, january, ...others] = listMonths('2026-12-15', '2027-01-02');

  assert.deepEqual(
    [december?.name, january?.name, others.length],
    ['December 2026', 'January 2027', 0],
  );
  assert.equal(december?.days.length, 35);
  assert.deepEqual(december?.days[0], {
    iso: '2026-11-30',
    number: 30,
    name: 'Mon, 30 Nov 2026',
    isOfMonth: false,
  });
  assert.equal(december?.days.filter(({ isOfMonth }) => isOfMonth).length, 31);
});
