import { monthOf } from '../wording/months.ts';

const word = '([\\p{L}]{3,12})\\.?';
const forms: readonly [RegExp, (match: RegExpExecArray) => [number, number, number]][] = [
  [
    /(?<!\d)(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)/u,
    ([, y, m, d]) => [Number(y), Number(m), Number(d)],
  ],
  [
    /(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})(?!\d)/u,
    ([, d, m, y]) => [fullYear(y), Number(m), Number(d)],
  ],
  [
    new RegExp(
      `(?<!\\d)(\\d{1,2})(?:st|nd|rd|th|er|º|\\.)?\\s*(?:de\\s+|of\\s+|-)?${word},?\\s*(?:de\\s+|del\\s+|-)?(\\d{4})(?!\\d)`,
      'iu',
    ),
    ([, d, m, y]) => [Number(y), monthOf(m), Number(d)],
  ],
  [
    new RegExp(`${word}\\s*(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})(?!\\d)`, 'iu'),
    ([, m, d, y]) => [Number(y), monthOf(m), Number(d)],
  ],
  [
    /(?<!\d)(\d{1,2})\/(\d{1,2})\/(\d{4})(?!\d)/u,
    ([, a, b, y]) =>
      Number(a) > 12 ? [Number(y), Number(b), Number(a)] : [Number(y), Number(a), Number(b)],
  ],
  [/^(\d{4})(\d{2})(\d{2})(?:T|$|\d{6}$)/u, ([, y, m, d]) => [Number(y), Number(m), Number(d)]],
];
const isoInstant =
  /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|[+-]\d{2}:?\d{2})$/;

/** Reads a date as pages write it: an instant where it is one, else the day as `2026-11-24`. Undefined if it is none. */
export function readPageDate(written: string): string | undefined {
  const text = written.trim().slice(0, 200);
  if (isoInstant.test(text)) {
    const instant = new Date(text.replace(/^(\S{10}) /, '$1T').replace(/\s/g, ''));
    if (!Number.isNaN(instant.getTime()) && isLikely(instant.getUTCFullYear()))
      return instant.toISOString();
  }
  if (/^1[0-9]{9}(?:\d{3})?$/.test(text)) {
    return new Date(Number(text.padEnd(13, '0'))).toISOString();
  }
  for (const [form, parts] of forms) {
    const match = form.exec(text);
    if (!match) continue;
    const [year, month, day] = parts(match);
    if (isLikely(year) && isDay(year, month, day)) {
      return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
    }
  }
  return undefined;
}

function fullYear(year = ''): number {
  return year.length === 2 ? 2000 + Number(year) : Number(year);
}

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** The web began in 1991; what lies far ahead is a mistake, or the end of an offer. */
function isLikely(year: number): boolean {
  return year >= 1991 && year <= 2100;
}
