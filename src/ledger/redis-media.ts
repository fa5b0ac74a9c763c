import type { Redis } from 'ioredis';
import type { Post } from '../core/post.ts';
import type { Ledger } from './ledger.ts';
import type { MEDIA_SCRIPTS } from './lua-media.ts';

type Run = (
  script: keyof typeof MEDIA_SCRIPTS,
  ...args: (string | number | Buffer)[]
) => Promise<unknown>;

/** The images of the ledger in Redis. */
export function openRedisMedia(
  redis: Redis,
  base: string,
  run: Run,
): Pick<Ledger, 'putMedia' | 'wantMedia' | 'media' | 'removeMedia'> {
  const want = async (hash: string) => (await run('wantMedia', hash)) === 1;
  return {
    putMedia: async ({ hash }, bytes) => {
      await run('putMedia', hash, bytes);
    },
    wantMedia: want,
    media: async (hash) => {
      const bytes = await redis.getBuffer(`${base}media:${hash}`);
      if (bytes === null) throw new Error(`The image ${hash} is not in Redis.`);
      return bytes;
    },
    removeMedia: async ({ unwantedMs, retryMs }) => {
      const stale = new Set((await run('staleMedia', unwantedMs)) as string[]);
      if (stale.size === 0) return 0;
      const names = (await run('sendable', retryMs)) as string[];
      for (const hash of await hashesIn(names, redis, base)) {
        if (stale.delete(hash)) await want(hash);
      }
      let removed = 0;
      for (const hash of stale) removed += Number(await run('dropMedia', hash, unwantedMs));
      return removed;
    },
  };
}

/** The images that the posts of these publications name. */
async function hashesIn(
  names: readonly string[],
  redis: Redis,
  base: string,
): Promise<ReadonlySet<string>> {
  const hashes = new Set<string>();
  for (let start = 0; start < names.length; start += 500) {
    const pipeline = redis.pipeline();
    for (const name of names.slice(start, start + 500)) {
      pipeline.hget(`${base}publication:${name}`, 'post');
    }
    for (const [error, json] of (await pipeline.exec()) ?? []) {
      // Of a post that could not be read nobody knows what it needs.
      if (error) throw error;
      const post = json ? (JSON.parse(String(json)) as Post) : undefined;
      for (const { hash } of post?.media ?? []) hashes.add(hash);
    }
  }
  return hashes;
}
