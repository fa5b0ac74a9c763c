import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import type { Redis } from 'ioredis';
import { archiveOld } from '../../src/archive/archive-old.ts';
import type { Bench } from './ledger.ts';

export const DAY_MS = 86_400_000;

/** Makes everything that a ledger knows as old as if it had happened so long before. */
export async function ageLedger(redis: Redis, prefix: string, ms: number): Promise<void> {
  const base = `${prefix}:ledger:`;
  for (const key of await redis.keys(`${base}publication:*`)) {
    for (const field of ['due', 'publishBy', 'publishedAt', 'retractedAt', 'approvedDue']) {
      if (await redis.hexists(key, field)) await redis.hincrby(key, field, -ms);
    }
  }
  for (const key of await redis.keys(`${base}story:*`)) {
    const lines = await redis.lrange(key, 0, -1);
    const events = lines.map((line) => JSON.parse(line) as { at: number });
    for (const [i, event] of events.entries()) {
      await redis.lset(key, i, JSON.stringify({ ...event, at: event.at - ms }));
    }
  }
  for (const key of await redis.keys(`${base}state:*`)) {
    for (const name of await redis.zrange(key, 0, '-1')) await redis.zincrby(key, -ms, name);
  }
}

/** An archive for the tests of a file; each call of the answer gives an empty folder. */
export function useArchives(): () => string {
  const root = mkdtempSync(join(tmpdir(), 'carillon-archive-'));
  after(() => rmSync(root, { recursive: true, force: true }));
  let count = 0;
  return () => join(root, String(++count), 'archive');
}

/** Archives what is older than 400 days, as the scheduler does. */
export async function archiveBench({ ledger }: Bench, folder: string): Promise<number> {
  const before = (await ledger.now()) - 400 * DAY_MS;
  return archiveOld(before, { ledger, folder, host: 'attic' });
}
