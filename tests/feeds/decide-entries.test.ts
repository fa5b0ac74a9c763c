import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Feed } from '../../src/core/config.ts';
import { decideEntries, isWanted } from '../../src/feeds/decide-entries.ts';
import { identifyEntries } from '../../src/feeds/entry-keys.ts';
import type { FeedEntry } from '../../src/feeds/feed-document.ts';
import type { FeedState, KnownEntry } from '../../src/feeds/feed-memory.ts';
import { aDocument, aFeed, anEntry } from '../support/feed.ts';

const now = Date.parse('2026-11-24T09:00Z');
const minute = 60_000;
const day = 86_400_000;
const read: FeedState = {
  url: 'http://library.example.org/feed.xml',
  startedAt: now - 30 * day,
  askedAt: now - 15 * minute,
  nextAt: now,
  failures: 0,
  newest: now - day,
};

/** What a first look has remembered, for the next one. */
function remember(...decided: readonly (KnownEntry & { readonly keys: readonly string[] })[]) {
  return {
    known: new Map(decided.map(({ keys: _, ...entry }) => [entry.id, entry as KnownEntry])),
    owners: new Map(decided.flatMap(({ keys, id }) => keys.map((key) => [key, id] as const))),
  };
}

function decide(
  entries: readonly FeedEntry[],
  {
    feed = {},
    state = read,
    memory = remember(),
  }: {
    feed?: Partial<Feed>;
    state?: FeedState | undefined;
    memory?: ReturnType<typeof remember>;
  } = {},
) {
  const document = aDocument(...entries);
  return decideEntries({
    feed: aFeed(feed),
    timezone: 'Europe/Paris',
    document,
    identified: identifyEntries(document),
    ...memory,
    state,
    taken: [],
    now,
  });
}
const first = { state: { ...read, startedAt: undefined } as unknown as FeedState };
const many = (count: number, over: (i: number) => Partial<FeedEntry>): FeedEntry[] =>
  Array.from({ length: count }, (_, i) =>
    anEntry({ id: `n${i}`, link: `https://a.example/${i}`, title: `Title ${i}`, ...over(i) }),
  );

describe('what is new in a feed', () => {
  it('goes out so long after it was first seen, to the accounts of the feed', () => {
    const { fresh } = decide([anEntry()], { feed: { afterMs: 10 * minute } });

    assert.deepEqual(
      fresh.map(({ title, due, to, passed }) => [title, due, to, passed]),
      [['Night opening', now + 10 * minute, ['news-x'], undefined]],
    );
  });

  it('waits for its own time where that lies ahead', () => {
    const { fresh } = decide([anEntry({ published: '2026-11-24T12:00:00.000Z' })], {
      feed: { afterMs: minute },
    });

    assert.equal(fresh[0]?.due, Date.parse('2026-11-24T12:01Z'));
  });

  it('goes out in the order in which it came out', () => {
    const entries = many(3, (i) => ({ published: new Date(now - i * minute).toISOString() }));

    const { fresh } = decide(entries);

    const order = fresh.toSorted((a, b) => (a.due ?? 0) - (b.due ?? 0)).map(({ title }) => title);
    assert.deepEqual(order, ['Title 2', 'Title 1', 'Title 0']);
  });

  it('is none of the past at the first look, unless so many are asked for', () => {
    const entries = many(5, (i) => ({ published: new Date(now - i * day).toISOString() }));

    const none = decide(entries, first);
    const two = decide(entries, { ...first, feed: { backfill: 2 } });

    assert.deepEqual([...new Set(none.fresh.map(({ passed }) => passed))], ['past']);
    assert.deepEqual(
      two.fresh
        .filter(({ passed }) => !passed)
        .map(({ title }) => title)
        .sort(),
      ['Title 0', 'Title 1'],
    );
  });

  it('is not what came out long ago', () => {
    const old = anEntry({ published: new Date(now - 4 * day).toISOString() });

    assert.equal(decide([old]).fresh[0]?.passed, 'old');
    assert.equal(
      decide([old], { state: { ...read, newest: now - 5 * day } }).fresh[0]?.passed,
      undefined,
    );
    assert.equal(
      decide([old], { state: { ...read, newest: now - 90 * day } }).fresh[0]?.passed,
      undefined,
    );
  });

  it('is not the whole of a site that was moved, whose articles all bear the date of the move', () => {
    const moved = many(40, () => ({ published: new Date(now).toISOString() }));
    const undated = many(40, () => ({})).map(({ published: _, ...entry }) => entry);
    const spread = many(12, (i) => ({
      published: new Date(now - i * 2 * 3_600_000).toISOString(),
    }));

    assert.ok(decide(moved).fresh.every(({ passed }) => passed === 'import'));
    assert.ok(decide(undated).fresh.every(({ passed }) => passed === 'import'));
    assert.ok(decide(spread).fresh.every(({ passed }) => passed === undefined));
  });

  it('is only what is filed as the config wants it', () => {
    const press = anEntry({ categories: ['Press'] });

    assert.equal(decide([press], { feed: { only: ['press'] } }).fresh[0]?.passed, undefined);
    assert.equal(decide([press], { feed: { only: ['events'] } }).fresh[0]?.passed, 'categories');
    assert.equal(decide([press], { feed: { except: ['PRESS '] } }).fresh[0]?.passed, 'categories');
    assert.ok(!isWanted([], { only: ['press'], except: [] }));
    assert.ok(isWanted([], { only: [], except: ['press'] }));
  });

  it('is nothing that has neither title nor text', () => {
    assert.equal(decide([anEntry({ title: '' })]).fresh[0]?.passed, 'empty');
  });
});

describe('what a feed has given before', () => {
  const [before] = decide([anEntry()]).fresh;
  assert.ok(before);
  const memory = remember(before);

  it('is not new with another guid, another title or tracking parameters', () => {
    for (const change of [
      { id: 'x' },
      { title: 'Other' },
      { link: `${anEntry().link}?utm_source=y` },
    ]) {
      assert.deepEqual(decide([anEntry(change)], { memory }).fresh, []);
    }
  });

  it('is only seen again where nothing has changed, and learns what it is known by now', () => {
    const { seen, changed } = decide([anEntry({ id: 'x' })], { memory });

    assert.deepEqual([seen.map(({ id }) => id), changed], [[before.id], []]);
    assert.notDeepEqual(seen[0]?.keys, before.keys);
  });

  it('keeps its time when it is edited', () => {
    const { changed } = decide([anEntry({ title: 'Night opening moved' })], { memory });

    assert.deepEqual(
      changed.map(({ due, article, firstSeen }) => [due, article?.title, firstSeen]),
      [[before.due, 'Night opening moved', now]],
    );
  });

  it('comes in when its publisher files it otherwise, and not when the config changes', () => {
    const [refused] = decide([anEntry()], { feed: { only: ['press'] } }).fresh;
    assert.ok(refused);

    const refiled = decide([anEntry({ categories: ['Press'] })], {
      feed: { only: ['press'] },
      memory: remember(refused),
    });
    const reconfigured = decide([anEntry()], { memory: remember(refused) });

    assert.deepEqual(
      refiled.changed.map(({ passed, due }) => [passed, due]),
      [[undefined, now]],
    );
    assert.deepEqual(reconfigured.changed, []);
  });
});
