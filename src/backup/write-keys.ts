import type { Redis } from 'ioredis';
import type { BackupEntry } from './backup-format.ts';
import { isReplaced, publicationOf } from './carried-keys.ts';
import { scanKeys } from './read-keys.ts';

const AT_ONCE = 500;

/** Writes what a backup has to Redis. `onRecords` is told of the publications among it, some at a time. */
export async function writeKeys(
  redis: Redis,
  prefix: string,
  entries: AsyncIterable<BackupEntry>,
  onRecords: (publications: readonly string[]) => Promise<void>,
): Promise<void> {
  let batch: BackupEntry[] = [];
  const write = async (): Promise<void> => {
    const pipeline = redis.pipeline();
    for (const { key: below, kind, isFirst, values, expireAt } of batch) {
      const key = `${prefix}:${below}`;
      if (isFirst) pipeline.del(key);
      const [first = Buffer.alloc(0)] = values;
      if (kind === 'string') pipeline.set(key, first);
      else if (kind === 'hash') pipeline.hset(key, ...values);
      else if (kind === 'list') pipeline.rpush(key, ...values);
      else if (kind === 'set') pipeline.sadd(key, ...values);
      else pipeline.zadd(key, ...swap(values));
      if (expireAt !== undefined) pipeline.pexpireat(key, expireAt);
    }
    for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error;
    await onRecords([...new Set(batch.flatMap(({ key }) => publicationOf(key) ?? []))]);
    batch = [];
  };
  for await (const entry of entries) {
    batch.push(entry);
    if (batch.length >= AT_ONCE) await write();
  }
  await write();
}

/** A scan gives members and scores, and the command takes scores and members. */
function swap(values: readonly Buffer[]): readonly Buffer[] {
  return values.flatMap((value, i) =>
    i % 2 === 0 ? [values[i + 1] ?? Buffer.alloc(0), value] : [],
  );
}

/** Takes out all that stands where a backup would, but that the ledger is frozen. */
export async function removeKeys(redis: Redis, prefix: string): Promise<void> {
  for await (const page of scanKeys(redis, prefix)) {
    const keys = page.filter(isReplaced).map((key) => `${prefix}:${key}`);
    if (keys.length > 0) await redis.unlink(...keys);
  }
}

/** True if there is a record of any publication. */
export async function hasRecords(redis: Redis, prefix: string): Promise<boolean> {
  for await (const page of scanKeys(redis, prefix)) {
    if (page.some((key) => publicationOf(key) !== undefined)) return true;
  }
  return false;
}
