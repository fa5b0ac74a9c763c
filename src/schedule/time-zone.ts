import leven from 'leven';
import { findNearest } from '../core/nearest.ts';

export type TimeZoneReading = { readonly timezone: string } | { readonly problem: string };

/** Reads the name of a time zone in any case, or says what is wrong and which name may be meant. */
export function readTimeZone(name: string): TimeZoneReading {
  const known = canonicalName(name);
  if (known) return { timezone: known };

  const nearest = findZone(name);
  const remedy = nearest ? `Did you mean "${nearest}"?` : 'Write a name such as "Europe/Paris".';
  return { problem: `"${name.slice(0, 100)}" is no time zone. ${remedy}` };
}

/** The name as the time-zone data spells it. Offsets such as `+01:00` are none: they know no summer time. */
function canonicalName(name: string): string | undefined {
  if (!/^[A-Za-z][\w+-]*(?:\/[\w+-]+){0,2}$/.test(name)) return undefined;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    // A link such as Asia/Calcutta may resolve to another name: then it stays as people wrote it.
    return timeZone.toLowerCase() === name.toLowerCase() ? timeZone : name;
  } catch {
    return undefined;
  }
}

/** People write the city alone, or with a space, as often as they mistype a whole name. */
function findZone(name: string): string | undefined {
  const zones = Intl.supportedValuesOf('timeZone');
  const typed = name.slice(0, 100).trim().replaceAll(' ', '_');
  const city = (typed.split('/').at(-1) ?? '').toLowerCase();

  const byCity = zones.find((zone) => leven(cityOf(zone), city, { maxDistance: 2 }) < 2);
  return byCity ?? findNearest(typed, zones);
}

function cityOf(zone: string): string {
  return (zone.split('/').at(-1) ?? '').toLowerCase();
}
