import type { Redis } from 'ioredis';

/** Accounts that somebody has agreed to post to for real, in a set of Redis beside the ledger. */
export function openAgreedAccounts(redis: Redis, key: string) {
  return {
    async read(): Promise<ReadonlySet<string>> {
      return new Set(await redis.smembers(key));
    },
    async add(marks: readonly string[]): Promise<void> {
      await redis.sadd(key, ...marks);
    },
  };
}
