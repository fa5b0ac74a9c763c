import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSpan } from '../../src/rehearsal/read-span.ts';

const now = Date.UTC(2026, 10, 24, 8);
const iso = (from: string | undefined, to: string | undefined, zone = 'Europe/Paris') => {
  const reading = readSpan({ from, to }, zone, now);
  if ('problem' in reading) return reading.problem;
  return [reading.span.from, reading.span.to].map((instant) => new Date(instant).toISOString());
};

test('without a word, the next thirty days', () => {
  assert.deepEqual(iso(undefined, undefined), [
    '2026-11-24T08:00:00.000Z',
    '2026-12-24T08:00:00.000Z',
  ]);
});

test('a day is meant whole, in the zone of the config', () => {
  assert.deepEqual(iso('2026-12-01', '2026-12-31'), [
    '2026-11-30T23:00:00.000Z',
    '2026-12-31T22:59:59.999Z',
  ]);
});

test('a day may start at one o’clock, where the clocks skip midnight', () => {
  // Cairo, 24 April 2026: from midnight to one.
  assert.deepEqual(iso('2026-04-24', '1h', 'Africa/Cairo'), [
    '2026-04-23T22:00:00.000Z',
    '2026-04-23T23:00:00.000Z',
  ]);
});

test('a time, an instant and a length do as well', () => {
  assert.deepEqual(iso('2026-12-01 09:00', '2d'), [
    '2026-12-01T08:00:00.000Z',
    '2026-12-03T08:00:00.000Z',
  ]);
  assert.deepEqual(iso('now', '2026-11-24T09:00Z'), [
    '2026-11-24T08:00:00.000Z',
    '2026-11-24T09:00:00.000Z',
  ]);
});

test('what cannot be meant is told', () => {
  assert.match(String(iso('2026-12-02', '2026-12-01')), /would end before it starts/);
  assert.match(String(iso('2026-12-01', '2029-12-01')), /at most 400 days/);
  assert.match(String(iso('2026-02-30', undefined)), /^--from: .*2026-02-30/);
  assert.match(String(iso(undefined, 'tomorrow')), /^--to: "tomorrow"/);
});
