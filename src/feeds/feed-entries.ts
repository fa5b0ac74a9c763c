import type { Config, Entry, Feed } from '../core/config.ts';
import { isOpen, type Publication } from '../core/publication.ts';
import { canonicalLink } from './canonical-link.ts';
import { isEntryOf } from './entry-keys.ts';
import type { FeedMemory, KnownEntry } from './feed-memory.ts';

/** What feeds have given, as entries that a plan takes like those of the config. */
export interface FeedEntries {
  readonly entries: readonly Entry[];
  /** Names of publications of the feeds whose article is not known any more: they stay as they are. */
  readonly leftAlone: ReadonlySet<string>;
}

/** What is due longer ago is over, unless the ledger says otherwise. */
const lookBackMs = 30 * 86_400_000;

/**
 * The entries of the feeds: what is due, what went out lately, and what the ledger still has to do with.
 *
 * @param config its feeds, and the entries that it has besides
 * @param records what the ledger has
 */
export async function readFeedEntries(
  { feeds, entries: written }: Pick<Config, 'feeds' | 'entries'>,
  memory: FeedMemory,
  records: readonly Publication[],
  now: number,
): Promise<FeedEntries> {
  const found: FoundEntry[] = [];
  const leftAlone = new Set<string>();
  for (const feed of feeds) {
    const open = records.filter(
      ({ entry, state }) => isEntryOf(feed.id, entry) && (isOpen(state) || state === 'handoff'),
    );
    const known = new Map<string, KnownEntry>();
    for (const entry of await memory.dueSince(feed.id, now - lookBackMs))
      known.set(entry.id, entry);
    const others = [...new Set(open.map(({ entry }) => entry))].filter((id) => !known.has(id));
    for (const entry of await memory.entries(feed.id, others)) {
      if (entry !== undefined) known.set(entry.id, entry);
    }
    for (const { publication, entry } of open) {
      if (known.get(entry)?.article === undefined) leftAlone.add(publication);
    }
    for (const one of known.values()) {
      const entry = entryOf(one, feed);
      if (entry !== undefined) found.push({ entry, firstSeen: one.firstSeen });
    }
  }
  return { entries: withoutRepeats(found, written), leftAlone };
}

interface FoundEntry {
  readonly entry: Entry;
  readonly firstSeen: number;
}

/** The same page goes to an account once, though several feeds give it, or the config has an entry for it. */
function withoutRepeats(found: readonly FoundEntry[], written: readonly Entry[]): readonly Entry[] {
  const given = new Set<string>();
  const take = ({ article, to }: Entry): string[] => {
    const link = canonicalLink(article.link);
    if (link === undefined) return [...to];
    const free = to.filter((account) => !given.has(`${account} ${link}`));
    for (const account of free) given.add(`${account} ${link}`);
    return free;
  };
  for (const entry of written) take(entry);
  return found
    .toSorted((a, b) => a.firstSeen - b.firstSeen || (a.entry.id < b.entry.id ? -1 : 1))
    .map(({ entry }) => ({ ...entry, to: take(entry) }))
    .filter(({ to }) => to.length > 0);
}

/** The entry that an article of a feed becomes. It goes to accounts that the feed had when its time was chosen, and still has. */
function entryOf({ id, article, due, to }: KnownEntry, { template }: Feed): Entry | undefined {
  const accounts = template.to.filter((account) => to.includes(account));
  if (article === undefined || due === undefined || accounts.length === 0) return undefined;
  return { ...template, id, article, at: { now: false, instant: due }, to: accounts };
}
