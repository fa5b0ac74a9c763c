import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import ICAL from 'ical.js';
import type { CalendarEvent } from '../../src/calendar/calendar-event.ts';
import { writeIcs } from '../../src/calendar/write-ics.ts';
import { DUE } from '../support/publications.ts';

const options = { now: DUE - 1000, displayNameOf: (network: string) => network.toUpperCase() };

function anEvent(
  over: Partial<Omit<CalendarEvent, 'post'>> & { text?: string } = {},
): CalendarEvent {
  const { text = 'Our report is out', ...rest } = over;
  return {
    publication: 'spring-report/newsroom-x',
    entry: 'spring-report',
    account: 'newsroom-x',
    network: 'twitter',
    at: DUE,
    state: 'planned',
    post: { network: 'twitter', text, media: [] },
    revision: 0,
    ...rest,
  };
}

/** What another program reads in the calendar. */
function parse(ics: string) {
  const calendar = new ICAL.Component(ICAL.parse(ics));
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const first = (name: string) => component.getFirstPropertyValue(name);
    return {
      uid: first('uid'),
      start: String(component.getFirstProperty('dtstart')?.toICALString()),
      stamp: String(component.getFirstProperty('dtstamp')?.toICALString()),
      summary: String(first('summary')),
      description: String(first('description')),
      status: first('status'),
      url: first('url'),
      sequence: first('sequence'),
      categories: component.getFirstProperty('categories')?.getValues(),
    };
  });
}

test('a publication is an event with its time in UTC, its text, state and address', () => {
  const url = 'https://x.com/newsroom/status/1?a=1,2;3';

  const [event, ...others] = parse(
    writeIcs([anEvent({ state: 'published', url, revision: 3 })], options),
  );

  assert.deepEqual(event, {
    uid: 'spring-report/newsroom-x@carillon',
    start: 'DTSTART:20261124T080000Z',
    stamp: 'DTSTAMP:20261124T075959Z',
    summary: 'newsroom-x: Our report is out',
    description: `Our report is out\n\n${url}\n\nspring-report/newsroom-x: published.`,
    status: 'CONFIRMED',
    url,
    sequence: 3,
    categories: ['newsroom-x', 'TWITTER'],
  });
  assert.equal(others.length, 0);
});

test('what will not go out is cancelled, and what waits for somebody is not certain', () => {
  const states = [
    'planned',
    'scheduled',
    'held',
    'handoff',
    'failed',
    'missed',
    'cancelled',
  ] as const;

  const events = parse(
    writeIcs(
      states.map((state) => anEvent({ state })),
      options,
    ),
  );

  assert.deepEqual(
    events.map(({ status }) => status),
    ['TENTATIVE', 'CONFIRMED', 'TENTATIVE', 'TENTATIVE', 'CANCELLED', 'CANCELLED', 'CANCELLED'],
  );
});

test('Persian, emoji, commas, semicolons, backslashes and line breaks come back as they were', () => {
  const text = 'گزارش بهار، منتشر شد؛ \\n بخوانید 👩‍👩‍👧‍👦\nZwölf, drei; vier: "fünf"\\';

  const [event] = parse(writeIcs([anEvent({ text })], options));

  assert.ok(event?.description.startsWith(`${text}\n\n`));
});

test('no line is longer than 75 octets, every line is whole UTF-8 and ends with CRLF', () => {
  const text = 'گزارش 👩‍👩‍👧‍👦 x '.repeat(200);

  const ics = writeIcs([anEvent({ text })], options);

  for (const line of ics.split('\r\n')) {
    assert.ok(Buffer.byteLength(line) <= 75, line);
    assert.doesNotMatch(line, /[\r\n\uFFFD\p{Cs}]/u);
  }
  assert.ok(ics.endsWith('END:VCALENDAR\r\n'));
});

test('whatever stands in a text, the calendar can be read and holds the text', () => {
  const words = fc.string({ unit: 'binary', maxLength: 300 });
  fc.assert(
    fc.property(words, (text) => {
      const ics = writeIcs([anEvent({ text })], options);
      const [event, ...others] = parse(ics);

      assert.equal(others.length, 0);
      const kept = text.replaceAll(/\r\n?/g, '\n').replaceAll(/[^\P{Cc}\n\t]|\p{Cs}/gu, '');
      assert.ok(event?.description.startsWith(kept), JSON.stringify(text));
      assert.ok(ics.split('\r\n').every((line) => Buffer.byteLength(line) <= 75));
    }),
  );
});

test('a thousand events have a thousand names that stay from run to run', () => {
  const events = Array.from({ length: 1000 }, (_, i) =>
    anEvent({ publication: `entry-${i}@2026-11-24T09:00/newsroom-x`, at: DUE + i * 60_000 }),
  );

  const first = parse(writeIcs(events, options));
  const second = parse(writeIcs(events, { ...options, now: DUE + 5 }));

  assert.equal(new Set(first.map(({ uid }) => uid)).size, 1000);
  assert.deepEqual(
    first.map(({ uid, start }) => [uid, start]),
    second.map(({ uid, start }) => [uid, start]),
  );
});
