import type { EntryTime, FixedTime } from '../src/core/config.ts';
import type { Place, Problem } from '../src/core/problem.ts';
import type { Recurrence, Rule, WallSpan } from '../src/core/schedule.ts';
import type { Path, Source } from '../src/core/source.ts';
import { readSpan } from '../src/schedule/dates.ts';
import { readTime } from '../src/schedule/local-time.ts';
import { occurrencesFrom } from '../src/schedule/occurrences.ts';
import { parseRule } from '../src/schedule/recurrence-rule.ts';
import { readTimeZone } from '../src/schedule/time-zone.ts';
import { instantOf } from '../src/schedule/wall-clock.ts';
import { type EntryFields, missingWords } from './entry-schema.ts';

export interface EntryTimeReading {
  readonly at?: EntryTime;
  readonly notBefore?: number;
  /** The zone of the entry, if it names one. */
  readonly timezone?: string;
  /** Where its time stands. */
  readonly place: Place;
  readonly problems: readonly Problem[];
}

const leastBetweenMs = 10_000;
/** A rule shows its pace within so many times. */
const maxChecked = 70;

type Written = Partial<EntryFields>;

/** When an entry is published, by its keys `at`, `every` and those beside them. */
export function readEntryTime(
  written: Written,
  { source, at, timezone: general }: { source: Source; at: Path; timezone: string },
): EntryTimeReading {
  const problems: Problem[] = [];
  const refuse = (key: string, message: string, index?: number) => {
    const place = source.placeOf([...at, key, ...(index === undefined ? [] : [index])]);
    problems.push({ ...place, message, severity: 'error' });
  };
  const own = readOwnZone(written, refuse);
  const timezone = own ?? general;
  const notBefore = readNotBefore(written, timezone, refuse);

  const time = readAtOrEvery();
  return {
    ...(time && { at: time }),
    ...(notBefore !== undefined && { notBefore }),
    ...(own !== undefined && { timezone: own }),
    place: source.placeOf([...at, written.every === undefined ? 'at' : 'every']),
    problems,
  };

  function readAtOrEvery(): EntryTime | undefined {
    const isMissing = (key: string) => !isWritten(source, at, key);
    if (!isMissing('at') && !isMissing('every')) {
      refuse('every', 'An entry has "at" or "every", not both. Remove one of the two.');
      return undefined;
    }
    if (isMissing('at') && isMissing('every')) {
      problems.push({ ...source.placeOf(at), message: missingWords.at, severity: 'error' });
      return undefined;
    }
    if (written.every !== undefined) return readEvery(written, timezone, refuse);
    for (const key of ['from', 'until', 'skip', 'count'] as const) {
      if (written[key] === undefined) continue;
      refuse(key, `"${key}" belongs to "every", and this entry has "at". Remove one of the two.`);
    }
    return written.at === undefined ? undefined : readAt(written.at, timezone, refuse);
  }
}

type Refuse = (key: string, message: string, index?: number) => void;

function isWritten(source: Source, at: Path, key: string): boolean {
  let value = source.value;
  for (const step of [...at, key]) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return false;
    value = (value as Record<string | number, unknown>)[step];
  }
  return true;
}

function readOwnZone({ timezone }: Written, refuse: Refuse): string | undefined {
  if (timezone === undefined) return undefined;
  const reading = readTimeZone(timezone);
  if ('timezone' in reading) return reading.timezone;
  refuse('timezone', reading.problem);
  return undefined;
}

function readAt(text: string, timezone: string, refuse: Refuse): EntryTime | undefined {
  if (text.trim() === 'next-slot') return { now: false, nextSlot: true };
  return readFixed('at', text, timezone, refuse);
}

function readFixed(
  key: string,
  text: string,
  timezone: string,
  refuse: Refuse,
): FixedTime | undefined {
  const reading = readTime(text, timezone);
  if ('time' in reading) return reading.time;
  refuse(key, reading.problem);
  return undefined;
}

function readNotBefore(
  { notBefore }: Written,
  timezone: string,
  refuse: Refuse,
): number | undefined {
  if (notBefore === undefined) return undefined;
  const time = readFixed('notBefore', notBefore, timezone, refuse);
  if (time?.now) {
    refuse('notBefore', '"now" is no embargo. Write the time at which it ends, or remove the key.');
  }
  return time === undefined || time.now ? undefined : time.instant;
}

function readEvery(written: Written, timezone: string, refuse: Refuse): EntryTime | undefined {
  const texts = listOf(written.every);
  const rules = texts.flatMap((text, index): Rule[] => {
    const reading = parseRule(text);
    if ('rule' in reading) return [reading.rule];
    refuse('every', reading.problem, typeof written.every === 'string' ? undefined : index);
    return [];
  });
  if (texts.length === 0) refuse('every', parseProblem(''));

  const from = readDay('from', written.from, refuse)?.from;
  const until = readDay('until', written.until, refuse)?.to;
  const skip = listOf(written.skip).flatMap((text, index): WallSpan[] => {
    const reading = readSpan(text);
    if ('span' in reading) return [reading.span];
    refuse('skip', reading.problem, typeof written.skip === 'string' ? undefined : index);
    return [];
  });
  if (written.count !== undefined && written.from === undefined) {
    refuse('count', '"count" needs a day from which it counts. Add "from: 2026-11-24".');
  }
  if (rules.length === 0) return undefined;
  const every: Recurrence = {
    text: texts.join('; '),
    rules,
    timezone,
    skip,
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
    ...(written.count !== undefined && { count: written.count }),
  };
  const problem = findTimesProblem(every, from === undefined ? 0 : instantOf(from, timezone));
  if (problem !== undefined) refuse('every', problem);
  return { now: false, every };
}

/** What is wrong with the first times of a rule: there are none, or they come too fast to be planned ahead. */
function findTimesProblem(every: Recurrence, begin: number): string | undefined {
  let last: number | undefined;
  let count = 0;
  for (const { instant } of occurrencesFrom(every, begin)) {
    if (last !== undefined && instant - last < leastBetweenMs) {
      return 'It comes more often than every 10 seconds. Check the rule: with 6 fields, the first one is seconds.';
    }
    last = instant;
    if (++count >= maxChecked) break;
  }
  return count > 0
    ? undefined
    : 'There is no time between "from" and "until" that "skip" leaves. Change one of them.';
}

function parseProblem(text: string): string {
  const reading = parseRule(text);
  return 'problem' in reading ? reading.problem : '';
}

function readDay(key: string, text: string | undefined, refuse: Refuse): WallSpan | undefined {
  if (text === undefined) return undefined;
  const reading = readSpan(text);
  if ('span' in reading) return reading.span;
  refuse(key, reading.problem);
  return undefined;
}

function listOf(written: string | readonly string[] | undefined): readonly string[] {
  if (written === undefined) return [];
  return typeof written === 'string' ? [written] : written;
}
