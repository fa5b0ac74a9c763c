import { createHash } from 'node:crypto';
import { canonicalLink } from './canonical-link.ts';
import type { FeedDocument, FeedEntry } from './feed-document.ts';

/** What a document's entries are recognised by. */
export interface IdentifiedEntry {
  readonly entry: FeedEntry;
  /** Each one identifies it; the one that says most comes first. Never empty. */
  readonly keys: readonly string[];
}

export interface Identified {
  readonly entries: readonly IdentifiedEntry[];
  /** Keys that several different entries have: they identify nothing. */
  readonly ambiguous: readonly string[];
}

/**
 * Finds out by what each entry of a document can be known again: its id, its link, and its title on its day, or
 * where it has no day with its text. Any of them may change while the others stay. An entry that stands there twice is once.
 */
export function identifyEntries({ entries, link }: FeedDocument): Identified {
  const home = canonicalLink(link);
  const all = entries.map((entry) => ({ entry, keys: keysOf(entry, home) }));
  const holders = new Map<string, IdentifiedEntry[]>();
  for (const one of all) {
    for (const key of one.keys) holders.set(key, [...(holders.get(key) ?? []), one]);
  }
  const ambiguous = new Set<string>();
  const twins = new Set<IdentifiedEntry>();
  for (const [key, [first, ...others]] of holders) {
    for (const other of others) {
      if (first === undefined) continue;
      if (areTheSame(first, other)) twins.add(other);
      else ambiguous.add(key);
    }
  }
  const clear = all
    .filter((one) => !twins.has(one))
    .map(({ entry, keys }) => ({ entry, keys: keys.filter((key) => !ambiguous.has(key)) }))
    .map(({ entry, keys }) => ({ entry, keys: keys.length > 0 ? keys : [wholeKey(entry)] }));
  return { entries: dropRepeated(clear), ambiguous: [...ambiguous] };
}

/** Entries that are alike in all may share no key with others but the one of the whole. */
function dropRepeated(entries: readonly IdentifiedEntry[]): readonly IdentifiedEntry[] {
  const taken = new Set<string>();
  return entries.filter(({ keys }) => {
    const isNew = keys.every((key) => !taken.has(key));
    for (const key of keys) taken.add(key);
    return isNew;
  });
}

function areTheSame(one: IdentifiedEntry, other: IdentifiedEntry): boolean {
  const shared = one.keys.filter((key) => other.keys.includes(key)).length;
  return shared > 1 || (shared === one.keys.length && shared === other.keys.length);
}

/** For an entry of which each single word stands with others too. */
function wholeKey({ id, link, title, published, content, summary }: FeedEntry): string {
  return hashOf(JSON.stringify(['whole', id, link, title, published, content ?? summary]));
}

function keysOf(entry: FeedEntry, home: string | undefined): string[] {
  const { id, title, published = entry.updated, content, summary } = entry;
  const link = canonicalLink(entry.link);
  const words = normal(title);
  const text = normal(content ?? summary ?? '');
  const keys = [
    id === undefined ? undefined : `id ${canonicalLink(id) ?? id.trim()}`,
    link === undefined || link === home ? undefined : `link ${link}`,
    words === '' || published === undefined ? undefined : `day ${published.slice(0, 10)} ${words}`,
    published !== undefined || words + text === '' ? undefined : `text ${words} ${text}`,
  ].filter((key) => key !== undefined);
  return [...new Set(keys.map((key) => hashOf(key)))];
}

/** Case, spaces and marks change when a site is moved; letters and digits do not. */
function normal(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim()
    .slice(0, 5_000);
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 24);
}

/** The id of the entry that an article of a feed becomes; longer where the short one is taken. */
export function entryIdOf(feed: string, [key = '']: readonly string[], letters = 10): string {
  return `${feed}-${key.slice(0, letters)}`;
}

/** True for the id of an entry that a feed has made, or may make. */
export function isEntryOf(feed: string, entry: string): boolean {
  return (
    entry.startsWith(`${feed}-`) &&
    /^(?:[0-9a-f]{10}|[0-9a-f]{24})$/.test(entry.slice(feed.length + 1))
  );
}
