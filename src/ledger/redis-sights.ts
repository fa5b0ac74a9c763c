import type { Redis } from 'ioredis';
import type { LedgerClock } from './ledger-clock.ts';
import type { scriptRunner } from './script-runner.ts';
import type { Sights } from './sights.ts';

/** Looks at posts, as Redis keeps them. */
export function openRedisSights(
  redis: Redis,
  base: string,
  clock: LedgerClock,
  run: ReturnType<typeof scriptRunner>,
): Sights {
  return {
    async sightsDue(limit) {
      const now = await clock.read(redis, base);
      const names = await redis.zrangebyscore(`${base}sights`, '-inf', now, 'LIMIT', 0, limit);
      const pipeline = redis.pipeline();
      for (const name of names)
        pipeline.hmget(`${base}publication:${name}`, 'publishedAt', 'sights');
      const replies = (await pipeline.exec()) ?? [];
      return names.map((publication, i) => {
        const [publishedAt, done] = (replies[i]?.[1] ?? []) as (string | null)[];
        return { publication, publishedAt: Number(publishedAt ?? 0), done: Number(done ?? 0) };
      });
    },
    async noteSight(publication, number, sight, nextAt) {
      const told = sight === undefined ? '' : JSON.stringify(sight);
      return (await run('noteSight', publication, number, told, nextAt ?? '')) === 1;
    },
  };
}
