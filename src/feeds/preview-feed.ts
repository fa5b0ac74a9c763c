import type { Entry, Feed } from '../core/config.ts';
import { chooseTime, type Taken } from './choose-time.ts';
import { isWanted } from './decide-entries.ts';
import { entryIdOf, identifyEntries } from './entry-keys.ts';
import { articleOf } from './feed-article.ts';
import { type FeedAccess, lookAtFeed } from './look-at-feed.ts';
import { readWholeArticle } from './read-whole-article.ts';

export interface FeedPreview {
  /** Its newest articles as entries, as if they were new at this moment; the newest first. */
  readonly entries: readonly Entry[];
  /** How many articles it shows, and how many of them are filed as the config wants it. */
  readonly shown: number;
  readonly wanted: number;
  readonly warnings: readonly string[];
}

export interface PreviewingFeed {
  readonly access: FeedAccess;
  /** IANA name. */
  readonly timezone: string;
  readonly now: number;
  /** How many articles, at most. */
  readonly most: number;
}

/**
 * Reads a feed now, and remembers nothing.
 *
 * @throws an error whose message is a sentence for people
 */
export async function previewFeed(feed: Feed, previewing: PreviewingFeed): Promise<FeedPreview> {
  const { access, timezone, now, most } = previewing;
  const { document, fetched } = await lookAtFeed(feed.url, access);
  const { entries: identified } = identifyEntries(document ?? noDocument);
  const wanted = identified.filter(({ entry }) => isWanted(entry.categories, feed));
  const newest = wanted
    .toSorted((a, b) => timeOf(b.entry.published) - timeOf(a.entry.published))
    .slice(0, most);
  const warnings: string[] = [];
  if (fetched.movedTo !== undefined) {
    warnings.push(`The feed has moved for good: write "url: ${fetched.movedTo}".`);
  }
  const taken: Taken[] = [];
  const pages = access.openPages();
  const entries: Entry[] = [];
  for (const { entry, keys } of newest.toReversed()) {
    const told = articleOf(entry, document ?? noDocument);
    const { article, warning } = feed.full
      ? await readWholeArticle(told, pages, feed.template.place)
      : { article: told };
    if (warning !== undefined) warnings.push(warning);
    const { to } = feed.template;
    const instant = chooseTime(now + feed.afterMs, { ...feed, timezone, to }, taken);
    taken.push({ due: instant, to });
    entries.unshift({
      ...feed.template,
      id: entryIdOf(feed.id, keys),
      article,
      at: { now: false, instant },
    });
  }
  return { entries, shown: identified.length, wanted: wanted.length, warnings };
}

const noDocument = { title: '', isWhole: true, entries: [] };

function timeOf(published: string | undefined): number {
  return published === undefined ? 0 : Date.parse(published);
}
