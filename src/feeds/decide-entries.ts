import type { Feed } from '../core/config.ts';
import { chooseTime, type Taken } from './choose-time.ts';
import { entryIdOf, type Identified, type IdentifiedEntry } from './entry-keys.ts';
import { articleOf, versionOf } from './feed-article.ts';
import type { FeedDocument, FeedEntry } from './feed-document.ts';
import type { FeedState, Keyed, KnownEntry, PassedOver } from './feed-memory.ts';

export interface Deciding {
  readonly feed: Feed;
  /** IANA name. */
  readonly timezone: string;
  readonly document: FeedDocument;
  readonly identified: Identified;
  /** The id that each key belongs to. */
  readonly owners: ReadonlyMap<string, string>;
  readonly known: ReadonlyMap<string, KnownEntry>;
  readonly state: FeedState | undefined;
  /** Times that other articles of the feed have. */
  readonly taken: readonly Taken[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface Decided {
  readonly fresh: readonly Keyed<KnownEntry>[];
  readonly changed: readonly Keyed<KnownEntry>[];
  readonly seen: readonly Keyed<{ readonly id: string }>[];
}

const dayMs = 86_400_000;
/** What came out longer ago is no news, wherever it turns up. */
const oldMs = 7 * dayMs;
/** Articles do not turn up in the order in which they came out; but more than this behind the newest is no news. */
const behindMs = 2 * dayMs;
/** A time further ahead than this is a mistake. */
const aheadMs = 366 * dayMs;
/** So many unknown ones of the same hour, and not one known among them, are a site that was moved. */
const leastImport = 10;
const importSpanMs = 3_600_000;

/** Decides what is to be made of the entries of a document. Pure: the same document and memory give the same. */
export function decideEntries(deciding: Deciding): Decided {
  const { identified, owners, known, feed, document } = deciding;
  const fresh: IdentifiedEntry[] = [];
  const changed: Keyed<KnownEntry>[] = [];
  const seen: Keyed<{ readonly id: string }>[] = [];
  const retaken: Keyed<KnownEntry>[] = [];
  for (const one of identified.entries) {
    const id = one.keys.map((key) => owners.get(key)).find((owner) => owner !== undefined);
    const before = id === undefined ? undefined : known.get(id);
    if (id === undefined) {
      fresh.push(one);
    } else if (before === undefined) {
      seen.push({ id, keys: one.keys });
    } else {
      const after = renew(before, one.entry, document, feed);
      if (after === before) seen.push({ id, keys: one.keys });
      else if (after.passed === undefined && before.passed !== undefined) {
        retaken.push({ ...after, keys: one.keys });
      } else changed.push({ ...after, keys: one.keys });
    }
  }
  const taken = [...deciding.taken];
  const timed = (entry: Keyed<KnownEntry>): Keyed<KnownEntry> => {
    const due = timeOf(entry, deciding, taken);
    taken.push({ due, to: entry.to });
    return { ...entry, due };
  };
  const judged = judgeFresh(fresh, deciding);
  const wanted = [...retaken, ...judged.filter(({ passed }) => passed === undefined)];
  const inOrder = wanted.toSorted(
    (a, b) => (a.published ?? a.firstSeen) - (b.published ?? b.firstSeen),
  );
  const times = new Map(inOrder.map(timed).map((entry) => [entry.id, entry]));
  return {
    fresh: judged.map((entry) => times.get(entry.id) ?? entry),
    changed: [...changed, ...retaken.map((entry) => times.get(entry.id) ?? entry)],
    seen,
  };
}

/** What is known of an article after it was seen again; the same object if nothing of it has changed. */
function renew(
  before: KnownEntry,
  entry: FeedEntry,
  document: FeedDocument,
  feed: Feed,
): KnownEntry {
  const article = articleOf(entry, document);
  const version = versionOf(article);
  if (version === before.version) return before;
  const { title, categories } = entry;
  const after: KnownEntry = {
    ...before,
    title: title.slice(0, 300),
    categories,
    version,
    ...(article.link && { link: article.link }),
  };
  // Only the publisher can bring it in later, by filing it otherwise; a change of the config cannot.
  const isFiledOtherwise = !sameList(before.categories, categories);
  if (before.passed === 'categories' && isFiledOtherwise && isWanted(categories, feed)) {
    const { passed: _, ...rest } = after;
    return { ...rest, to: feed.template.to, article };
  }
  return before.article === undefined ? after : { ...after, article };
}

/** Names what is new, and says which of it does not go out. The newest stand first in most feeds. */
function judgeFresh(fresh: readonly IdentifiedEntry[], deciding: Deciding): Keyed<KnownEntry>[] {
  const { document, feed, known, now, state } = deciding;
  const isFirst = state?.startedAt === undefined;
  const isImport = !isFirst && looksLikeImport(fresh, deciding);
  const newestFirst = fresh.toSorted((a, b) => publishedAt(b.entry, 0) - publishedAt(a.entry, 0));
  const backfilled = new Set(
    newestFirst.filter(({ entry }) => isWanted(entry.categories, feed)).slice(0, feed.backfill),
  );
  const ids = new Set(known.keys());

  return [...fresh].reverse().map((one) => {
    const { entry, keys } = one;
    const article = articleOf(entry, document);
    const published = publishedAt(entry);
    const passed = ((): PassedOver | undefined => {
      if (article.title === '' && article.text === '') return 'empty';
      if (!isWanted(entry.categories, feed)) return 'categories';
      if (isFirst) return backfilled.has(one) ? undefined : 'past';
      if (isImport) return 'import';
      return isOld(published, deciding) ? 'old' : undefined;
    })();
    const short = entryIdOf(feed.id, keys);
    const id = ids.has(short) ? entryIdOf(feed.id, keys, 24) : short;
    ids.add(id);
    return {
      id,
      keys,
      title: entry.title.slice(0, 300),
      firstSeen: now,
      categories: entry.categories,
      version: versionOf(article),
      to: passed === undefined ? feed.template.to : [],
      ...(article.link !== undefined && { link: article.link }),
      ...(published !== undefined && { published }),
      ...(passed === undefined ? { article } : { passed }),
    };
  });
}

function timeOf(
  { published, to }: KnownEntry,
  deciding: Deciding,
  taken: readonly Taken[],
): number {
  const { feed, timezone, now } = deciding;
  const isAhead = published !== undefined && published > now && published < now + aheadMs;
  const earliest = (isAhead ? published : now) + feed.afterMs;
  return chooseTime(earliest, { timezone, slots: feed.slots, perDay: feed.perDay, to }, taken);
}

function isOld(published: number | undefined, { state, now }: Deciding): boolean {
  if (published === undefined) return false;
  return published < Math.max(now - oldMs, (state?.newest ?? 0) - behindMs);
}

function looksLikeImport(
  fresh: readonly IdentifiedEntry[],
  { identified, known }: Deciding,
): boolean {
  if (fresh.length < leastImport || fresh.length < identified.entries.length) return false;
  if (known.size > 0) return false;
  const times = fresh.map(({ entry }) => publishedAt(entry)).filter((time) => time !== undefined);
  return times.length < fresh.length || Math.max(...times) - Math.min(...times) < importSpanMs;
}

/** Whether an article is filed as its feed's settings want it; in whatever case it is written. */
export function isWanted(
  categories: readonly string[],
  { only, except }: Pick<Feed, 'only' | 'except'>,
): boolean {
  const filed = new Set(categories.map(plain));
  if (except.some((category) => filed.has(plain(category)))) return false;
  return only.length === 0 || only.some((category) => filed.has(plain(category)));
}

function plain(category: string): string {
  return category.normalize('NFKC').trim().toLowerCase().replace(/^#/, '').replace(/\s+/g, ' ');
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}

function publishedAt(entry: FeedEntry): number | undefined;
function publishedAt(entry: FeedEntry, otherwise: number): number;
function publishedAt({ published, updated }: FeedEntry, otherwise?: number): number | undefined {
  const written = published ?? updated;
  return written === undefined ? otherwise : Date.parse(written);
}

/** When the newest article came out that is or was in a feed; what lies ahead counts as now. */
export function newestOf(
  { entries }: FeedDocument,
  state: FeedState | undefined,
  now: number,
): number | undefined {
  const times = entries.map((entry) => publishedAt(entry, 0)).filter((time) => time > 0);
  const newest = Math.max(state?.newest ?? 0, ...times.map((time) => Math.min(time, now)));
  return newest === 0 ? undefined : newest;
}
