import type { Redis } from 'ioredis';

/** Where a ledger's steps take the time from. */
export interface LedgerClock {
  /** Lua that sets `NOW`, in milliseconds since 1970; `B` is the ledger's base key. */
  readonly lua: string;
  read(redis: Redis, base: string): Promise<number>;
}

const READ_TIME = `return redis.call('TIME')`;

/** The clock of Redis: no worker's decides. */
export const redisClock: LedgerClock = {
  lua: `
local time = redis.call('TIME')
local NOW = time[1] * 1000 + math.floor(time[2] / 1000)
`,
  async read(redis, base) {
    // By its key it asks the node of a Cluster that has the ledger.
    const [seconds, microseconds] = (await redis.eval(READ_TIME, 1, base)) as string[];
    return Number(seconds) * 1000 + Math.floor(Number(microseconds) / 1000);
  },
};

/**
 * Time that somebody keeps under a key, for rehearsals. Only scripts that are built with it look there, and they
 * fail where nobody has set it; those of every other process are built with `redisClock`, and know of no key.
 */
export const keptClock: LedgerClock = {
  lua: `
local NOW = tonumber(redis.call('GET', B .. 'rehearsed-time'))
`,
  async read(redis, base) {
    return Number(await redis.get(timeKey(base)));
  },
};

/** Sets the time of a ledger with `keptClock`. */
export async function keepTime(redis: Redis, prefix: string, now: number): Promise<void> {
  await redis.set(timeKey(`${prefix}:ledger:`), now);
}

const timeKey = (base: string) => `${base}rehearsed-time`;
