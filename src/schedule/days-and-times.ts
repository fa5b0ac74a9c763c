import { findNearest } from '../core/nearest.ts';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const groups: Readonly<Record<string, readonly number[]>> = {
  daily: everyDay,
  weekday: [1, 2, 3, 4, 5],
  weekdays: [1, 2, 3, 4, 5],
  weekend: [6, 7],
  weekends: [6, 7],
};

/** Words that stand for one: `every day` is `daily`. */
export function joinWords(text: string): string {
  return text.replace(/\b(?:every|each)\s+day\b/gi, 'daily').replace(/\s*[-–—]\s*/g, '-');
}

/** The ISO number of a day of the week (Monday is 1) as people write its name in English, or undefined. */
export function readWeekday(word: string): number | undefined {
  if (word.length < 3) return undefined;
  const name = word.toLowerCase().replace(/days$/, 'day');
  const index = weekdays.findIndex((day) => day.toLowerCase().startsWith(name));
  return index === -1 ? undefined : index + 1;
}

/** The days of `Tue`, `Mon-Fri`, `Sat-Mon`, `daily`, `weekdays` or `weekends`, or undefined for anything else. */
export function readWeekdays(word: string): readonly number[] | undefined {
  const name = word.toLowerCase();
  if (Object.hasOwn(groups, name)) return groups[name];

  const [first = '', last = first, ...more] = name.split('-');
  const from = readWeekday(first);
  const to = readWeekday(last);
  if (from === undefined || to === undefined || more.length > 0) return undefined;
  const length = ((to - from + 7) % 7) + 1;
  return Array.from({ length }, (_, index) => ((from - 1 + index) % 7) + 1);
}

/** The day or group of days that a mistyped word most likely means. */
export function nearestDayWord(word: string): string | undefined {
  return /^\p{L}/u.test(word)
    ? findNearest(word, [
        ...weekdays,
        ...weekdays.map((day) => day.slice(0, 3)),
        ...Object.keys(groups),
      ])
    : undefined;
}

/** Minutes since midnight of a time of the day such as `09:00`; a sentence where it looks like one and is none. */
export function readTimeOfDay(word: string): number | { readonly problem: string } | undefined {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(word) ?? [];
  if (hours !== undefined && minutes !== undefined) {
    if (Number(hours) < 24 && Number(minutes) < 60) return Number(hours) * 60 + Number(minutes);
    const remedy =
      hours === '24' && minutes === '00'
        ? 'Write midnight as 00:00 of the day that begins.'
        : 'Write hours from 00 to 23 and minutes from 00 to 59.';
    return { problem: `No clock shows ${word}. ${remedy}` };
  }
  return /^\d/.test(word) ? sayHowToWriteTime(word) : undefined;
}

function sayHowToWriteTime(word: string): { readonly problem: string } {
  const [, hour = '', minute = '00', half = ''] =
    /^(\d{1,2})(?:[.:hH](\d{2}))?h?(am|pm)?$/i.exec(word) ?? [];
  const hours = (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  const shown = half === '' ? Number(hour) : hours;
  const isTime = hour !== '' && shown < 24 && Number(minute) < 60;
  const example = isTime ? `${String(shown).padStart(2, '0')}:${minute}` : '09:00';
  return {
    problem: `"${word.slice(0, 40)}" is no time of the day. Write hours and minutes of 24 hours, such as ${example}.`,
  };
}
