import { Temporal } from 'temporal-polyfill';

/** A month of a calendar in whole weeks, Monday first. */
export interface Month {
  /** `December 2026` */
  readonly name: string;
  readonly days: readonly MonthDay[];
}

export interface MonthDay {
  /** `2026-12-01` */
  readonly iso: string;
  readonly number: number;
  /** `Tue 1 Dec 2026` */
  readonly name: string;
  /** False for the days of the months around that fill the weeks. */
  readonly isOfMonth: boolean;
}

/** The day of an instant in a zone, as `2026-12-01`. */
export function dayOf(instant: number, timezone: string): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timezone);
  return zoned.toPlainDate().toString();
}

/** Every month from one day to another, both as `2026-12-01`, without the weeks before and after. */
export function listMonths(first: string, last: string): readonly Month[] {
  const months: Month[] = [];
  const end = Temporal.PlainDate.from(last);
  let start = Temporal.PlainDate.from(first).with({ day: 1 });
  while (Temporal.PlainDate.compare(start, end) <= 0) {
    const { name, days } = monthFrom(start);
    months.push({ name, days: days.filter((_, i) => isShown(weekAround(days, i), first, last)) });
    start = start.add({ months: 1 });
  }
  return months;
}

function weekAround(days: readonly MonthDay[], i: number): readonly MonthDay[] {
  const monday = i - (i % 7);
  return days.slice(monday, monday + 7);
}

function isShown(week: readonly MonthDay[], first: string, last: string): boolean {
  return (week.at(-1)?.iso ?? '') >= first && (week[0]?.iso ?? '') <= last;
}

function monthFrom(start: Temporal.PlainDate): Month {
  const leading = start.dayOfWeek - 1;
  const length = Math.ceil((leading + start.daysInMonth) / 7) * 7;
  const days = Array.from({ length }, (_, i) => {
    const date = start.add({ days: i - leading });
    return {
      iso: date.toString(),
      number: date.day,
      name: say(date, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }),
      isOfMonth: date.month === start.month,
    };
  });
  return { name: say(start, { month: 'long', year: 'numeric' }), days };
}

function say(date: Temporal.PlainDate, format: Intl.DateTimeFormatOptions): string {
  const instant = Date.UTC(date.year, date.month - 1, date.day);
  return new Intl.DateTimeFormat('en-GB', { ...format, timeZone: 'UTC' }).format(instant);
}
