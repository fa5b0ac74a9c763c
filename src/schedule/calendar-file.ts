import { runInNewContext } from 'node:vm';
import ICAL from 'ical.js';
import type { Blackout } from '../core/schedule.ts';
import { readTimeZone } from './time-zone.ts';
import { instantOf } from './wall-clock.ts';

export interface CalendarReading {
  readonly blackout: readonly Blackout[];
  /** Sentences about what could not be used, each with a remedy. */
  readonly problems: readonly string[];
}

/** Whoever plans further ahead loads the calendar again by then. */
const lastYear = 2100;
/** More than all days until then: what repeats more often is no holiday. */
const maxOccurrences = 40_000;
/** For one event. A daily one takes a third of a second. */
const defaultMaxMs = 5_000;

/**
 * Reads the events of a calendar (.ics) as times at which nothing goes out: whole days and hours, repeated ones
 * included. Whole days and times without a zone are by the clocks of the given one.
 */
export function readCalendar(
  text: string,
  timezone: string,
  maxMs = defaultMaxMs,
): CalendarReading {
  const blackout: Blackout[] = [];
  const problems: string[] = [];
  for (const event of readEvents(text) ?? []) {
    try {
      blackout.push(...inTime(maxMs, () => timesOf(event, timezone)));
    } catch (error) {
      problems.push(sayUnusable(event, error));
    }
  }
  if (blackout.length === 0 && problems.length === 0) {
    problems.push(
      'Here is no calendar with events that can be read. Export it anew as iCalendar (.ics), or remove it.',
    );
  }
  return { blackout: blackout.sort((a, b) => a.from - b.from), problems };
}

function readEvents(text: string): readonly ICAL.Event[] | undefined {
  try {
    const parsed = ICAL.parse(text);
    const all = Array.isArray(parsed[0]) ? (parsed as unknown[]) : [parsed];
    return all.flatMap((calendar) => eventsOf(new ICAL.Component(calendar as never)));
  } catch {
    return undefined;
  }
}

/** The events of a calendar, each with its exceptions. */
function eventsOf(calendar: ICAL.Component): ICAL.Event[] {
  const events = calendar.getAllSubcomponents('vevent').map((vevent) => new ICAL.Event(vevent));
  const masters = events.filter((event) => !event.isRecurrenceException());
  const byUid = new Map(masters.map((event) => [event.uid, event]));
  for (const exception of events) {
    if (!exception.isRecurrenceException()) continue;
    const master = byUid.get(exception.uid);
    if (master === undefined) masters.push(exception);
    else master.relateException(exception);
  }
  return masters;
}

/** The library looks for ever for a date that never comes: the engine ends it. */
function inTime<T>(maxMs: number, work: () => T): T {
  try {
    return runInNewContext('work()', { work }, { timeout: maxMs });
  } catch (error) {
    const isTooLate = (error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    throw isTooLate ? new Error('it repeats too often, or on dates that never come') : error;
  }
}

function timesOf(event: ICAL.Event, timezone: string): Blackout[] {
  if (!event.component.hasProperty('dtstart')) throw new Error('it has no beginning');
  if (!event.isRecurring()) {
    return isCancelled(event) ? [] : [spanOf(event, event.startDate, event.endDate, timezone)];
  }
  const found: Blackout[] = [];
  const times = event.iterator();
  for (let count = 0; ; count++) {
    const next = times.next();
    if (!next || next.year > lastYear) return found;
    if (count > maxOccurrences) throw new Error('it repeats too often');
    const { item, startDate, endDate } = event.getOccurrenceDetails(next);
    if (!isCancelled(event) && !isCancelled(item)) {
      found.push(spanOf(item, startDate, endDate, timezone));
    }
  }
}

function isCancelled(event: ICAL.Event): boolean {
  return event.component.getFirstPropertyValue('status') === 'CANCELLED';
}

function spanOf(
  event: ICAL.Event,
  start: ICAL.Time | null,
  end: ICAL.Time | null,
  timezone: string,
): Blackout {
  if (!start) throw new Error('it has no beginning');
  const startZone = zoneNameOf(event, 'dtstart') ?? timezone;
  const from = toInstant(start, startZone);
  const ended = end ? toInstant(end, zoneNameOf(event, 'dtend') ?? startZone) : from;
  const to = ended <= from && start.isDate ? toInstant(dayAfter(start), startZone) : ended;
  return { from, to, name: (event.summary || 'an event of the calendar').slice(0, 80) };
}

/** The name of the zone that a time of the event is written in, if it is one that everybody knows. */
function zoneNameOf(event: ICAL.Event, property: string): string | undefined {
  const written = event.component.getFirstProperty(property)?.getFirstParameter('tzid');
  const reading = readTimeZone(String(written ?? ''));
  return 'timezone' in reading ? reading.timezone : undefined;
}

function dayAfter(date: ICAL.Time): ICAL.Time {
  const next = date.clone();
  next.day += 1;
  return next;
}

function toInstant(time: ICAL.Time, timezone: string): number {
  const { year, month, day, isDate, zone } = time;
  const [hour, minute, second] = isDate ? [0, 0, 0] : [time.hour, time.minute, time.second];
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  if (Number.isNaN(wall)) throw new Error('its time cannot be read');
  if (isDate) return instantOf(wall, timezone);
  if (zone === ICAL.Timezone.utcTimezone) return wall;

  // A zone under a name of its own is described in the calendar itself.
  const isDescribed = zone && zone !== ICAL.Timezone.localTimezone;
  const isKnown = isDescribed && 'timezone' in readTimeZone(zone.tzid);
  return isDescribed && !isKnown ? time.toUnixTime() * 1000 : instantOf(wall, timezone);
}

function sayUnusable(event: ICAL.Event, error: unknown): string {
  const name = String(event.summary ?? '').slice(0, 80);
  const reason = error instanceof Error ? error.message.slice(0, 120) : 'it cannot be read';
  return `The event "${name}" cannot be used: ${reason}. Mend it in your calendar, or take it out.`;
}
