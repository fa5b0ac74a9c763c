import { readPageDate } from '../articles/read-date.ts';

const zones: Readonly<Record<string, string>> = {
  UT: 'GMT',
  UTC: 'GMT',
  Z: 'GMT',
  BST: '+0100',
  CET: '+0100',
  CEST: '+0200',
  EET: '+0200',
  EEST: '+0300',
  MSK: '+0300',
  IST: '+0530',
  JST: '+0900',
  AEST: '+1000',
};
const zoned = /(?:Z|GMT|UTC?|[+-]\d{2}:?\d{2}|[ECMP][SD]T)\s*(?:\([^)]*\))?$/i;

/** The instant that a feed writes, in ISO 8601; a time without a zone is taken as UTC. Undefined if it is none. */
export function readFeedDate(written: string | undefined): string | undefined {
  const text = written?.trim().slice(0, 100).replace(/\s+/g, ' ');
  if (text === undefined || text === '') return undefined;
  return readTime(text) ?? readTime(readPageDate(text) ?? '');
}

function readTime(text: string): string | undefined {
  // RFC 3339 knows only capitals; the hour 24 and missing minutes are no time to JavaScript.
  const form = text
    .replace(
      /^(\d{4}-\d\d-\d\d)[ t](\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?)\s?(z|[+-]\d\d:?\d\d|)$/i,
      '$1T$2$3',
    )
    .replace(
      /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)?/,
      (_, y, m, d, h, min, s = '00') => `${y}-${m}-${d}T${h}:${min}:${s}`,
    )
    .replace(/(T[\d:.,]+)z$/, '$1Z')
    .replace(/(\d\d)-(\d\d)-(\d{4})T/, '$3-$2-$1T')
    .replace(/ ([A-Z]{1,4})$/, (zone, name) =>
      Object.hasOwn(zones, name) ? ` ${zones[name]}` : zone,
    )
    .replace(/^[\p{L}.]+, ?(?=\d)/u, '')
    .replace(/(\d\d:\d\d(?::\d\d)?)([+-]\d)/, (whole, time, sign) =>
      /^\d{4}-/.test(text) ? whole : `${time} ${sign}`,
    );
  const isDay = /^\d{4}(?:-\d\d(?:-\d\d)?)?$/.test(form);
  const instant = new Date(isDay || zoned.test(form) ? form : withUtc(form));
  if (Number.isNaN(instant.getTime())) return undefined;
  const year = instant.getUTCFullYear();
  return year >= 1980 && year <= 2100 ? instant.toISOString() : undefined;
}

function withUtc(form: string): string {
  return /^\d{4}-\d\d-\d\dT/.test(form) ? `${form}Z` : `${form} GMT`;
}
