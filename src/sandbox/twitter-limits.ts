import type { Answer } from './call.ts';

const windowMs = 15 * 60_000;
/** Far above X's own, so that load tests do not stand still; a fault plays the real refusal. */
const limit = 1_000_000;

interface Window {
  readonly endsAt: number;
  used: number;
}

/** Counts requests by account and endpoint, and tells the count in X's headers. */
export function createRateLimits(now: () => number): {
  count(answer: Answer, key: string): Answer;
} {
  const windows = new Map<string, Window>();
  return {
    count(answer, key) {
      let window = windows.get(key);
      if (!window || window.endsAt <= now()) {
        window = { endsAt: now() + windowMs, used: 0 };
        windows.set(key, window);
      }
      window.used++;
      return {
        ...answer,
        headers: {
          'x-rate-limit-limit': String(limit),
          'x-rate-limit-remaining': String(Math.max(0, limit - window.used)),
          'x-rate-limit-reset': String(Math.ceil(window.endsAt / 1000)),
          ...answer.headers,
        },
      };
    },
  };
}
