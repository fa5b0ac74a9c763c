import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Entry } from '../../src/core/config.ts';
import type { Publication } from '../../src/core/publication.ts';
import { readFeedEntries } from '../../src/feeds/feed-entries.ts';
import type { FeedMemory, KnownEntry } from '../../src/feeds/feed-memory.ts';
import { aFeed } from '../support/feed.ts';

const now = Date.parse('2026-11-24T09:00Z');
const day = 86_400_000;

function known(id: string, over: Partial<KnownEntry> = {}): KnownEntry {
  const link = `https://library.example.org/${id}`;
  return {
    id,
    title: id,
    firstSeen: now,
    categories: [],
    version: 'v',
    due: now,
    to: ['news-x', 'news-page'],
    article: { title: id, text: '', images: [], tags: [], link },
    ...over,
  };
}

function memoryOf(...entries: KnownEntry[]): FeedMemory {
  return {
    dueSince: async (feed: string, since: number) =>
      entries.filter(({ id, due = 0 }) => id.startsWith(`${feed}-`) && due >= since),
    entries: async (_: string, ids: readonly string[]) =>
      ids.map((id) => entries.find((entry) => entry.id === id)),
  } as unknown as FeedMemory;
}

const record = (entry: string, state: Publication['state']) =>
  ({ publication: `${entry}/news-x`, entry, state }) as Publication;
const [one, two] = ['news-0123456789', 'news-abcdefabcd'] as const;
const read = async (
  memory: FeedMemory,
  records: readonly Publication[] = [],
  { feeds = [aFeed()], entries = [] as readonly Entry[] } = {},
) => {
  const given = await readFeedEntries({ feeds, entries }, memory, records, now);
  return {
    entries: given.entries.map(({ id, to }) => `${id} ${to.join('+')}`),
    leftAlone: [...given.leftAlone],
  };
};

describe('what feeds have given', () => {
  it('goes to the accounts that the feed had then, and still has', async () => {
    assert.deepEqual((await read(memoryOf(known(one)))).entries, [`${one} news-x`]);
    assert.deepEqual((await read(memoryOf(known(one, { to: ['news-page'] })))).entries, []);
  });

  it('is over after a while, unless the ledger still has to do with it', async () => {
    const old = known(one, { due: now - 40 * day });

    assert.deepEqual((await read(memoryOf(old), [record(one, 'published')])).entries, []);
    assert.deepEqual((await read(memoryOf(old), [record(one, 'handoff')])).entries, [
      `${one} news-x`,
    ]);
  });

  it('stays as it is where the memory has lost it, and only of feeds that are in the config', async () => {
    const records = [
      record(one, 'scheduled'),
      record('blog-0123456789', 'scheduled'),
      record('news-x', 'scheduled'),
    ];

    assert.deepEqual((await read(memoryOf(), records)).leftAlone, [`${one}/news-x`]);
  });

  it('goes to an account once, though two feeds give the same page, or the config has it', async () => {
    const link = 'https://library.example.org/night';
    const article = { title: 'N', text: '', images: [], tags: [], link };
    const later = known('blog-0123456789', {
      firstSeen: now + 1,
      article: { ...article, link: `${link}/?utm_source=b` },
    });
    const feeds = [aFeed({ id: 'blog' }), aFeed()];
    const written = { ...aFeed().template, id: 'own', article, at: { now: true } } as Entry;

    const both = await read(memoryOf(later, known(one, { article }), known(two)), [], { feeds });
    const own = await read(memoryOf(known(one, { article })), [], { entries: [written] });

    assert.deepEqual(both.entries, [`${one} news-x`, `${two} news-x`]);
    assert.deepEqual(own.entries, []);
  });
});
