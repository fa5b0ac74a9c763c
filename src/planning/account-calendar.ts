import { formatDuration } from '../core/duration.ts';
import type { AccountRules, Blackout } from '../core/schedule.ts';
import { endOfQuietHours } from '../schedule/quiet-hours.ts';
import { instantOf, wallClockOf } from '../schedule/wall-clock.ts';

/** Why nothing may go out on an account at an instant, and from when on that may have passed. */
export interface Block {
  readonly until: number;
  /** The end of a sentence: `quiet hours of library-x`. */
  readonly because: string;
}

/** What is planned on one account, and where its rules leave room for more. */
export interface AccountCalendar {
  /** Takes an instant for a publication. Whether the rules allow it is asked before. */
  occupy(instant: number, publication: string): void;
  /** The publication that has exactly this instant. */
  occupantOf(instant: number): string | undefined;
  /** What forbids an instant, if anything does. What once forbids one does so for as long as this calendar is used. */
  blockAt(instant: number): Block | undefined;
  /** The first instant from one on that nothing forbids, and what forbade those before it. */
  nextFree(from: number): { readonly at: number; readonly because: readonly string[] };
}

interface Occupant {
  readonly at: number;
  readonly publication: string;
}

const dayMs = 86_400_000;
/** Beyond any rule that leaves room at all. */
const maxSteps = 100_000;

export function openAccountCalendar(
  account: string,
  rules: AccountRules,
  timezone: string,
): AccountCalendar {
  const blackout = mergeBlackout(rules.blackout);
  const occupants = new Map<number, string>();
  // As wide as the gap, so that what is too near lies in one of three.
  const width = Math.max(rules.gapMs, 1);
  const near = new Map<number, Occupant[]>();
  const perDay = new Map<number, number>();
  // Where the search went on from an instant, with what forbade it: asked again, it goes there at once.
  const jumps = new Map<number, Block>();

  const dayOf = (instant: number) => Math.floor(wallClockOf(instant, timezone) / dayMs);

  const quietAt = (instant: number): Block | undefined => {
    if (rules.quietHours.length === 0) return undefined;
    const wall = wallClockOf(instant, timezone);
    const end = endOfQuietHours(rules.quietHours, wall);
    if (end === undefined) return undefined;
    const until = instantOf(end, timezone);
    // In an hour that the clocks show a second time, the end has been seen before.
    return {
      until: until > instant ? until : instant + (end - wall),
      because: `quiet hours of ${account}`,
    };
  };

  const blackoutAt = (instant: number): Block | undefined => {
    const span = findSpan(blackout, instant);
    return span && { until: span.to, because: `blackout of ${account} (${span.name})` };
  };

  const gapAt = (instant: number): Block | undefined => {
    if (rules.gapMs === 0) return undefined;
    const bucket = Math.floor(instant / width);
    for (const index of [bucket + 1, bucket, bucket - 1]) {
      for (const { at, publication } of near.get(index) ?? []) {
        if (Math.abs(at - instant) >= rules.gapMs) continue;
        const because = `${formatDuration(rules.gapMs)} must lie between it and ${publication}`;
        return { until: toSecond(at + rules.gapMs), because };
      }
    }
    return undefined;
  };

  const dayAt = (instant: number): Block | undefined => {
    if (rules.perDay === undefined) return undefined;
    const day = dayOf(instant);
    if ((perDay.get(day) ?? 0) < rules.perDay) return undefined;
    const because = `${account} has its ${rules.perDay} publications of that day`;
    return { until: instantOf((day + 1) * dayMs, timezone), because };
  };

  const blockAt = (instant: number) =>
    blackoutAt(instant) ?? quietAt(instant) ?? dayAt(instant) ?? gapAt(instant);

  return {
    blockAt,
    occupantOf: (instant) => occupants.get(instant),
    occupy(at, publication) {
      occupants.set(at, publication);
      if (rules.gapMs > 0) {
        const bucket = Math.floor(at / width);
        near.set(bucket, [...(near.get(bucket) ?? []), { at, publication }]);
      }
      if (rules.perDay !== undefined) perDay.set(dayOf(at), (perDay.get(dayOf(at)) ?? 0) + 1);
    },
    nextFree(from) {
      const passed: number[] = [];
      const because = new Set<string>();
      let at = from;
      for (let step = 0; step < maxSteps; step++) {
        const block = jumps.get(at) ?? blockAt(at);
        if (block === undefined) break;
        because.add(block.because);
        passed.push(at);
        jumps.set(at, block);
        at = block.until;
      }
      for (const instant of passed) {
        const block = jumps.get(instant);
        if (block) jumps.set(instant, { ...block, until: at });
      }
      return { at, because: [...because] };
    },
  };
}

/** Times that a rule chooses are whole seconds, as people read them. */
export function toSecond(instant: number): number {
  return Math.ceil(instant / 1000) * 1000;
}

/** Spans in order, none touching another; the first name of those that were joined stays. */
function mergeBlackout(blackout: readonly Blackout[]): readonly Blackout[] {
  const merged: Blackout[] = [];
  for (const span of blackout.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last === undefined || span.from > last.to) merged.push(span);
    else merged[merged.length - 1] = { ...last, to: Math.max(last.to, span.to) };
  }
  return merged;
}

function findSpan(spans: readonly Blackout[], instant: number): Blackout | undefined {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.to ?? 0) > instant) high = middle;
    else low = middle + 1;
  }
  const span = spans[low];
  return span && span.from <= instant ? span : undefined;
}
