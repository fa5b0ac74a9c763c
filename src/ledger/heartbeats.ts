import type { Redis } from 'ioredis';
import type { Heartbeat, Heartbeats } from '../core/heartbeat.ts';

/** What has been silent for a week tells nothing any more. */
const KEPT_MS = 7 * 86_400_000;

const BEAT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
return 1`;

/** Signs of life in a sorted set of Redis: by whom, and when last. */
export function openHeartbeats(redis: Redis, key: string): Heartbeats {
  return {
    async beat(sign) {
      await redis.eval(BEAT, 1, key, memberOf(sign), KEPT_MS);
    },
    async end(sign) {
      await redis.zrem(key, memberOf(sign));
    },
    async all() {
      const flat = await redis.zrevrange(key, 0, -1, 'WITHSCORES');
      const pairs = flat.flatMap((member, i) => (i % 2 === 0 ? [[member, flat[i + 1]]] : []));
      return pairs.map(([member = '{}', at]) => ({
        ...(JSON.parse(member) as Omit<Heartbeat, 'at'>),
        at: Number(at),
      }));
    },
  };
}

/** The same for the same process. */
function memberOf({ part, network, applies, by }: Omit<Heartbeat, 'at'>): string {
  return JSON.stringify({ part, network, applies, by });
}
