import type { Redis } from 'ioredis';
import type { ConfigReport, ConfigReports } from '../core/config-report.ts';

/** The report of a broken config under a key of Redis, where every process finds it. */
export function openConfigReports(redis: Redis, key: string): ConfigReports {
  return {
    read: async () => {
      const json = await redis.get(key);
      return json === null ? undefined : (JSON.parse(json) as ConfigReport);
    },
    write: async (report) => {
      await redis.set(key, JSON.stringify(report));
    },
    clear: async () => {
      await redis.del(key);
    },
  };
}
