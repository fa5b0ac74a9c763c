import type { Recurrence, Rule, WallClock } from '../core/schedule.ts';
import { cronTimesFrom } from './cron-rule.ts';
import { monthlyTimesFrom } from './monthly-rule.ts';
import { slotTimesFrom } from './slots.ts';
import { instantOf, wallClockOf } from './wall-clock.ts';

/** One slot of a recurring entry. */
export interface Occurrence {
  /** What the clocks show at it by the rule: its name, as in `2026-11-24T09:00`. */
  readonly slot: string;
  /** When it is, in milliseconds since 1970. */
  readonly instant: number;
}

const dayMs = 86_400_000;

/**
 * The slots of a recurring entry from an instant on, in ascending order. One that the clocks skip is at the first
 * instant after the gap, one that they show twice is once, at the first; of several at one instant there is the first.
 */
export function* occurrencesFrom(
  recurrence: Recurrence,
  from: number,
): Generator<Occurrence, void, undefined> {
  const { timezone, until = Number.POSITIVE_INFINITY, skip, count } = recurrence;
  let left = count ?? Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const wall of timesFrom(recurrence.rules, beginOf(recurrence, from))) {
    if (wall >= until || left <= 0) return;
    if (skip.some((span) => wall >= span.from && wall < span.to)) continue;
    const instant = instantOf(wall, timezone);
    if (instant <= last) continue;
    last = instant;
    left--;
    if (instant >= from) yield { slot: nameSlot(wall), instant };
  }
}

/** Where to begin to look: what is counted is counted from its beginning. */
function beginOf({ timezone, from: begin, count }: Recurrence, from: number): WallClock {
  // A day earlier, as a gap may have moved a slot past midnight.
  const near = wallClockOf(from, timezone) - dayMs;
  if (begin === undefined) return near;
  return count === undefined ? Math.max(begin, near) : begin;
}

/** Times of several rules in ascending order, none twice. */
function* timesFrom(
  rules: readonly Rule[],
  from: WallClock,
): Generator<WallClock, void, undefined> {
  const sources = rules.map((rule) => timesOfRule(rule, from));
  const heads = sources.map((source) => source.next());
  for (;;) {
    const times = heads.flatMap((head) => (head.done ? [] : [head.value]));
    if (times.length === 0) return;
    const next = Math.min(...times);
    yield next;
    for (const [index, source] of sources.entries()) {
      const head = heads[index];
      if (head && !head.done && head.value === next) heads[index] = source.next();
    }
  }
}

function timesOfRule(rule: Rule, from: WallClock): Generator<WallClock, void, undefined> {
  switch (rule.kind) {
    case 'weekly':
      return slotTimesFrom(rule.slots, from);
    case 'monthly':
      return monthlyTimesFrom(rule, from);
    case 'cron':
      return cronTimesFrom(rule.pattern, from);
  }
}

/** `2026-11-24T09:00`, with seconds only where there are any. */
function nameSlot(wall: WallClock): string {
  const text = new Date(wall).toISOString();
  return text.slice(0, text.endsWith(':00.000Z') ? 16 : 19);
}
