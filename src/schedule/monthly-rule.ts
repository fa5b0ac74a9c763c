import type { MonthDay, WallClock } from '../core/schedule.ts';
import { readTimeOfDay, readWeekday } from './days-and-times.ts';

const dayMs = 86_400_000;
const minuteMs = 60_000;

type MonthlyReading =
  | { readonly days: readonly MonthDay[]; readonly minutes: readonly number[] }
  | { readonly problem: string };

const ordinals: Readonly<Record<string, number>> = {
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  last: -1,
};

const forms =
  'Write it like "first Monday 10:00", "last Fri 16:00", "day 1, 15 09:00" or "last day 18:00".';

/** True for what names days of a month: `first Monday`, `day 15`, `1st`. */
export function looksMonthly(text: string): boolean {
  return /^(?:(?:every|on|the)\s+)*(?:first|second|third|fourth|fifth|last|days?|\d{1,2}(?:st|nd|rd|th))\b/i.test(
    text.trim(),
  );
}

/** Reads `first Monday 10:00`, `1st and 3rd Tue 09:00`, `day 1, 15 09:00`, `last day 18:00`. */
export function readMonthly(text: string): MonthlyReading {
  const words = text
    .toLowerCase()
    .replace(/\b(?:of (?:the|each|every) month|of the|every|and|at|on|the)\b/g, ' ')
    .split(/[\s,;]+/)
    .filter((word) => word !== '');
  const days: MonthDay[] = [];
  const minutes: number[] = [];
  let counted: number[] = [];
  let saysDay = false;

  for (const word of words) {
    const ordinal = readOrdinal(word);
    const weekday = readWeekday(word);
    if (minutes.length > 0 || word.includes(':')) {
      const time = readTimeOfDay(word);
      if (typeof time !== 'number') return time ?? { problem: sayUnreadable(word) };
      minutes.push(time);
    } else if (word === 'day' || word === 'days') {
      saysDay = true;
      // "last day", "1st day": the ordinals before it count days of the month.
      for (const day of counted.splice(0)) days.push({ day });
    } else if (ordinal !== undefined) counted.push(ordinal);
    else if (saysDay && /^\d{1,2}$/.test(word)) days.push({ day: Number(word) });
    else if (weekday !== undefined && counted.length > 0) {
      for (const nth of counted) days.push({ nth, weekday });
      counted = [];
    } else return { problem: sayUnreadable(word) };
  }
  for (const day of counted) days.push({ day });

  const wrong = days.find((day) => !isPossible(day));
  if (wrong) return { problem: `No month has ${sayDay(wrong)}. ${forms}` };
  if (minutes.length === 0 || days.length === 0) {
    const what = days.length === 0 ? 'day' : 'time';
    return { problem: `"${text.slice(0, 100)}" says no ${what}. ${forms}` };
  }
  return { days, minutes: [...new Set(minutes)].sort((a, b) => a - b) };
}

function readOrdinal(word: string): number | undefined {
  if (Object.hasOwn(ordinals, word)) return ordinals[word];
  const [, digits] = /^(\d{1,2})(?:st|nd|rd|th)$/.exec(word) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function isPossible(day: MonthDay): boolean {
  if ('day' in day) return day.day === -1 || (day.day >= 1 && day.day <= 31);
  return day.nth === -1 || (day.nth >= 1 && day.nth <= 5);
}

function sayDay(day: MonthDay): string {
  return 'day' in day ? `a day ${day.day}` : `a day of the week ${day.nth} times`;
}

function sayUnreadable(word: string): string {
  return `"${word.slice(0, 40)}" cannot be read here. ${forms}`;
}

/** What the clocks show at the rule's times, from a time on. A month that lacks a day leaves it out. */
export function* monthlyTimesFrom(
  { days, minutes }: { readonly days: readonly MonthDay[]; readonly minutes: readonly number[] },
  from: WallClock,
): Generator<WallClock, void, undefined> {
  const start = new Date(from);
  const year = start.getUTCFullYear();
  for (let month = start.getUTCMonth(); ; month++) {
    const first = Date.UTC(year, month, 1);
    const length = Math.round((Date.UTC(year, month + 1, 1) - first) / dayMs);
    const found = new Set(days.flatMap((day) => dateOf(day, first, length)));
    for (const date of [...found].sort((a, b) => a - b)) {
      for (const minute of minutes) {
        const wall = first + (date - 1) * dayMs + minute * minuteMs;
        if (wall >= from) yield wall;
      }
    }
  }
}

function dateOf(day: MonthDay, firstOfMonth: number, length: number): number[] {
  if ('day' in day) {
    const date = day.day === -1 ? length : day.day;
    return date <= length ? [date] : [];
  }
  const weekdayOfFirst = ((Math.floor(firstOfMonth / dayMs) + 3) % 7) + 1;
  const first = ((day.weekday - weekdayOfFirst + 7) % 7) + 1;
  const date =
    day.nth === -1 ? first + 7 * Math.floor((length - first) / 7) : first + 7 * (day.nth - 1);
  return date <= length ? [date] : [];
}
