import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { entryIdOf, identifyEntries, isEntryOf } from '../../src/feeds/entry-keys.ts';
import type { FeedEntry } from '../../src/feeds/feed-document.ts';
import { aDocument, anEntry } from '../support/feed.ts';

const keysOf = (entry: FeedEntry) => new Set(identifyEntries(aDocument(entry)).entries[0]?.keys);
const share = (one: Iterable<string> = [], other: Iterable<string> = []) =>
  [...one].some((key) => [...other].includes(key));
const areAlike = (one: FeedEntry, other: FeedEntry) => share(keysOf(one), keysOf(other));
const before = anEntry();

describe('an article of a feed is known again', () => {
  const changes: Readonly<Record<string, Partial<FeedEntry>>> = {
    'with another guid': { id: 'https://library.example.org/?p=17' },
    'with other tracking parameters': {
      id: 'new',
      link: `${before.link}?utm_source=rss&utm_term=9`,
    },
    'at the same address over http and www': {
      id: 'new',
      link: 'http://www.library.example.org/news/night/',
    },
    'with another title': { title: 'Night opening: moved to Saturday' },
    'with another title and address': { title: 'Other', link: 'https://library.example.org/x' },
    'at another address with another guid, by its title on its day': {
      id: 'new',
      link: 'https://new.example.org/night',
      title: 'NIGHT  opening!',
    },
    'with another date': { published: '2026-11-25T09:00:00.000Z' },
  };
  for (const [name, change] of Object.entries(changes)) {
    it(name, () => assert.ok(areAlike(before, anEntry(change))));
  }

  it('without any date by what it says', () => {
    const undated = { title: 'Closed today', content: 'We are closed.', categories: [] };

    assert.ok(areAlike({ ...undated, id: '1' }, { ...undated, id: '2' }));
    assert.ok(!areAlike({ ...undated, id: '1' }, { ...undated, id: '2', content: 'Other words.' }));
  });
});

describe('two articles are told apart', () => {
  it('that have the same title on different days', () => {
    const next = anEntry({
      id: '18',
      link: `${before.link}-2`,
      published: '2026-12-24T08:00:00.000Z',
    });

    assert.ok(!areAlike(before, next));
  });

  it('that all link to the start page', () => {
    const one = { title: 'One', link: 'https://library.example.org/', categories: [] };

    assert.ok(!areAlike(one, { ...one, title: 'Two' }));
  });

  it('whose guid, or whose link, is the same in the whole document', () => {
    const { entries, ambiguous } = identifyEntries(
      aDocument(
        anEntry({ title: 'One', link: 'https://a.example/1' }),
        anEntry({ title: 'Two', link: 'https://a.example/2' }),
      ),
    );

    assert.equal(entries.length, 2);
    assert.equal(ambiguous.length, 1);
    assert.ok(!share(entries[0]?.keys, entries[1]?.keys));
  });
});

it('an article that stands twice in a document is there once', () => {
  const { entries } = identifyEntries(
    aDocument(before, anEntry({ link: `${before.link}?utm_source=b` }), before),
  );

  assert.equal(entries.length, 1);
});

it('every entry of any document has a key that no other has', () => {
  const entry = fc.record(
    {
      title: fc.constantFrom('', 'One', 'Two'),
      id: fc.constantFrom('1', '2', 'https://a.example/1'),
      link: fc.constantFrom('https://a.example/', 'https://a.example/1', 'https://a.example/2'),
      published: fc.constantFrom('2026-11-24T08:00:00.000Z', '2026-11-25T08:00:00.000Z'),
      summary: fc.constantFrom('a', 'b'),
      categories: fc.constant([]),
    },
    { requiredKeys: ['title', 'categories'] },
  );
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 6 }), (all) => {
      const { entries } = identifyEntries(aDocument(...all));
      const keys = entries.flatMap((one) => [...one.keys]);
      assert.equal(new Set(keys).size, keys.length);
      assert.ok(entries.every((one) => one.keys.length > 0));
      assert.ok(all.length === 0 || entries.length > 0);
    }),
  );
});

it('ids of entries are short, steady and known as those of their feed', () => {
  const { keys = [] } = identifyEntries(aDocument(before)).entries[0] ?? {};
  const id = entryIdOf('news', keys);

  assert.match(id, /^news-[0-9a-f]{10}$/);
  assert.equal(
    id,
    entryIdOf(
      'news',
      identifyEntries(
        aDocument(before, anEntry({ id: 'x', link: 'https://a.example/x', title: 'X' })),
      ).entries[0]?.keys ?? [],
    ),
  );
  assert.ok(isEntryOf('news', id) && isEntryOf('news', entryIdOf('news', keys, 24)));
  assert.ok(
    !isEntryOf('new', id) && !isEntryOf('news', 'news-letter') && !isEntryOf('news', 'news'),
  );
});
