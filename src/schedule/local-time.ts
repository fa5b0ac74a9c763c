import { Temporal } from 'temporal-polyfill';
import type { FixedTime } from '../core/config.ts';

export type TimeReading = { readonly time: FixedTime } | { readonly problem: string };

const pattern =
  /^(\d{4})-(\d{2})-(\d{2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?(?: ?(Z|[+-]\d{2}:\d{2}))?$/i;

/**
 * Reads a time as people write it: `now`, a wall-clock time of the zone such as `2026-11-24 09:00`, or an
 * instant such as `2026-11-24T08:00Z`. A time that the clocks of the zone skip or show twice is never
 * guessed: the problem names the instants that it could mean.
 */
export function readTime(text: string, timezone: string): TimeReading {
  const trimmed = text.trim();
  if (trimmed === 'now') return { time: { now: true } };

  const match = pattern.exec(trimmed);
  if (!match) return { problem: sayHowToWrite(trimmed) };

  const plain = readWallClock(match);
  if (!plain) return { problem: `${sayImpossible(match, trimmed)} Check the date and the time.` };

  const offset = match[7];
  if (offset !== undefined) return readOffset(plain, offset, trimmed);
  return resolve(plain, timezone);
}

function readWallClock(match: RegExpExecArray): Temporal.PlainDateTime | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  try {
    const fields = { year, month, day, hour, minute, second };
    return Temporal.PlainDateTime.from(fields, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

function readOffset(plain: Temporal.PlainDateTime, offset: string, text: string): TimeReading {
  const zone = offset.toUpperCase() === 'Z' ? 'UTC' : offset;
  const [hours = 0, minutes = 0] = zone === 'UTC' ? [] : zone.slice(1).split(':').map(Number);
  if (hours * 60 + minutes > 14 * 60 || minutes > 59) {
    return { problem: `"${text}": no place on earth is ${offset} from UTC. Check the offset.` };
  }
  return { time: toFixedTime(plain.toZonedDateTime(zone)) };
}

function resolve(plain: Temporal.PlainDateTime, timezone: string): TimeReading {
  const earlier = plain.toZonedDateTime(timezone, { disambiguation: 'earlier' });
  const later = plain.toZonedDateTime(timezone, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds) return { time: toFixedTime(earlier) };

  const isSkipped = !earlier.toPlainDateTime().equals(plain);
  const what = isSkipped
    ? `The clocks of ${timezone} skip ${show(plain)}`
    : `The clocks of ${timezone} show ${show(plain)} twice`;
  return {
    problem: `${what}. Choose the instant you mean and write it as ${paste(earlier)} (${inUtc(earlier)}) or as ${paste(later)} (${inUtc(later)}).`,
  };
}

function toFixedTime(zoned: Temporal.ZonedDateTime): FixedTime {
  return { now: false, instant: zoned.epochMilliseconds };
}

function show(plain: Temporal.PlainDateTime): string {
  const precision = plain.second === 0 ? 'minute' : 'second';
  return plain.toString({ smallestUnit: precision }).replace('T', ' ');
}

/** With the offset, which `readTime` takes back; historic offsets have seconds, so those go in UTC. */
function paste(zoned: Temporal.ZonedDateTime): string {
  if (zoned.offset.length > 6) return inUtc(zoned);
  return `${show(zoned.toPlainDateTime())}${zoned.offset}`;
}

function inUtc(zoned: Temporal.ZonedDateTime): string {
  return zoned.toInstant().toString().replace(/:00Z$/, 'Z');
}

function sayImpossible(match: RegExpExecArray, text: string): string {
  const [, year = '', month = '', day = '', hour = '', minute = ''] = match;
  try {
    Temporal.PlainDate.from(
      { year: Number(year), month: Number(month), day: Number(day) },
      { overflow: 'reject' },
    );
  } catch {
    return `"${text}": there is no ${year}-${month}-${day} in the calendar.`;
  }
  return `"${text}": no clock shows ${hour}:${minute}${match[6] ? `:${match[6]}` : ''}.`;
}

function sayHowToWrite(text: string): string {
  const forms = '2026-11-24 09:00, 2026-11-24T08:00Z or now';
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && isDate(text)) {
    return `"${text}" has no time of day. Write it as "${text} 09:00".`;
  }
  return `"${text.slice(0, 100)}" is no time that Carillon can read. Write it in one of these forms: ${forms}.`;
}

function isDate(text: string): boolean {
  return !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
}
