import { after, before } from 'node:test';
import type { Redis } from 'ioredis';
import { silentLog } from '../../src/core/log.ts';
import type { FeedMemory } from '../../src/feeds/feed-memory.ts';
import { type FeedAccess, openFeedAccess } from '../../src/feeds/look-at-feed.ts';
import type { Polling } from '../../src/feeds/poll-feed.ts';
import { openRedisFeedMemory } from '../../src/feeds/redis-feed-memory.ts';
import { readAllowedHosts } from '../../src/fetching/allowed-hosts.ts';
import { createSafeFetch } from '../../src/fetching/fetch-safely.ts';
import { startTestRedis, type TestRedis } from './redis.ts';
import { type Page, type SmallWeb, startSmallWeb } from './small-web.ts';

/** Starts one Redis for the tests of a file; each call of the answer gives an empty memory in it. */
export function useFeedMemories(): () => {
  readonly memory: FeedMemory;
  readonly redis: Redis;
  readonly base: string;
} {
  let server: TestRedis | undefined;
  let redis: Redis | undefined;
  let count = 0;
  before(async () => {
    server = await startTestRedis();
    redis = server.connect();
  });
  after(() => server?.stop());
  return () => {
    if (redis === undefined) throw new Error('The test has not begun.');
    const prefix = `{carillon-test-${++count}}`;
    return { memory: openRedisFeedMemory(redis, prefix), redis, base: `${prefix}:feeds:` };
  };
}

/** A site that serves what it is told to, and a poll that asks it. */
export interface FeedSite extends AsyncDisposable {
  readonly web: SmallWeb;
  /** What the feed's address answers from now on. */
  serve(page: Page): void;
  readonly polling: Polling;
  /** Lets time go by. */
  pass(ms: number): void;
  now(): number;
}

export async function startFeedSite(memory: FeedMemory, start: number): Promise<FeedSite> {
  let page: Page = {};
  let now = start;
  const web = await startSmallWeb({ 'library.example.org': ['93.184.216.34'] }, (url) =>
    url.endsWith('/feed.xml') ? page : pagesBeside(url),
  );
  const { wire } = web;
  const opened = openFeedAccess({ allow: [], imageDirectory: '/nowhere', wire });
  const access: FeedAccess = {
    ...opened,
    fetch: createSafeFetch({ allowed: readAllowedHosts([]), wire, timeoutMs: 5_000 }),
  };
  return {
    web,
    serve: (next) => {
      page = { headers: { 'content-type': 'application/rss+xml', ...next.headers }, ...next };
    },
    polling: { memory, access, timezone: 'Europe/Paris', log: silentLog, now: async () => now },
    pass: (ms) => {
      now += ms;
    },
    now: () => now,
    [Symbol.asyncDispose]: () => web[Symbol.asyncDispose](),
  };
}

function pagesBeside(url: string): Page {
  if (url.endsWith('/gone')) return { status: 404 };
  return {
    body: `<html><head><title>Page of it</title></head><body><article><p>${'The whole article has far more to tell than its feed does. '.repeat(5)}</p></article></body></html>`,
  };
}
