import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '../../src/core/config.ts';
import { silentLog } from '../../src/core/log.ts';
import { startPoller } from '../../src/feeds/poller.ts';
import { aFeed, rss } from '../support/feed.ts';
import { startFeedSite, useFeedMemories } from '../support/feed-bench.ts';

const openMemory = useFeedMemories();
const start = Date.parse('2026-11-24T09:00Z');
const night = { title: 'Night', guid: '17', date: 'Tue, 24 Nov 2026 08:59:00 GMT' };

const configOf = (...feeds: ReturnType<typeof aFeed>[]) => ({ feeds }) as unknown as Config;

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; !(await isSo()); await wait(5)) {
    assert.ok(Date.now() < end, 'It did not happen in time.');
  }
}

describe('the poller', () => {
  it('asks each feed when its time comes, and brings what is new in', async () => {
    const { memory } = openMemory();
    await using site = await startFeedSite(memory, start);
    const applied: (string[] | 'all')[] = [];
    site.serve({ body: rss() });
    await using _poller = startPoller({
      config: () => configOf(aFeed()),
      pollingOf: () => site.polling,
      apply: async (_, ids) => void applied.push(ids === 'all' ? ids : [...ids]),
      log: silentLog,
      tickMs: 5,
    });
    await until(async () => (await memory.state('news')) !== undefined);
    await wait(50);
    assert.equal(site.web.asked.length, 1);

    site.serve({ body: rss(night) });
    site.pass(900_000);
    await until(() => applied.length === 2);

    const [entry] = await memory.dueSince('news', 0);
    assert.deepEqual(applied, ['all', [entry?.id]]);
  });

  it('brings in again what could not be brought in', async () => {
    const { memory } = openMemory();
    await using site = await startFeedSite(memory, start);
    let tries = 0;
    site.serve({ body: rss(night) });
    await using _poller = startPoller({
      config: () => configOf(aFeed({ backfill: 1 })),
      pollingOf: () => site.polling,
      apply: async () => {
        tries += 1;
        if (tries < 3) throw new Error('Redis is away');
      },
      log: silentLog,
      tickMs: 5,
    });

    await until(() => tries >= 3);
  });

  it('asks nobody while there is no config, and takes up all that waits when there is', async () => {
    const { memory } = openMemory();
    await using site = await startFeedSite(memory, start);
    let config: Config | undefined;
    const applied: unknown[] = [];
    site.serve({ body: rss() });
    await using _poller = startPoller({
      config: () => config,
      pollingOf: () => site.polling,
      apply: async (_, ids) => void applied.push(ids),
      log: silentLog,
      tickMs: 5,
    });
    await wait(50);
    assert.deepEqual([site.web.asked.length, applied.length], [0, 0]);

    config = configOf(aFeed());
    await until(() => applied.length === 1 && site.web.asked.length === 1);

    assert.deepEqual(applied, ['all']);
  });

  it('leaves a server alone after a fault of our own', async () => {
    const { memory } = openMemory();
    await using site = await startFeedSite(memory, start);
    site.serve({ body: rss(night) });
    const broken = { ...memory, remember: async () => Promise.reject(new Error('full')) };
    await using _poller = startPoller({
      config: () => configOf(aFeed()),
      pollingOf: () => ({ ...site.polling, memory: broken }),
      apply: async () => {},
      log: silentLog,
      tickMs: 5,
    });

    await until(() => site.web.asked.length === 1);
    await wait(100);

    assert.equal(site.web.asked.length, 1);
  });
});
