import type { QuietHours, WallClock } from '../core/schedule.ts';
import { joinWords, nearestDayWord, readTimeOfDay, readWeekdays } from './days-and-times.ts';

export type QuietHoursReading =
  | { readonly quietHours: readonly QuietHours[] }
  | { readonly problem: string };

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const forms = 'Write "22:00-07:00", or with days "Sat, Sun 00:00-24:00".';
const dayMs = 86_400_000;
const minuteMs = 60_000;
const minutesOfDay = 1440;

/**
 * Reads `22:00-07:00`, or with the days on which the time begins `Fri, Sat 20:00-10:00`. The problem is a sentence
 * that says what is wrong and how to write it.
 */
export function parseQuietHours(text: string): QuietHoursReading {
  const words = joinWords(text)
    .split(/[\s,;]+/)
    .filter((word) => word !== '' && word !== 'and');
  const found: QuietHours[] = [];
  let days: number[] = [];
  let isTimed = false;
  for (const word of words) {
    const weekdays = readWeekdays(word);
    if (weekdays) {
      days = isTimed ? [...weekdays] : [...days, ...weekdays];
      isTimed = false;
      continue;
    }
    const [from = '', to, ...more] = word.split('-');
    if (to === undefined || more.length > 0) return { problem: sayUnreadable(word) };
    const begin = readTimeOfDay(from);
    const end = to === '24:00' ? minutesOfDay : readTimeOfDay(to);
    if (begin === undefined || end === undefined) return { problem: sayUnreadable(word) };
    if (typeof begin === 'object') return begin;
    if (typeof end === 'object') return end;
    if (begin === end) return { problem: `"${word}" has no length. ${forms}` };
    found.push({ weekdays: days.length === 0 ? everyDay : days, from: begin, to: end });
    isTimed = true;
  }
  if (found.length === 0 || !isTimed) {
    return { problem: `"${text.slice(0, 60)}" says no hours. ${forms}` };
  }
  return { quietHours: found };
}

function sayUnreadable(word: string): string {
  const nearest = nearestDayWord(word);
  const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  return `"${word.slice(0, 40)}" is neither a day of the week nor hours.${hint} ${forms}`;
}

/** When the quiet hours end in which a time of the clocks lies, or undefined if it lies in none. */
export function endOfQuietHours(
  quietHours: readonly QuietHours[],
  wall: WallClock,
): WallClock | undefined {
  const today = Math.floor(wall / dayMs);
  let end: WallClock | undefined;
  for (const { weekdays, from, to } of quietHours) {
    const length = ((to - from + minutesOfDay) % minutesOfDay || minutesOfDay) * minuteMs;
    for (const day of [today - 1, today]) {
      const weekday = ((((day + 3) % 7) + 7) % 7) + 1;
      const begin = day * dayMs + from * minuteMs;
      if (!weekdays.includes(weekday) || wall < begin || wall >= begin + length) continue;
      end = Math.max(end ?? 0, begin + length);
    }
  }
  return end;
}
