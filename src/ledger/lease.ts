import type { Redis } from 'ioredis';

/** The right of one process to do something alone, for as long as it keeps taking it. */
export interface Lease {
  /** True if this process has it now: taken, or taken again. */
  take(): Promise<boolean>;
  release(): Promise<void>;
}

const TAKE = `
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`;

const RELEASE = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1`;

/** A lease under a key of Redis; it ends by itself when its owner is gone for `ttlMs`. */
export function openLease(redis: Redis, key: string, owner: string, ttlMs: number): Lease {
  return {
    take: async () => (await redis.eval(TAKE, 1, key, owner, ttlMs)) === 1,
    release: async () => {
      await redis.eval(RELEASE, 1, key, owner);
    },
  };
}
