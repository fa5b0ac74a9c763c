import type { Clock } from './clock.ts';

/** Time that stands still but for jumps: a rehearsal goes from event to event with it. */
export interface JumpingClock extends Clock {
  /** Resolves once everybody who follows knows the new time. Never jumps back. */
  jumpTo(instant: number): Promise<void>;
  /** Tells somebody the time, at once and after each jump. */
  follow(tell: (now: number) => Promise<unknown>): Promise<void>;
}

/** @param start milliseconds since 1970 */
export function createJumpingClock(start: number): JumpingClock {
  const followers: ((now: number) => Promise<unknown>)[] = [];
  let now = start;
  return {
    now: () => now,
    // Spans of real work stay real: a request takes as long as it takes.
    monotonic: () => performance.now(),
    async jumpTo(instant) {
      now = Math.max(now, instant);
      await Promise.all(followers.map((tell) => tell(now)));
    },
    async follow(tell) {
      followers.push(tell);
      await tell(now);
    },
  };
}
