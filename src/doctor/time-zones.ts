import type { Finding } from './finding.ts';

/** What the data of this Node says of the offset of a zone, in minutes; undefined if it does not know the zone. */
export type OffsetAt = (timezone: string, instant: number) => number | undefined;

/** Paris goes from winter to summer time at this instant. */
const KNOWN_CHANGE = { zone: 'Europe/Paris', at: Date.UTC(2026, 2, 29, 1), before: 60, after: 120 };
/** Older data than this misses changes that governments have made since. */
const OLDEST_DATA_YEARS = 2;
const check = 'time zones';

export function judgeTimeZones(
  timezone: string,
  offsetAt: OffsetAt,
  data: { readonly version: string | undefined; readonly year: number },
): Finding {
  const { zone, at, before, after } = KNOWN_CHANGE;
  const remedy = 'Install a current Node.js with its full time-zone data (full-icu).';
  if (offsetAt(timezone, at) === undefined) {
    const message = `This Node.js does not know the time zone ${timezone}.`;
    return { check, code: 'unknown', severity: 'error', message, remedy };
  }
  if (offsetAt(zone, at - 1) !== before || offsetAt(zone, at) !== after) {
    const message = 'The time-zone data of this Node.js is wrong: it misses a change of 2026.';
    return { check, code: 'wrong', severity: 'error', message, remedy };
  }
  const dataYear = Number.parseInt(data.version ?? '', 10);
  if (dataYear <= data.year - OLDEST_DATA_YEARS) {
    return {
      check,
      code: 'old',
      severity: 'warning',
      message: `The time-zone data of this Node.js is of ${dataYear}: changes made since are missing.`,
      remedy: 'Install a current Node.js.',
    };
  }
  const version = data.version === undefined ? '' : ` (${data.version})`;
  const message = `The time-zone data is in order${version}.`;
  return { check, code: 'data', severity: 'ok', message };
}

export function examineTimeZones(timezone: string): Finding {
  const data = { version: process.versions.tz, year: new Date().getUTCFullYear() };
  return judgeTimeZones(timezone, readOffset, data);
}

function readOffset(timeZone: string, instant: number): number | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    const name = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value;
    const [, sign = '+', hours = '0', minutes = '0'] =
      /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name ?? '') ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  } catch {
    return undefined;
  }
}
