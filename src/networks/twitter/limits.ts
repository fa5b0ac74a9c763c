import type { KnownLimit, LimitSighting } from '../../core/limits.ts';
import type { Answer } from '../http.ts';
import { countIn, type WrittenWindow, windowSeen } from '../sightings.ts';

const quarter = 15 * 60_000;
const day = 24 * 3_600_000;

/** What X documents for `POST /2/tweets`: for each user, and for all users of an app. */
export const twitterLimits: readonly KnownLimit[] = [
  { name: 'posts', of: 'account', posts: 100, perMs: quarter },
  { name: 'day', of: 'app', posts: 10_000, perMs: day },
];

/** What a request asks of X, as far as its limits tell it apart. */
export interface LimitedCall {
  readonly method: string;
  /** Below `/2/`. */
  readonly path: string;
}

/** What the headers of an answer say of X's limits. */
export function readTwitterLimits(
  { method, path }: LimitedCall,
  { headers }: Pick<Answer, 'headers'>,
  now: number,
): readonly LimitSighting[] {
  const read = (prefix: string): WrittenWindow => ({
    most: countIn(headers, `${prefix}-limit`),
    left: countIn(headers, `${prefix}-remaining`),
    resetAt: countIn(headers, `${prefix}-reset`),
  });
  const seen = (prefix: string, rule: { name: string; of: 'account' | 'app'; perMs: number }) =>
    windowSeen(read(prefix), rule, headers, now);

  if (method === 'POST' && path === 'tweets') {
    return [
      ...seen('x-rate-limit', { name: 'posts', of: 'account', perMs: quarter }),
      ...seen('x-user-limit-24hour', { name: 'user-day', of: 'account', perMs: day }),
      ...seen('x-app-limit-24hour', { name: 'day', of: 'app', perMs: day }),
    ];
  }
  // Reads have counts of their own by address; one that is used up stops the looks at the account, not its posts.
  if (method !== 'GET') return [];
  return seen('x-rate-limit', { name: 'reads', of: 'account', perMs: quarter }).flatMap((window) =>
    window.kind === 'window' && window.left === 0
      ? [{ kind: 'stop', of: 'account', what: 'reads', forMs: window.resetInMs } as const]
      : [],
  );
}
