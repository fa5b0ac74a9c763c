import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FeedState, Keyed, KnownEntry, Remembering } from '../../src/feeds/feed-memory.ts';
import { useFeedMemories } from '../support/feed-bench.ts';

const openMemory = useFeedMemories();
const day = 86_400_000;
const at = Date.parse('2026-11-24T09:00Z');

function known(over: Partial<Keyed<KnownEntry>> = {}): Keyed<KnownEntry> {
  return {
    id: 'news-0123456789',
    keys: ['k1', 'k2'],
    title: 'Night',
    firstSeen: at,
    categories: [],
    version: 'v1',
    due: at + 1_000,
    to: ['news-x'],
    article: {
      title: 'Night, "article":{}',
      text: 'T',
      images: [],
      tags: [],
      publishedAt: new Date(at),
    },
    ...over,
  };
}

function remembering(over: Partial<Remembering> = {}, now = at): Remembering {
  const state: FeedState = { url: 'https://a.example/', askedAt: now, nextAt: now, failures: 0 };
  return { state, fresh: [], changed: [], seen: [], ambiguous: [], ...over };
}

describe('the memory of feeds', () => {
  it('gives back what it was given, by any of its keys', async () => {
    const { memory } = openMemory();
    const { keys: _, ...entry } = known();

    await memory.remember('news', remembering({ fresh: [known()] }));

    assert.deepEqual(await memory.find('news', ['k2', 'k3']), [entry.id, undefined]);
    assert.deepEqual(await memory.entries('news', [entry.id, 'none']), [entry, undefined]);
    assert.deepEqual(await memory.dueSince('news', at), [entry]);
    assert.deepEqual(await memory.dueSince('news', at + 2_000), []);
    assert.deepEqual([...(await memory.states()).keys()], ['news']);
  });

  it('takes no second one with a key of the first, whoever remembers it, but learns its keys', async () => {
    const { memory } = openMemory();
    await memory.remember('news', remembering({ fresh: [known()] }));

    const other = known({ id: 'news-aaaaaaaaaa', keys: ['k2', 'k9'] });
    await memory.remember('news', remembering({ fresh: [other] }));

    assert.equal(await memory.count('news'), 1);
    assert.deepEqual(await memory.find('news', ['k9']), ['news-0123456789']);
  });

  it('lets a key identify nothing once it was seen on several', async () => {
    const { memory } = openMemory();
    await memory.remember('news', remembering({ fresh: [known()] }));

    await memory.remember('news', remembering({ ambiguous: ['k1'] }));

    assert.deepEqual(await memory.find('news', ['k1', 'k2']), [undefined, 'news-0123456789']);
  });

  it('changes only what is there', async () => {
    const { memory } = openMemory();
    await memory.remember('news', remembering({ changed: [known()] }));
    assert.equal(await memory.count('news'), 0);

    const { memory: other } = openMemory();
    await other.remember('news', remembering({ fresh: [known()] }));
    await other.remember('news', remembering({ changed: [known({ title: 'New' })] }));

    assert.equal((await other.dueSince('news', 0))[0]?.title, 'New');
  });

  it('forgets what was not seen for as long as the ledger keeps records, and nothing sooner', async () => {
    const { memory } = openMemory();
    const other = known({ id: 'news-bbbbbbbbbb', keys: ['k5'] });
    await memory.remember('news', remembering({ fresh: [known(), other] }));
    await memory.remember(
      'news',
      remembering({ seen: [{ id: other.id, keys: ['k5'] }] }, at + 300 * day),
    );
    assert.equal(await memory.count('news'), 2);

    await memory.remember('news', remembering({}, at + 401 * day));

    assert.deepEqual(await memory.find('news', ['k1', 'k2', 'k5']), [
      undefined,
      undefined,
      other.id,
    ]);
    assert.equal(await memory.count('news'), 1);
  });

  it('keeps no article of what went out long ago, but the entry', async () => {
    const { memory } = openMemory();
    await memory.remember('news', remembering({ fresh: [known()] }));

    await memory.remember('news', remembering({}, at + 50 * day));

    const { keys: _, article: __, ...entry } = known();
    assert.deepEqual(await memory.entries('news', [entry.id]), [entry]);
  });

  it('keeps feeds apart', async () => {
    const { memory } = openMemory();
    await memory.remember('news', remembering({ fresh: [known()] }));

    assert.deepEqual(await memory.find('blog', ['k1']), [undefined]);
    assert.equal(await memory.state('blog'), undefined);
  });
});
