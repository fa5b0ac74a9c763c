import type { Answer } from './call.ts';
import type { Counted } from './limits.ts';
import { problem } from './twitter-errors.ts';

const windowMs = 15 * 60_000;
/** Far above X's own, so that load tests do not stand still; a fault plays the real refusal, and POST /limits sets others. */
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

const prefixes = {
  account: 'x-rate-limit',
  'account-day': 'x-user-limit-24hour',
  app: 'x-app-limit-24hour',
} as const;

/** What X tells of limits that somebody has set. */
export function limitHeaders(counted: readonly Counted[]): Readonly<Record<string, string>> {
  const headers = counted.map(({ limit, used, endsAt }) => {
    const prefix = prefixes[limit.of];
    return {
      [`${prefix}-limit`]: String(limit.most),
      [`${prefix}-remaining`]: String(Math.max(0, limit.most - used)),
      [`${prefix}-reset`]: String(Math.ceil(endsAt / 1_000)),
    };
  });
  return Object.assign({}, ...headers) as Record<string, string>;
}

export function overLimit(counted: readonly Counted[]): Answer {
  const answer = problem(429, 'Too Many Requests', 'Too Many Requests', 'about:blank');
  return { ...answer, headers: { ...answer.headers, ...limitHeaders(counted) } };
}
