/** How dates such as 03/04/2026 are meant: day first, or month first. */
export type DateOrder = 'dmy' | 'mdy';

/** `at` is in the form of the config: `2026-11-24 09:00`, or with an offset. */
export type DateReading = { readonly at: string } | { readonly problem: string };

const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september'],
  ...['october', 'november', 'december'],
];

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/**
 * Reads a date and time in the forms that people and spreadsheets write. Never guesses which number is the day.
 *
 * @param order how dates of three numbers are meant, if people have said so
 */
export function readWrittenDate(written: string, order?: DateOrder): DateReading {
  const text = withPlainDigits(written).replaceAll(/\s+/g, ' ').trim();
  if (/^\d{5}(\.\d+)?$/.test(text)) {
    return { problem: `${written} is a number. Save the column as a date in your spreadsheet.` };
  }
  const clock = findClock(text);
  if (clock === undefined) {
    const day = readDay(text, order);
    return 'problem' in day
      ? day
      : { problem: `"${written}" has no time of day. Write it as 2026-11-24 09:00.` };
  }
  if ('problem' in clock) return clock;
  const day = readDay(clock.rest, order);
  return 'problem' in day ? day : { at: `${isoDay(day)} ${clock.time}${clock.offset}` };
}

/** Digits as Persian and Arabic write them are digits. */
function withPlainDigits(text: string): string {
  return text.replaceAll(/[\u0660-\u0669\u06F0-\u06F9]/g, (digit) =>
    String((digit.codePointAt(0) ?? 0) & 0xf),
  );
}

interface Clock {
  readonly time: string;
  readonly offset: string;
  /** What is left of the text: the day. */
  readonly rest: string;
}

const CLOCK =
  /(?:^|[ T,])(?:at )?(\d{1,2})(?::(\d{2}))?(?::(\d{2})(?:\.\d+)?)? ?(am|pm|a\.m\.|p\.m\.)?(?: ?(Z|UTC|GMT|[+-]\d{2}:?\d{2}))?$/i;

function findClock(text: string): Clock | { readonly problem: string } | undefined {
  const match = CLOCK.exec(text);
  if (match === null) return undefined;
  const [whole, hours = '', minutes, seconds, half, zone] = match;
  // A number alone is the year of "3 April 2026".
  if (minutes === undefined && half === undefined) return undefined;
  const hour = half === undefined ? Number(hours) : toFullDay(Number(hours), half);
  if (hour === undefined || hour > 23 || Number(minutes ?? 0) > 59 || Number(seconds ?? 0) > 59) {
    return {
      problem: `"${text}": no clock shows ${whole.replace(/^[ T,]+/, '')}. Check the time.`,
    };
  }
  const time = [String(hour).padStart(2, '0'), minutes ?? '00', ...(seconds ? [seconds] : [])];
  const rest = text.slice(0, match.index).replace(/[,T ]+$/, '');
  return { time: time.join(':'), offset: toOffset(zone), rest };
}

/** The hour of a clock of twelve hours in one of twenty-four; undefined if there is no such hour. */
function toFullDay(hour: number, half: string): number | undefined {
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0);
}

function toOffset(zone: string | undefined): string {
  if (zone === undefined) return '';
  return /^[+-]/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(-2)}` : 'Z';
}

type DayReading = Day | { readonly problem: string };

function readDay(text: string, order: DateOrder | undefined): DayReading {
  const day = readNamedMonth(text) ?? readYearFirst(text) ?? readThreeNumbers(text, order);
  if ('problem' in day) return day;
  if (day.year < 1900) {
    return {
      problem: `"${text}": Carillon reads dates of the Gregorian calendar, such as 2026-11-24.`,
    };
  }
  return isInCalendar(day)
    ? day
    : { problem: `"${text}": there is no such day in the calendar. Check the date.` };
}

/** `2026-11-24`, `2026/11/24`, `20261124`. */
function readYearFirst(text: string): DayReading | undefined {
  const match = /^(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})$/.exec(text);
  if (match === null || (match[2] === '' && text.length !== 8)) return undefined;
  const [, year, , month, day] = match;
  return { year: Number(year), month: Number(month), day: Number(day) };
}

/** `24 November 2026`, `Nov 24, 2026`, `24-Nov-26`, with a weekday before it or not. */
function readNamedMonth(text: string): DayReading | undefined {
  const plain = text.replace(/^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]? /i, '');
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?[ .-]+([a-z]{3,9})[ .,-]+(\d{4}|\d{2})$/i.exec(plain);
  const monthFirst = /^([a-z]{3,9})[ .-]+(\d{1,2})(?:st|nd|rd|th)?[ ,-]+(\d{4}|\d{2})$/i.exec(
    plain,
  );
  const [day, name, year] = dayFirst?.slice(1) ?? [
    monthFirst?.[2],
    monthFirst?.[1],
    monthFirst?.[3],
  ];
  if (name === undefined) return undefined;
  const month = MONTHS.findIndex((known) => known.startsWith(name.toLowerCase())) + 1;
  if (month === 0)
    return { problem: `"${text}": there is no month "${name}". Write it in English.` };
  return { year: fullYear(year ?? ''), month, day: Number(day) };
}

/** `24.11.2026` is day first; with slashes or dashes only numbers that cannot be months tell. */
function readThreeNumbers(text: string, order: DateOrder | undefined): DayReading {
  const match = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})$/.exec(text);
  if (match === null) return { problem: sayHowToWrite(text) };
  const [first, second] = [Number(match[1]), Number(match[3])];
  const year = fullYear(match[4] ?? '');
  const dayFirst = { year, month: second, day: first };
  const monthFirst = { year, month: first, day: second };
  if (match[2] === '.' || first === second) return dayFirst;
  if (order !== undefined) return order === 'dmy' ? dayFirst : monthFirst;
  if (first > 12) return dayFirst;
  if (second > 12) return monthFirst;
  return {
    problem: `"${text}" may be ${isoDay(dayFirst)} or ${isoDay(monthFirst)}. Say with --dates dmy that the day comes first, or with --dates mdy that the month does.`,
  };
}

function fullYear(text: string): number {
  return text.length === 2 ? 2000 + Number(text) : Number(text);
}

function isInCalendar({ year, month, day }: Day): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function isoDay({ year, month, day }: Day): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

function sayHowToWrite(text: string): string {
  return `"${text.slice(0, 60)}" is no date that Carillon can read. Write it as 2026-11-24 09:00.`;
}
