import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readTime } from '../../src/schedule/local-time.ts';
import { readTimeZone } from '../../src/schedule/time-zone.ts';

function instantOf(text: string, zone = 'Europe/Paris'): string | undefined {
  const reading = readTime(text, zone);
  return 'time' in reading && !reading.time.now
    ? new Date(reading.time.instant).toISOString()
    : undefined;
}

function problemOf(text: string, zone = 'Europe/Paris'): string {
  const reading = readTime(text, zone);
  return 'problem' in reading ? reading.problem : '';
}

describe('readTime', () => {
  it('takes a wall-clock time in its zone, an instant, and now', () => {
    assert.equal(instantOf('2026-11-24 09:00'), '2026-11-24T08:00:00.000Z');
    assert.equal(instantOf('2026-07-24T09:00:30'), '2026-07-24T07:00:30.000Z');
    assert.equal(instantOf('2026-11-24T08:00Z'), '2026-11-24T08:00:00.000Z');
    assert.equal(instantOf('2026-11-24 09:00+05:30'), '2026-11-24T03:30:00.000Z');
    assert.deepEqual(readTime('now', 'UTC'), { time: { now: true } });
  });

  it('offers a time of day only for a day that there is', () => {
    assert.match(problemOf('2026-11-24'), /Write it as "2026-11-24 09:00"/);
    assert.doesNotMatch(problemOf('2026-99-01'), /2026-99-01 09:00/);
    assert.doesNotMatch(problemOf('2026-02-30'), /2026-02-30 09:00/);
  });

  it('gives, for a time shown twice, two texts that lead to the two instants', () => {
    const texts = [...problemOf('2026-10-25 02:30').matchAll(/as (\S+ \S+) \(/g)].map(
      ([, text = '']) => text,
    );

    assert.deepEqual(
      texts.map((text) => instantOf(text)),
      ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'],
    );
  });

  it('gives, for a time that is skipped, two texts that can be pasted', () => {
    const texts = [...problemOf('2026-03-29 02:30').matchAll(/as (\S+ \S+) \(/g)].map(
      ([, text = '']) => text,
    );

    assert.deepEqual(
      texts.map((text) => instantOf(text)),
      ['2026-03-29T00:30:00.000Z', '2026-03-29T01:30:00.000Z'],
    );
  });

  it('knows the day that Samoa left out', () => {
    assert.match(problemOf('2011-12-30 12:00', 'Pacific/Apia'), /skip/);
  });

  it('refuses what no calendar or clock shows', () => {
    for (const text of [
      '2026-02-29 09:00',
      '2026-13-01 09:00',
      '2026-01-01 24:00',
      '2026-01-01 09:60',
      '2026-01-01 09:00+25:00',
      '',
      'tomorrow',
    ]) {
      assert.notEqual(problemOf(text), '', text);
    }
  });

  it('reads back every instant that is written in UTC', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
        const text = new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
        assert.equal(instantOf(text, 'Asia/Tehran'), text.replace('Z', '.000Z'));
      }),
      { numRuns: 200 },
    );
  });
});

describe('readTimeZone', () => {
  it('takes names in any case and refuses offsets and slips', () => {
    assert.deepEqual(readTimeZone('europe/paris'), { timezone: 'Europe/Paris' });
    for (const name of [
      '+01:00',
      '',
      'Europe/Paris ',
      'Mars/Olympus',
      'EST5EDT4',
      'GMT+99',
      'America/new_yorkk',
    ]) {
      assert.ok('problem' in readTimeZone(name), name);
    }
  });

  it('finds the zone of a city that stands alone', () => {
    const reading = readTimeZone('New York');
    assert.match('problem' in reading ? reading.problem : '', /America\/New_York/);
  });
});
