import { Temporal } from 'temporal-polyfill';

const dayMs = 86_400_000;
/** Enough for a century in one zone. */
const maxRemembered = 40_000;

const remembered = new Map<string, Map<number, number | undefined>>();

/**
 * How far the clocks of a zone are ahead of UTC during a whole day of UTC, in milliseconds; undefined for a day on
 * which that changes. Days are counted from 1 January 1970. Remembers what it has found, as asking is slow.
 */
export function offsetOfDay(day: number, timezone: string): number | undefined {
  let days = remembered.get(timezone);
  if (days === undefined || days.size > maxRemembered) {
    days = new Map();
    remembered.set(timezone, days);
  }
  if (!days.has(day)) days.set(day, readOffset(day, timezone));
  return days.get(day);
}

function readOffset(day: number, timezone: string): number | undefined {
  const begin = Temporal.Instant.fromEpochMilliseconds(day * dayMs).toZonedDateTimeISO(timezone);
  const end = begin.add({ hours: 24 });
  return begin.offsetNanoseconds === end.offsetNanoseconds
    ? Math.round(begin.offsetNanoseconds / 1e6)
    : undefined;
}
