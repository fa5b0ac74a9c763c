import type { ScheduleSettings } from '../core/schedule.ts';
import {
  boundsOfDay,
  dayAfter,
  dayOf,
  type MonthDay,
  monthOf,
  weekOf,
} from '../schedule/month-days.ts';
import { endOfQuietHours } from '../schedule/quiet-hours.ts';
import type { Overview } from './overview/overview.ts';
import type { Row } from './overview/row.ts';

export const CALENDAR_VIEWS = ['month', 'week', 'list'] as const;

export type CalendarViewName = (typeof CALENDAR_VIEWS)[number];

/** A stretch of days and what is due on each. */
export interface CalendarView {
  readonly name: CalendarViewName;
  /** The day that it was asked for, as `2026-12-01`. */
  readonly day: string;
  readonly today: string;
  readonly before: string;
  readonly after: string;
  readonly days: readonly CalendarDay[];
}

export interface CalendarDay extends MonthDay {
  readonly from: number;
  readonly until: number;
  /** Minutes by which the clocks are put forward on this day; negative: back. */
  readonly clockChange: number;
  readonly rows: readonly CalendarRow[];
  /** How many are due on it, also where fewer rows are given. */
  readonly total: number;
}

export interface CalendarRow extends Row {
  readonly isInQuietHours: boolean;
  /** True if another one of its account is due at nearly the same time. */
  readonly collides: boolean;
}

interface CalendarOptions {
  readonly overview: Overview;
  readonly timezone: string;
  readonly now: number;
  readonly view: string | undefined;
  readonly day: string | undefined;
  /** Missing while the config cannot be read. */
  readonly schedule: ScheduleSettings | undefined;
}

const DAY_MS = 86_400_000;
/** Closer than this, two publications of an account look like one burst. */
const COLLISION_MS = 5 * 60_000;
/** More than these of one day are told by their number alone. */
const MOST_OF_DAY = { month: 8, week: 60, list: 40 };
/** As many rows as a page holds, so that it is as quick in busy months; each day has its share of them. */
const MOST_OF_PAGE = { month: 210, week: 210, list: 280 };
const LEAST_OF_DAY = 3;

export function viewCalendar(options: CalendarOptions): CalendarView {
  const { timezone, now } = options;
  const name = CALENDAR_VIEWS.find((one) => one === options.view) ?? 'month';
  const today = dayOf(now, timezone);
  const day = isDay(options.day) ? options.day : today;
  const step = name === 'week' ? { days: 7 } : { months: 1 };
  const month = monthOf(day);
  const days =
    name === 'week'
      ? weekOf(day)
      : month.days.filter(({ isOfMonth }) => name === 'month' || isOfMonth);
  return {
    ...{ name, day, today },
    before: dayAfter(day, negative(step)),
    after: dayAfter(day, step),
    days: fillDays(days, name, options),
  };
}

function fillDays(
  days: readonly MonthDay[],
  name: CalendarViewName,
  options: CalendarOptions,
): readonly CalendarDay[] {
  const { overview, timezone } = options;
  const read = days.map((day) => {
    const { from, until } = boundsOfDay(day.iso, timezone);
    const all = overview.dueBetween(from, until).filter(({ state }) => state !== 'cancelled');
    return { ...day, from, until, all };
  });
  const busy = read.filter(({ all }) => all.length > 0).length;
  const share = Math.max(LEAST_OF_DAY, Math.floor(MOST_OF_PAGE[name] / Math.max(1, busy)));
  return read.map((day) => fillDay(day, Math.min(share, MOST_OF_DAY[name]), options));
}

function fillDay(
  { all, ...day }: MonthDay & Pick<CalendarDay, 'from' | 'until'> & { all: readonly Row[] },
  most: number,
  { schedule }: CalendarOptions,
): CalendarDay {
  const { from, until } = day;
  const colliding = findColliding(all);
  const rows = all.slice(0, most).map((row) => ({
    ...row,
    isInQuietHours: isInQuietHours(row, from, day.iso, schedule),
    collides: colliding.has(row.publication),
  }));
  const clockChange = Math.round((DAY_MS - (until - from)) / 60_000);
  return { ...day, clockChange, rows, total: all.length };
}

/** Those of one account that are due within minutes of each other, though of different entries. */
function findColliding(rows: readonly Row[]): ReadonlySet<string> {
  const last = new Map<string, Row>();
  const colliding = new Set<string>();
  // What is over cannot be moved any more.
  for (const row of rows.filter(({ state }) => state === 'scheduled' || state === 'held')) {
    const before = last.get(row.account);
    last.set(row.account, row);
    if (before === undefined || row.due - before.due >= COLLISION_MS) continue;
    colliding.add(before.publication).add(row.publication);
  }
  return colliding;
}

function isInQuietHours(
  { account, due }: Row,
  dayBegins: number,
  day: string,
  schedule: ScheduleSettings | undefined,
): boolean {
  const rules = schedule?.accounts.get(account);
  if (rules === undefined || rules.quietHours.length === 0) return false;
  // Near enough: on the days on which the clocks change it may be an hour off.
  const wall = Date.parse(`${day}T00:00:00Z`) + (due - dayBegins);
  return endOfQuietHours(rules.quietHours, wall) !== undefined;
}

function isDay(text: string | undefined): text is string {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function negative(step: { readonly days?: number; readonly months?: number }) {
  return Object.fromEntries(Object.entries(step).map(([unit, n]) => [unit, -n]));
}
