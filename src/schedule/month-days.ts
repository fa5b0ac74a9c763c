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

/** The month of a day as `2026-12-01`, in whole weeks. */
export function monthOf(day: string): Month {
  return monthFrom(Temporal.PlainDate.from(day).with({ day: 1 }));
}

/** The week of a day as `2026-12-01`. */
export function weekOf(day: string): readonly MonthDay[] {
  const date = Temporal.PlainDate.from(day);
  const monday = date.subtract({ days: date.dayOfWeek - 1 });
  return Array.from({ length: 7 }, (_, i) => toMonthDay(monday.add({ days: i }), date.month));
}

/** The day so many days or months after a day, both as `2026-12-01`. */
export function dayAfter(
  day: string,
  by: { readonly days?: number; readonly months?: number },
): string {
  return Temporal.PlainDate.from(day).add(by).toString();
}

/** The instants at which a day begins and ends in a zone. On most days they are 24 hours apart. */
export function boundsOfDay(
  day: string,
  timezone: string,
): { readonly from: number; readonly until: number } {
  const date = Temporal.PlainDate.from(day);
  return {
    from: date.toZonedDateTime(timezone).epochMilliseconds,
    until: date.add({ days: 1 }).toZonedDateTime(timezone).epochMilliseconds,
  };
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
    return toMonthDay(start.add({ days: i - leading }), start.month);
  });
  return { name: say(start, { month: 'long', year: 'numeric' }), days };
}

function toMonthDay(date: Temporal.PlainDate, month: number): MonthDay {
  return {
    iso: date.toString(),
    number: date.day,
    name: say(date, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }),
    isOfMonth: date.month === month,
  };
}

function say(date: Temporal.PlainDate, format: Intl.DateTimeFormatOptions): string {
  const instant = Date.UTC(date.year, date.month - 1, date.day);
  return new Intl.DateTimeFormat('en-GB', { ...format, timeZone: 'UTC' }).format(instant);
}
