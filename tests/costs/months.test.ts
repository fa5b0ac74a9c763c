import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { monthOf, monthsAround } from '../../src/costs/months.ts';

const at = (iso: string) => Date.parse(iso);

test('the month is that of the clocks of the config, not of UTC', () => {
  const edge = at('2026-11-30T23:30:00Z');
  assert.equal(monthOf(edge, 'Europe/Paris'), '2026-12');
  assert.equal(monthOf(edge, 'UTC'), '2026-11');
  assert.equal(monthOf(edge, 'America/New_York'), '2026-11');
  assert.equal(monthOf(at('2026-12-01T04:59:59Z'), 'America/New_York'), '2026-11');
  assert.equal(monthOf(at('2026-12-01T05:00:00Z'), 'America/New_York'), '2026-12');
});

test('a month begins at its first instant, also over the turn of the year', () => {
  assert.deepEqual(monthsAround(at('2026-12-15T12:00:00Z'), 'Asia/Tehran'), [
    { name: '2026-11', from: at('2026-10-31T20:30:00Z') },
    { name: '2026-12', from: at('2026-11-30T20:30:00Z') },
    { name: '2027-01', from: at('2026-12-31T20:30:00Z') },
    { name: '2027-02', from: at('2027-01-31T20:30:00Z') },
  ]);
});

test('each instant is in the month that the list says, in any zone', () => {
  const zones = ['UTC', 'Europe/Paris', 'Pacific/Apia', 'America/St_Johns', 'Africa/Cairo'];
  const instant = fc.integer({ min: at('2024-01-01T00:00:00Z'), max: at('2032-01-01T00:00:00Z') });
  fc.assert(
    fc.property(instant, fc.constantFrom(...zones), (now, timezone) => {
      const months = monthsAround(now, timezone);
      const current = months.findLast(({ from }) => from <= now);
      assert.equal(current?.name, monthOf(now, timezone));
      assert.equal(current, months[1]);
      for (const { name, from } of months) {
        assert.equal(monthOf(from, timezone), name);
        assert.notEqual(monthOf(from - 1, timezone), name);
      }
    }),
  );
});
