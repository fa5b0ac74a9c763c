import type { Feed } from '../../src/core/config.ts';
import type { FeedDocument, FeedEntry } from '../../src/feeds/feed-document.ts';

export interface Item {
  readonly title?: string;
  readonly guid?: string;
  readonly link?: string;
  readonly date?: string;
  readonly text?: string;
  readonly category?: string;
}

/** The text of an RSS feed with these items. */
export function rss(...items: readonly Item[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>City Library</title>
<link>https://library.example.org/</link><description>News</description>${items.map(itemOf).join('')}</channel></rss>`;
}

function itemOf({ title, guid, link, date, text, category }: Item): string {
  const part = (name: string, value: string | undefined, attributes = '') =>
    value === undefined ? '' : `<${name}${attributes}>${value.replaceAll('&', '&amp;')}</${name}>`;
  return `<item>${part('title', title)}${part('link', link)}${part('guid', guid, ' isPermaLink="false"')}${part('pubDate', date)}${part('description', text)}${part('category', category)}</item>`;
}

export function anEntry(over: Partial<FeedEntry> = {}): FeedEntry {
  return {
    title: 'Night opening',
    id: 'tag:library,17',
    link: 'https://library.example.org/news/night',
    published: '2026-11-24T08:00:00.000Z',
    categories: [],
    ...over,
  };
}

export function aDocument(...entries: readonly FeedEntry[]): FeedDocument {
  return { title: 'City Library', link: 'https://library.example.org/', isWhole: true, entries };
}

/** A feed of the config as most tests want it: no delay, no bounds. */
export function aFeed(over: Partial<Feed> = {}): Feed {
  return {
    id: 'news',
    url: 'http://library.example.org/feed.xml',
    everyMs: 900_000,
    afterMs: 0,
    slots: [],
    perDay: undefined,
    only: [],
    except: [],
    backfill: 0,
    full: false,
    template: {
      to: ['news-x'],
      text: new Map(),
      writing: { template: [], hashtags: [], thread: [], utm: undefined },
      publishByMs: 7_200_000,
      place: { file: 'carillon.yaml', line: 1, column: 1 },
    },
    ...over,
  };
}
