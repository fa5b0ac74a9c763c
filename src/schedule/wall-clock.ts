import { Temporal } from 'temporal-polyfill';
import type { WallClock } from '../core/schedule.ts';
import { offsetOfDay } from './zone-offsets.ts';

const dayMs = 86_400_000;

/**
 * The instant at which the clocks of a zone show a time, in milliseconds since 1970. For a time that they skip it is
 * the first instant after the gap, for one that they show twice the first of the two.
 */
export function instantOf(wall: WallClock, timezone: string): number {
  // On most days, and on those beside them, no clock changes.
  const day = Math.floor(wall / dayMs);
  const offset = offsetOfDay(day, timezone);
  const isPlain =
    offset !== undefined &&
    offset === offsetOfDay(day - 1, timezone) &&
    offset === offsetOfDay(day + 1, timezone);
  return isPlain ? wall - offset : findInstant(toPlain(wall), timezone);
}

/** What the clocks of a zone show at an instant. */
export function wallClockOf(instant: number, timezone: string): WallClock {
  const offset = offsetOfDay(Math.floor(instant / dayMs), timezone);
  if (offset !== undefined) return instant + offset;
  const { offsetNanoseconds } =
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timezone);
  return instant + Math.round(offsetNanoseconds / 1e6);
}

function findInstant(plain: Temporal.PlainDateTime, timezone: string): number {
  const zoned = plain.toZonedDateTime(timezone, { disambiguation: 'compatible' });
  if (zoned.toPlainDateTime().equals(plain)) return zoned.epochMilliseconds;

  const before = plain.toZonedDateTime(timezone, { disambiguation: 'earlier' });
  return (before.getTimeZoneTransition('next') ?? zoned).epochMilliseconds;
}

function toPlain(wall: WallClock): Temporal.PlainDateTime {
  const date = new Date(wall);
  return Temporal.PlainDateTime.from({
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
  });
}
