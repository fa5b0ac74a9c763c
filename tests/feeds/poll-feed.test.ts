import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pollFeed } from '../../src/feeds/poll-feed.ts';
import { aFeed, type Item, rss } from '../support/feed.ts';
import { startFeedSite, useFeedMemories } from '../support/feed-bench.ts';

const openMemory = useFeedMemories();
const start = Date.parse('2026-11-24T09:00Z');
const quarter = 900_000;
const feed = aFeed();
const night: Item = {
  title: 'Night opening',
  guid: '17',
  link: 'https://library.example.org/news/night',
  date: 'Tue, 24 Nov 2026 08:59:00 GMT',
  text: 'Until midnight.',
};
const seeds: Item = {
  ...night,
  title: 'Seeds',
  guid: '18',
  link: 'https://library.example.org/news/seeds',
};

/** A site whose feed has been read once, when it was empty. */
async function readOnce() {
  const { memory } = openMemory();
  const site = await startFeedSite(memory, start);
  const poll = async (...items: Item[]) => {
    site.pass(quarter);
    site.serve({ body: rss(...items) });
    return pollFeed(feed, site.polling);
  };
  await poll();
  return { site, memory, poll };
}

describe('a poll of a feed', () => {
  it('takes all that is new, once', async () => {
    const { site, memory, poll } = await readOnce();
    await using _site = site;

    const ids = await poll(night, seeds);
    const again = await poll(night, seeds);

    assert.equal(ids.length, 2);
    assert.deepEqual(again, []);
    assert.equal((await memory.dueSince('news', 0)).length, 2);
  });

  const returns: Readonly<Record<string, Item>> = {
    'another guid': { ...night, guid: 'https://library.example.org/?p=17' },
    'other tracking parameters': {
      ...night,
      guid: 'x',
      link: `${night.link}?utm_source=rss&utm_term=2`,
    },
    'another address and guid': { ...night, guid: 'x', link: 'https://new.example.org/night' },
    'another title': { ...night, title: 'Night opening on Saturday' },
  };
  for (const [change, item] of Object.entries(returns)) {
    it(`does not take an article again that has ${change}`, async () => {
      const { site, memory, poll } = await readOnce();
      await using _site = site;
      const [id] = await poll(night);

      await poll(item);

      const known = await memory.dueSince('news', 0);
      assert.deepEqual(
        known.map((entry) => entry.id),
        [id],
      );
    });
  }

  it('knows an article by what it learned on the way: guid and address change one after the other', async () => {
    const { site, memory, poll } = await readOnce();
    await using _site = site;
    const later = { title: 'Renamed', date: 'Tue, 24 Nov 2026 09:10:00 GMT' };

    await poll(night);
    await poll({ ...night, ...later, guid: 'second' });
    await poll({
      ...night,
      ...later,
      title: 'Again',
      guid: 'second',
      link: 'https://new.example.org/1',
    });
    await poll({
      ...night,
      ...later,
      title: 'Thrice',
      guid: 'third',
      link: 'https://new.example.org/1',
    });

    assert.equal((await memory.dueSince('news', 0)).length, 1);
  });

  it('does not take an article again that was taken out and came back', async () => {
    const { site, memory, poll } = await readOnce();
    await using _site = site;

    await poll(night);
    await poll();
    site.pass(30 * 86_400_000);
    await poll({ ...night, date: 'Thu, 24 Dec 2026 09:00:00 GMT' });

    assert.equal((await memory.dueSince('news', 0)).length, 1);
  });

  it('takes nothing of what is there at the first look, and nothing of it later', async () => {
    const { memory } = openMemory();
    await using site = await startFeedSite(memory, start);
    site.serve({ body: rss(night) });

    await pollFeed(feed, site.polling);
    site.pass(quarter);
    await pollFeed(feed, site.polling);

    assert.deepEqual(await memory.dueSince('news', 0), []);
    assert.equal(await memory.count('news'), 1);
  });

  it('does not move the time of one that waits when others come', async () => {
    const { site, memory } = await readOnce();
    await using _site = site;
    const two = aFeed({ perDay: 1, afterMs: 0 });
    const poll = async (...items: Item[]) => {
      site.serve({ body: rss(...items) });
      await pollFeed(two, site.polling);
      return new Map((await memory.dueSince('news', 0)).map(({ title, due }) => [title, due]));
    };

    const before = await poll(night, seeds);
    site.pass(quarter);
    const third = {
      ...night,
      title: 'Third',
      guid: '19',
      link: 'https://a.example/3',
      date: 'Mon, 23 Nov 2026 09:00:00 GMT',
    };
    const after = await poll(third, night, seeds);

    assert.equal(after.get('Night opening'), before.get('Night opening'));
    assert.equal(after.get('Seeds'), before.get('Seeds'));
    assert.equal(new Set(after.values()).size, 3);
  });

  it('asks only for what is new, and is content with the answer that nothing is', async () => {
    const { site, memory } = await readOnce();
    await using _site = site;
    site.serve({
      body: rss(night),
      headers: { etag: '"1"', 'last-modified': 'Tue, 24 Nov 2026 09:00:00 GMT' },
    });
    await pollFeed(feed, site.polling);
    site.pass(quarter);
    site.serve({ status: 304 });

    const ids = await pollFeed(feed, site.polling);

    const headers = site.web.headers.at(-1);
    assert.deepEqual(
      [headers?.['if-none-match'], headers?.['if-modified-since']],
      ['"1"', 'Tue, 24 Nov 2026 09:00:00 GMT'],
    );
    assert.deepEqual(ids, []);
    const state = await memory.state('news');
    assert.deepEqual(
      [state?.failures, state?.answeredAt, state?.version?.etag],
      [0, site.now(), '"1"'],
    );
  });

  it('asks again for the whole of a feed that broke off', async () => {
    const { site, memory } = await readOnce();
    await using _site = site;
    site.serve({ body: rss(night, seeds).slice(0, -200), headers: { etag: '"1"' } });

    await pollFeed(feed, site.polling);

    assert.equal((await memory.state('news'))?.version, undefined);
    assert.equal((await memory.dueSince('news', 0)).length, 1);
  });

  it('backs off from one that fails, as its server asks, and forgets nothing', async () => {
    const { site, memory } = await readOnce();
    await using _site = site;
    const wait = async () => ((await memory.state('news'))?.nextAt ?? 0) - site.now();

    site.serve({ status: 500 });
    await pollFeed(feed, site.polling);
    const firstWait = await wait();
    await pollFeed(feed, site.polling);
    const secondWait = await wait();
    site.serve({ status: 429, headers: { 'retry-after': '7200' } });
    await pollFeed(feed, site.polling);
    const state = await memory.state('news');

    assert.deepEqual([firstWait, secondWait, await wait()], [quarter, 2 * quarter, 7_200_000]);
    assert.equal(state?.failures, 3);
    assert.match(state?.error ?? '', /cannot answer for now \(429\)/);
    assert.notEqual(state?.startedAt, undefined);
  });

  it('takes nothing of a site that was moved, and notes it for people', async () => {
    const { site, memory, poll } = await readOnce();
    await using _site = site;
    const moved = Array.from({ length: 500 }, (_, i) => ({
      ...night,
      title: `Old ${i}`,
      guid: `new-${i}`,
      link: `https://new.example.org/${i}`,
    }));

    const ids = await poll(...moved);
    const next = await poll(seeds, ...moved);

    assert.deepEqual([ids.length, next.length], [0, 1]);
    assert.deepEqual((await memory.state('news'))?.leftOut, {
      at: site.now() - quarter,
      count: 500,
      why: 'import',
    });
  });

  it('says that a page is no feed', async () => {
    const { memory } = openMemory();
    await using site = await startFeedSite(memory, start);
    site.serve({ body: '<!doctype html><html></html>' });

    await pollFeed(feed, site.polling);

    const state = await memory.state('news');
    assert.match(state?.error ?? '', /a web page, not a feed/);
    assert.equal(state?.startedAt, undefined);
  });

  it('is asked no more often than the feed wants it, but within the hour', async () => {
    const { site, memory } = await readOnce();
    await using _site = site;
    const wait = async (ttl: number) => {
      site.serve({ body: rss().replace('<description>', `<ttl>${ttl}</ttl><description>`) });
      await pollFeed(feed, site.polling);
      return (((await memory.state('news'))?.nextAt ?? 0) - site.now()) / 60_000;
    };

    assert.deepEqual([await wait(5), await wait(30), await wait(1440)], [15, 30, 60]);
  });

  it('reads the whole article from its page where the feed says so, and falls back on the feed', async () => {
    const { site, memory } = await readOnce();
    await using _site = site;
    const gone = { ...seeds, link: 'http://library.example.org/gone' };
    site.serve({ body: rss({ ...night, link: 'http://library.example.org/whole' }, gone) });

    await pollFeed(aFeed({ full: true }), site.polling);

    const texts = (await memory.dueSince('news', 0)).map(({ article }) =>
      article?.text.slice(0, 17),
    );
    assert.deepEqual(texts.sort(), ['The whole article', 'Until midnight.']);
  });
});
