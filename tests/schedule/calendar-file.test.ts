import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readCalendar } from '../../src/schedule/calendar-file.ts';

/** A calendar with the lines of each event. */
function calendar(...events: readonly string[][]): string {
  const all = events.flatMap((lines, index) => [
    'BEGIN:VEVENT',
    `UID:${index}`,
    ...lines,
    'END:VEVENT',
  ]);
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:test', ...all, 'END:VCALENDAR', ''].join(
    '\r\n',
  );
}

function times(text: string): string[] {
  return readCalendar(text, 'Europe/Paris').blackout.map(({ from, to, name }) =>
    [from, to]
      .map((at) => new Date(at).toISOString().slice(0, 16))
      .concat(name)
      .join(' '),
  );
}

describe('readCalendar', () => {
  it('takes whole days by the clocks of the zone, also without an end', () => {
    const text = calendar(
      ['DTSTART;VALUE=DATE:20261225', 'DTEND;VALUE=DATE:20261227', 'SUMMARY:Christmas'],
      ['DTSTART;VALUE=DATE:20270101', 'SUMMARY:New Year'],
    );

    assert.deepEqual(times(text), [
      '2026-12-24T23:00 2026-12-26T23:00 Christmas',
      '2026-12-31T23:00 2027-01-01T23:00 New Year',
    ]);
  });

  it('takes hours in UTC, in a named zone, and by the clocks of the config', () => {
    const text = calendar(
      ['DTSTART:20261124T090000Z', 'DURATION:PT1H', 'SUMMARY:UTC'],
      [
        'DTSTART;TZID=America/New_York:20261124T090000',
        'DTEND;TZID=America/New_York:20261124T100000',
        'SUMMARY:New York',
      ],
      ['DTSTART:20261124T120000', 'DTEND:20261124T130000', 'SUMMARY:here'],
    );

    assert.deepEqual(times(text), [
      '2026-11-24T09:00 2026-11-24T10:00 UTC',
      '2026-11-24T11:00 2026-11-24T12:00 here',
      '2026-11-24T14:00 2026-11-24T15:00 New York',
    ]);
  });

  it('repeats, with exceptions', () => {
    const text = calendar([
      'DTSTART:20261124T090000Z',
      'DTEND:20261124T100000Z',
      'RRULE:FREQ=WEEKLY;COUNT=3',
      'EXDATE:20261201T090000Z',
      'SUMMARY:upkeep',
    ]);

    assert.deepEqual(times(text), [
      '2026-11-24T09:00 2026-11-24T10:00 upkeep',
      '2026-12-08T09:00 2026-12-08T10:00 upkeep',
    ]);
  });

  it('leaves out what is cancelled', () => {
    assert.deepEqual(
      times(calendar(['DTSTART;VALUE=DATE:20261225', 'STATUS:CANCELLED', 'SUMMARY:off'])),
      [],
    );
  });

  it('says which event cannot be used, and takes the others', () => {
    const { blackout, problems } = readCalendar(
      calendar(
        ['DTSTART;VALUE=DATE:20261225', 'SUMMARY:Christmas'],
        ['SUMMARY:no time'],
        ['DTSTART:20260101T000000Z', 'DURATION:PT1H', 'RRULE:FREQ=MINUTELY', 'SUMMARY:often'],
      ),
      'UTC',
    );

    assert.equal(blackout.length, 1);
    assert.match(problems.join('\n'), /"no time" cannot be used: it has no beginning/);
    assert.match(problems.join('\n'), /"often" cannot be used: it repeats too often/);
  });

  it('does not look for ever for a date that never comes', () => {
    const { problems } = readCalendar(
      calendar([
        'DTSTART:20260101T090000Z',
        'RRULE:FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31',
        'SUMMARY:never',
      ]),
      'UTC',
      200,
    );
    assert.match(problems[0] ?? '', /on dates that never come/);
  });

  it('says of anything else that it is no calendar', () => {
    for (const text of [
      '',
      'hello',
      '<html></html>',
      calendar(),
      'BEGIN:VCALENDAR\r\nBEGIN:VEVENT',
    ]) {
      assert.match(readCalendar(text, 'UTC').problems[0] ?? '', /no calendar with events/, text);
    }
  });
});
