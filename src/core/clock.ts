/** Where the time comes from, so that tests own it. */
export interface Clock {
  /** Milliseconds since 1970. May jump: never measure a span with it. */
  now(): number;
  /** Milliseconds since some moment. Never jumps, but stands still while the machine is suspended. */
  monotonic(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};
