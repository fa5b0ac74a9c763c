import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseSlots, type Slot, slotsFrom } from '../../src/schedule/slots.ts';
import { wallClockOf } from '../../src/schedule/wall-clock.ts';

function slotsOf(text: string | readonly string[]): readonly Slot[] {
  const reading = parseSlots(text);
  assert.ok('slots' in reading, JSON.stringify(reading));
  return reading.slots;
}

function shown(text: string | readonly string[]): string[] {
  return slotsOf(text).map(
    ({ weekday, minutes }) => `${weekday} ${Math.floor(minutes / 60)}:${minutes % 60}`,
  );
}

function problemOf(text: string | readonly string[]): string {
  const reading = parseSlots(text);
  return 'problem' in reading ? reading.problem : '';
}

function first(count: number, text: string, timezone: string, from: string): string[] {
  const slots = slotsFrom(slotsOf(text), timezone, Date.parse(from));
  return Array.from({ length: count }, () => {
    const next = slots.next();
    return next.done ? 'none' : new Date(next.value).toISOString().replace(':00.000Z', 'Z');
  });
}

describe('parseSlots', () => {
  it('takes days, ranges of days and several times', () => {
    assert.deepEqual(shown('Mon-Wed 09:00, 13:30'), [
      '1 9:0',
      '1 13:30',
      '2 9:0',
      '2 13:30',
      '3 9:0',
      '3 13:30',
    ]);
    assert.deepEqual(shown('Sat 10:00'), ['6 10:0']);
    assert.deepEqual(shown('weekends 8:05'), ['6 8:5', '7 8:5']);
    assert.deepEqual(shown('Sat-Mon 10:00'), ['1 10:0', '6 10:0', '7 10:0']);
    assert.equal(slotsOf('daily 09:00').length, 7);
    assert.equal(slotsOf('Weekdays 09:00').length, 5);
  });

  it('takes several groups in one text or in a list, each slot once', () => {
    assert.deepEqual(shown('Mon and Wed at 9:00; Fri 10:00'), ['1 9:0', '3 9:0', '5 10:0']);
    assert.deepEqual(shown(['Mon 09:00', 'Monday, Tues 09:00']), ['1 9:0', '2 9:0']);
    assert.equal(slotsOf('Monday – Friday 09:00').length, 5);
  });

  it('says what is wrong and how to write it', () => {
    assert.match(problemOf('Mun 09:00'), /"Mun" is neither .* Did you mean "Mon"\?/);
    assert.match(problemOf('lundi 09:00'), /"lundi" is neither .* such as "Mon-Fri 09:00/);
    assert.match(problemOf('Mon 9am'), /such as 09:00\./);
    assert.match(problemOf('Mon 5.30pm'), /such as 17:30\./);
    assert.match(problemOf('Mon 24:00'), /Write midnight as 00:00/);
    assert.match(problemOf('Mon 09:75'), /No clock shows 09:75/);
    assert.match(problemOf('09:00'), /No day stands before 09:00/);
    assert.match(problemOf('Mon-Fri'), /no time after them/);
    assert.match(problemOf(['Mon 09:00', 'Tue']), /no time after them/);
    assert.match(problemOf('Mon-Wed-Fri 09:00'), /neither/);
    assert.match(problemOf(''), /no slot/);
    assert.match(problemOf([]), /no slot/);
  });

  it('never throws, whatever is written', () => {
    const words = fc.constantFrom(
      'Mon',
      'Fri',
      '-',
      ',',
      '09:00',
      '25:99',
      'daily',
      '{}',
      '٩',
      ' ',
    );
    const texts = fc.oneof(
      fc.string(),
      fc.array(words).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const reading = parseSlots(text);
        assert.ok(
          'problem' in reading
            ? reading.problem.endsWith('.') || reading.problem.endsWith('?')
            : reading.slots.length > 0,
        );
      }),
    );
  });
});

describe('slotsFrom', () => {
  it('keeps the wall-clock time when the clocks change', () => {
    assert.deepEqual(first(4, 'Sat, Sun 09:00', 'Europe/Paris', '2026-10-24T00:00Z'), [
      '2026-10-24T07:00Z',
      '2026-10-25T08:00Z',
      '2026-10-31T08:00Z',
      '2026-11-01T08:00Z',
    ]);
  });

  it('includes the instant that it starts from, and nothing before it', () => {
    assert.deepEqual(first(1, 'daily 09:00', 'UTC', '2026-11-24T09:00Z'), ['2026-11-24T09:00Z']);
    assert.deepEqual(first(1, 'daily 09:00', 'UTC', '2026-11-24T09:00:00.001Z'), [
      '2026-11-25T09:00Z',
    ]);
  });

  it('moves a slot in a gap to the first instant after it, where it meets no other', () => {
    assert.deepEqual(first(3, 'daily 02:30', 'Europe/Paris', '2026-03-28T00:00Z'), [
      '2026-03-28T01:30Z',
      '2026-03-29T01:00Z',
      '2026-03-30T00:30Z',
    ]);
    assert.deepEqual(
      first(2, 'Sun 02:15, 02:45, 03:00, 04:00', 'Europe/Paris', '2026-03-29T00:00Z'),
      ['2026-03-29T01:00Z', '2026-03-29T02:00Z'],
    );
  });

  it('has a slot of an hour that comes twice once, at the first', () => {
    assert.deepEqual(first(2, 'Sun 02:30', 'Europe/Paris', '2026-10-25T00:00Z'), [
      '2026-10-25T00:30Z',
      '2026-11-01T01:30Z',
    ]);
    assert.deepEqual(first(1, 'Sun 02:30', 'Europe/Paris', '2026-10-25T00:45Z'), [
      '2026-11-01T01:30Z',
    ]);
  });

  it('moves the slots of a day that a place left out to the day after', () => {
    assert.deepEqual(first(2, 'Fri, Sat 12:00', 'Pacific/Apia', '2011-12-30T10:00Z'), [
      '2011-12-30T10:00Z',
      '2011-12-30T22:00Z',
    ]);
  });

  it('ends at once where there is no slot', () => {
    assert.deepEqual([...slotsFrom([], 'UTC', 0)], []);
  });

  it('ascends, and shows the wanted time wherever the clocks show it', () => {
    const zones = fc.constantFrom(
      'Europe/Paris',
      'America/St_Johns',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'Asia/Kathmandu',
    );
    const slot = fc.record({
      weekday: fc.integer({ min: 1, max: 7 }),
      minutes: fc.integer({ min: 0, max: 1439 }),
    });
    fc.assert(
      fc.property(
        zones,
        fc.uniqueArray(slot, {
          minLength: 1,
          maxLength: 5,
          selector: ({ weekday, minutes }) => weekday * 1440 + minutes,
        }),
        fc.integer({ min: 1_000_000, max: 4_000_000_000 }),
        (zone, slots, seconds) => {
          const ordered = slots.toSorted((a, b) => a.minutes - b.minutes);
          const found = slotsFrom(ordered, zone, seconds * 1000);

          let before = seconds * 1000 - 1;
          for (let count = 0; count < 10; count++) {
            const { value } = found.next();
            assert.ok(value !== undefined && value > before);
            before = value;
            const shows = (wallClockOf(value, zone) / 60_000) % 1440;
            const shownBefore = (wallClockOf(value - 1, zone) / 60_000) % 1440;
            const isGap = Math.abs(shows - shownBefore) > 1 && shows !== 0;
            assert.ok(isGap || slots.some(({ minutes }) => minutes === shows));
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});
