import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { chooseTime, type Taken } from '../../src/feeds/choose-time.ts';
import { parseSlots } from '../../src/schedule/slots.ts';

const at = (text: string) => Date.parse(text);
const rules = { timezone: 'Europe/Paris', slots: [], perDay: undefined, to: ['news-x'] };
const taken = (...times: string[]): Taken[] =>
  times.map((time) => ({ due: at(time), to: ['news-x'] }));
const slotsOf = (text: string) => {
  const reading = parseSlots(text);
  return 'slots' in reading ? reading.slots : assert.fail(reading.problem);
};
const iso = (instant: number) => new Date(instant).toISOString().slice(0, 19);

describe('the time of an article of a feed', () => {
  it('is the earliest one, a second apart where several come at once', () => {
    const earliest = at('2026-11-24T08:10Z');

    assert.equal(chooseTime(earliest, rules, []), earliest);
    assert.equal(chooseTime(earliest, rules, taken('2026-11-24T08:10Z')), earliest + 1_000);
  });

  it('is on the next day, at the same hour, where the day of the zone is full', () => {
    const full = taken('2026-11-23T23:30Z', '2026-11-24T10:00Z');

    const due = chooseTime(at('2026-11-24T15:00Z'), { ...rules, perDay: 2 }, full);

    assert.equal(iso(due), '2026-11-25T15:00:00');
  });

  it('keeps its hour over a change of the clocks', () => {
    const due = chooseTime(
      at('2026-10-24T10:00Z'),
      { ...rules, perDay: 1 },
      taken('2026-10-24T08:00Z'),
    );

    assert.equal(iso(due), '2026-10-25T11:00:00');
  });

  it('is the next slot that is free, on a day that has room', () => {
    const slots = slotsOf('Mon-Fri 09:00, 13:00');
    const choose = (earliest: string, ...others: string[]) =>
      iso(chooseTime(at(earliest), { ...rules, slots, perDay: 2 }, taken(...others)));

    assert.equal(choose('2026-11-24T08:01Z'), '2026-11-24T12:00:00');
    assert.equal(choose('2026-11-24T08:01Z', '2026-11-24T12:00Z'), '2026-11-25T08:00:00');
    assert.equal(choose('2026-11-27T12:01Z'), '2026-11-30T08:00:00');
    assert.equal(
      choose('2026-11-24T05:00Z', '2026-11-24T06:00Z', '2026-11-24T06:30Z'),
      '2026-11-25T08:00:00',
    );
  });

  it('counts for each account on its own', () => {
    const other = [{ due: at('2026-11-24T08:00Z'), to: ['news-page'] }];

    assert.equal(
      iso(chooseTime(at('2026-11-24T09:00Z'), { ...rules, perDay: 1 }, other)),
      '2026-11-24T09:00:00',
    );
  });

  it('never breaks the number of a day, and is never before its earliest', () => {
    const start = at('2026-10-20T00:00Z');
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 10 * 86_400 }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 3 }),
        fc.boolean(),
        (offsets, perDay, hasSlots) => {
          const given: Taken[] = [];
          const slots = hasSlots ? slotsOf('daily 09:00, 12:00, 15:00, 18:00') : [];
          for (const offset of offsets) {
            const earliest = start + offset * 1000;
            const due = chooseTime(earliest, { ...rules, slots, perDay }, given);
            assert.ok(due >= earliest);
            given.push({ due, to: ['news-x'] });
          }
          const days = new Map<string, number>();
          for (const { due } of given) {
            const day = new Intl.DateTimeFormat('en-CA', { timeZone: rules.timezone }).format(due);
            days.set(day, (days.get(day) ?? 0) + 1);
          }
          assert.ok([...days.values()].every((count) => count <= perDay));
          assert.equal(new Set(given.map(({ due }) => due)).size, given.length);
        },
      ),
      { numRuns: 40 },
    );
  });
});
