import { Temporal } from 'temporal-polyfill';

/**
 * What the clocks of a place show, in milliseconds since 1970 as if they were those of UTC. Names an instant only
 * together with a time zone.
 */
export type WallClock = number;

/**
 * The instant at which the clocks of a zone show a time, in milliseconds since 1970. For a time that they skip it is
 * the first instant after the gap, for one that they show twice the first of the two.
 */
export function instantOf(wall: WallClock, timezone: string): number {
  const plain = toPlain(wall);
  const zoned = plain.toZonedDateTime(timezone, { disambiguation: 'compatible' });
  if (zoned.toPlainDateTime().equals(plain)) return zoned.epochMilliseconds;

  const before = plain.toZonedDateTime(timezone, { disambiguation: 'earlier' });
  return (before.getTimeZoneTransition('next') ?? zoned).epochMilliseconds;
}

/** What the clocks of a zone show at an instant. */
export function wallClockOf(instant: number, timezone: string): WallClock {
  const { offsetNanoseconds } =
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timezone);
  return instant + Math.round(offsetNanoseconds / 1e6);
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
