import { createHash, randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';

/** What the dashboard remembers of its visitors, shared by every dashboard of a ledger. */
export interface AccessStore {
  /** A key of the ledger's own by which forms and links are signed. */
  signingKey(): Promise<Buffer>;
  /** Begins a session under this mark and answers its token, which is kept nowhere but with the visitor. */
  openSession(mark: string): Promise<string>;
  /** The mark of a session; undefined if it has ended. Every visit makes it last on. */
  sessionOf(token: string): Promise<string | undefined>;
  closeSession(token: string): Promise<void>;
  /** Counts one more failure of `who`, and answers how many there were lately. */
  countFailure(who: string): Promise<number>;
  /** How many failures there were lately. */
  failures(who: string): Promise<number>;
  /** True the first time that it is asked with this; it is remembered for `ms`. */
  useOnce(what: string, ms: number): Promise<boolean>;
}

/** Without a visit for so long, a session ends. */
const SESSION_SECONDS = 12 * 3600;
const FAILURES_SECONDS = 15 * 60;

export function openAccessStore(redis: Redis, prefix: string): AccessStore {
  const base = `${prefix}:dashboard:`;
  const sessionKey = (token: string) => `${base}session:${hash(token)}`;
  const failureKey = (who: string) => `${base}failures:${hash(who)}`;
  return {
    async signingKey() {
      await redis.set(`${base}signing-key`, randomBytes(32).toString('base64url'), 'NX');
      return Buffer.from((await redis.get(`${base}signing-key`)) ?? '', 'base64url');
    },
    async openSession(mark) {
      const token = randomBytes(32).toString('base64url');
      await redis.set(sessionKey(token), mark, 'EX', SESSION_SECONDS);
      return token;
    },
    async sessionOf(token) {
      return (await redis.getex(sessionKey(token), 'EX', SESSION_SECONDS)) ?? undefined;
    },
    async closeSession(token) {
      await redis.del(sessionKey(token));
    },
    async countFailure(who) {
      const [count] = (await redis
        .multi()
        .incr(failureKey(who))
        .expire(failureKey(who), FAILURES_SECONDS)
        .exec()) as [[null, number], unknown];
      return count[1];
    },
    failures: async (who) => Number((await redis.get(failureKey(who))) ?? 0),
    useOnce: async (what, ms) =>
      (await redis.set(`${base}used:${hash(what)}`, '1', 'PX', Math.max(1, ms), 'NX')) === 'OK',
  };
}

/** Nobody who reads Redis learns a token, and no name breaks out of its key. */
function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
