import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Recurrence } from '../../src/core/schedule.ts';
import { readSpan } from '../../src/schedule/dates.ts';
import { occurrencesFrom } from '../../src/schedule/occurrences.ts';
import { parseRule } from '../../src/schedule/recurrence-rule.ts';

function problemOf(text: string): string {
  const reading = parseRule(text);
  return 'problem' in reading ? reading.problem : '';
}

function recurrence(text: string, over: Partial<Recurrence> = {}): Recurrence {
  const rules = text.split(' + ').map((one) => {
    const reading = parseRule(one);
    assert.ok('rule' in reading, JSON.stringify(reading));
    return reading.rule;
  });
  return { text, rules, timezone: 'Europe/Paris', skip: [], ...over };
}

/** The first slots from Tue 24 Nov 2026 09:00 in Paris on. */
function slots(text: string, { count = 3, from = '2026-11-24T08:00Z' } = {}): string[] {
  const found: string[] = [];
  for (const { slot } of occurrencesFrom(recurrence(text), Date.parse(from))) {
    found.push(slot);
    if (found.length === count) break;
  }
  return found;
}

function wall(text: string): number {
  return Date.parse(`${text}Z`);
}

describe('parseRule', () => {
  it('takes days of the week in words and as cron, with the same slots', () => {
    const expected = ['2026-11-24T09:00', '2026-11-27T09:00', '2026-12-01T09:00'];
    for (const text of [
      'Tue,Fri 09:00',
      'every Tuesday and Friday at 9:00',
      '0 9 * * 2,5',
      '0 0 9 * * TUE,FRI',
    ]) {
      assert.deepEqual(slots(text), expected, text);
    }
  });

  it('takes daily, weekdays and weekends', () => {
    assert.deepEqual(slots('every day 08:30'), [
      '2026-11-25T08:30',
      '2026-11-26T08:30',
      '2026-11-27T08:30',
    ]);
    assert.deepEqual(slots('weekdays 08:30', { count: 4 }).at(-1), '2026-11-30T08:30');
    assert.deepEqual(slots('weekends 10:00'), [
      '2026-11-28T10:00',
      '2026-11-29T10:00',
      '2026-12-05T10:00',
    ]);
  });

  it('takes days of the month', () => {
    assert.deepEqual(slots('first Monday 10:00'), [
      '2026-12-07T10:00',
      '2027-01-04T10:00',
      '2027-02-01T10:00',
    ]);
    assert.deepEqual(slots('last Fri 16:00'), [
      '2026-11-27T16:00',
      '2026-12-25T16:00',
      '2027-01-29T16:00',
    ]);
    assert.deepEqual(slots('day 1, 15 09:00'), [
      '2026-12-01T09:00',
      '2026-12-15T09:00',
      '2027-01-01T09:00',
    ]);
    assert.deepEqual(slots('1st of the month 09:00'), [
      '2026-12-01T09:00',
      '2027-01-01T09:00',
      '2027-02-01T09:00',
    ]);
    assert.deepEqual(slots('last day 18:00'), [
      '2026-11-30T18:00',
      '2026-12-31T18:00',
      '2027-01-31T18:00',
    ]);
    assert.deepEqual(slots('day 31 09:00'), [
      '2026-12-31T09:00',
      '2027-01-31T09:00',
      '2027-03-31T09:00',
    ]);
    assert.deepEqual(slots('fifth Tue 09:00'), [
      '2026-12-29T09:00',
      '2027-03-30T09:00',
      '2027-06-29T09:00',
    ]);
  });

  it('refuses what is no rule, and says how to write one', () => {
    const wrong: [string, RegExp][] = [
      ['', /no rule here\. Write "Tue,Fri 09:00"/],
      ['hourly', /no rule that Carillon can read\. Write/],
      ['every 5 minutes', /no rule that Carillon can read/],
      ['every 2 weeks Mon 09:00', /no rule that Carillon can read/],
      ['@daily', /A cron rule has 5 fields/],
      ['* * * *', /"\* \* \* \*" has 4/],
      ['* * * * * * * *', /has 8/],
      ['99 9 * * *', /out of its range/],
      ['5-1 * * * *', /out of its range/],
      ['*/0 * * * *', /out of its range/],
      ['0 0 30 2 *', /never comes/],
      ['Tue 9am', /such as 09:00/],
      ['Tuesdy 09:00', /Did you mean "Tuesday"\?/],
      ['day 32 09:00', /No month has a day 32/],
      ['6th Mon 10:00', /No month has/],
      ['first Monday', /says no time/],
      ['first blue 10:00', /"blue" cannot be read/],
    ];
    for (const [text, message] of wrong) assert.match(problemOf(text), message, text);
  });

  it('never throws, whatever is written', () => {
    const words = fc.constantFrom(
      'first',
      'last',
      'day',
      'Mon',
      '31',
      '*',
      '*/5',
      '09:00',
      '0',
      '2-1',
      '#',
      'L',
      'of',
      'every',
      '🎉',
    );
    const texts = fc.oneof(
      fc.string(),
      fc.array(words, { maxLength: 8 }).map((parts) => parts.join(' ')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const reading = parseRule(text);
        if ('problem' in reading) assert.match(reading.problem, /[.?]$/);
        else assert.ok(occurrencesFrom(recurrence(text), 0).next().value);
      }),
    );
  });
});

describe('occurrencesFrom', () => {
  it('keeps the time of the clocks when they change', () => {
    const instants = [
      ...occurrencesFrom(
        recurrence('Sun 09:00', { until: wall('2026-11-02T00:00') }),
        Date.parse('2026-10-18T00:00Z'),
      ),
    ];

    assert.deepEqual(
      instants.map(({ instant }) => new Date(instant).toISOString().slice(0, 16)),
      ['2026-10-18T07:00', '2026-10-25T08:00', '2026-11-01T08:00'],
    );
  });

  it('treats cron and words alike where the clocks skip or repeat an hour', () => {
    const zones = fc.constantFrom(
      'Europe/Paris',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Tehran',
      'Asia/Beirut',
    );
    const minutes = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(
        zones,
        minutes,
        fc.integer({ min: 0, max: 2_000_000_000 }),
        (timezone, minute, seconds) => {
          const [hour, rest] = [Math.floor(minute / 60), minute % 60];
          const words = `daily ${hour}:${String(rest).padStart(2, '0')}`;
          const take = (text: string) => {
            const source = occurrencesFrom(recurrence(text, { timezone }), seconds * 1000);
            return Array.from({ length: 3 }, () => source.next().value);
          };
          assert.deepEqual(take(words), take(`${rest} ${hour} * * *`));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('has one occurrence where the clocks skip several slots', () => {
    const from = '2026-03-29T00:30Z';
    assert.deepEqual(slots('*/30 * * * *', { from, count: 3 }), [
      '2026-03-29T01:30',
      '2026-03-29T02:00',
      '2026-03-29T03:30',
    ]);
  });

  it('begins, ends, counts and leaves out', () => {
    const skip = ['2026-11-27', '2026-12-04 to 2026-12-08'].flatMap((text) => {
      const reading = readSpan(text);
      return 'span' in reading ? [reading.span] : [];
    });
    const bounds = { from: wall('2026-11-24T00:00'), until: wall('2026-12-16T00:00') };

    const all = [...occurrencesFrom(recurrence('Tue,Fri 09:00', { ...bounds, skip }), 0)];
    const counted = [
      ...occurrencesFrom(recurrence('Tue,Fri 09:00', { ...bounds, skip, count: 2 }), 0),
    ];
    const later = [
      ...occurrencesFrom(
        recurrence('Tue,Fri 09:00', { ...bounds, count: 3 }),
        Date.parse('2026-11-28T00:00Z'),
      ),
    ];

    assert.deepEqual(
      all.map(({ slot }) => slot),
      ['2026-11-24T09:00', '2026-12-01T09:00', '2026-12-11T09:00', '2026-12-15T09:00'],
    );
    assert.equal(counted.at(-1)?.slot, '2026-12-01T09:00');
    assert.deepEqual(
      later.map(({ slot }) => slot),
      ['2026-12-01T09:00'],
    );
  });

  it('joins several rules, none twice', () => {
    assert.deepEqual(slots('Tue 09:00 + 0 9 * * 2 + last day 18:00', { count: 3 }), [
      '2026-11-24T09:00',
      '2026-11-30T18:00',
      '2026-12-01T09:00',
    ]);
  });
});

describe('readSpan', () => {
  it('counts the last day to its end', () => {
    assert.deepEqual(readSpan('2026-12-24 to 2026-12-26'), {
      span: { from: wall('2026-12-24T00:00'), to: wall('2026-12-27T00:00') },
    });
    assert.deepEqual(readSpan('2026-12-31 18:00 to 2027-01-01 12:00'), {
      span: { from: wall('2026-12-31T18:00'), to: wall('2027-01-01T12:00') },
    });
  });

  it('says what is wrong', () => {
    const problems = [
      '2026-02-30',
      '25.12.2026',
      '2026-12-26 to 2026-12-24',
      '2026-12-24 25:00',
      '',
    ].map((text) => {
      const reading = readSpan(text);
      return 'problem' in reading ? reading.problem : '';
    });
    assert.match(problems[0] ?? '', /no 2026-02-30 in the calendar/);
    assert.match(problems[1] ?? '', /no date that Carillon can read\. Write a date such as/);
    assert.match(problems[2] ?? '', /ends before it begins/);
    assert.match(problems[3] ?? '', /no clock shows 25:00/);
    assert.match(problems[4] ?? '', /no date/);
  });
});
