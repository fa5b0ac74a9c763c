import type { Slot, WallClock } from '../core/schedule.ts';
import { joinWords, nearestDayWord, readTimeOfDay, readWeekdays } from './days-and-times.ts';
import { instantOf, wallClockOf } from './wall-clock.ts';

export type { Slot } from '../core/schedule.ts';

export type SlotsReading =
  /** In the order of the week, none twice, at least one. */
  { readonly slots: readonly Slot[] } | { readonly problem: string };

const dayMs = 86_400_000;
const minuteMs = 60_000;

/**
 * Reads `Mon-Fri 09:00, 13:00, 17:30`, also several of these in one text or in a list: each time goes with the days
 * before it. The problem is a sentence that says what is wrong and how to write it.
 */
export function parseSlots(text: string | readonly string[]): SlotsReading {
  const found = new Map<number, Slot>();
  for (const line of typeof text === 'string' ? [text] : text) {
    const reading = parseLine(line);
    if ('problem' in reading) return reading;
    for (const slot of reading.slots) found.set(minutesOfWeek(slot), slot);
  }
  if (found.size === 0) return { problem: `There is no slot here. ${forms}` };
  return { slots: [...found.values()].sort((a, b) => minutesOfWeek(a) - minutesOfWeek(b)) };
}

const forms = 'Write days and times, such as "Mon-Fri 09:00, 13:00", "Sat 10:00" or "daily 08:30".';

function parseLine(line: string): SlotsReading {
  const slots: Slot[] = [];
  let days: number[] = [];
  let isTimed = false;
  for (const word of wordsOf(line)) {
    const weekdays = readWeekdays(word);
    if (weekdays) {
      days = isTimed ? [...weekdays] : [...days, ...weekdays];
      isTimed = false;
      continue;
    }
    const minutes = readTimeOfDay(word);
    if (minutes === undefined) return { problem: sayUnknown(word) };
    if (typeof minutes === 'object') return minutes;
    if (days.length === 0) return { problem: `No day stands before ${word}. ${forms}` };
    for (const weekday of days) slots.push({ weekday, minutes });
    isTimed = true;
  }
  if (days.length > 0 && !isTimed) {
    return { problem: `"${line.slice(0, 100)}" says days, but no time after them. ${forms}` };
  }
  return { slots };
}

/** Commas, spaces, `and` and `at` only hold words apart; a dash may have spaces around it, or be a long one. */
function wordsOf(line: string): string[] {
  return joinWords(line)
    .split(/[\s,;]+/)
    .filter((word) => word !== '' && !/^(and|at|every)$/i.test(word));
}

function sayUnknown(word: string): string {
  const nearest = nearestDayWord(word);
  const remedy = nearest === undefined ? forms : `Did you mean "${nearest}"?`;
  return `"${word.slice(0, 40)}" is neither a day of the week nor a time. ${remedy}`;
}

/**
 * The instants of the slots from an instant on, that one included, in ascending order and without end. A slot that
 * the clocks skip is at the first instant after the gap; one that they show twice is once, at the first. No instant
 * comes twice. Takes slots as `parseSlots` gives them.
 */
export function* slotsFrom(
  slots: readonly Slot[],
  timezone: string,
  from: number,
): Generator<number, void, undefined> {
  let last = from - 1;
  // From a day earlier, as a gap may have moved a slot past midnight.
  for (const wall of slotTimesFrom(slots, wallClockOf(from, timezone) - dayMs)) {
    const instant = instantOf(wall, timezone);
    if (instant <= last) continue;
    last = instant;
    yield instant;
  }
}

/** What the clocks show at the slots, from a time on, in ascending order and without end. */
export function* slotTimesFrom(
  slots: readonly Slot[],
  from: WallClock,
): Generator<WallClock, void, undefined> {
  if (slots.length === 0) return;
  const byWeekday = new Map<number, number[]>();
  for (const { weekday, minutes } of slots) {
    byWeekday.set(weekday, [...(byWeekday.get(weekday) ?? []), minutes]);
  }
  for (let day = Math.floor(from / dayMs); ; day++) {
    // 1 January 1970 was a Thursday.
    const weekday = ((((day + 3) % 7) + 7) % 7) + 1;
    for (const minutes of byWeekday.get(weekday) ?? []) {
      const wall = day * dayMs + minutes * minuteMs;
      if (wall >= from) yield wall;
    }
  }
}

function minutesOfWeek({ weekday, minutes }: Slot): number {
  return weekday * 1440 + minutes;
}
