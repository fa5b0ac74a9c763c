import { chooseAtomLink, markupOf, readAtomEntry } from './atom-entries.ts';
import { decodeFeed } from './decode-feed.ts';
import type { FeedDocument } from './feed-document.ts';
import { absoluteLink } from './feed-links.ts';
import { readFeedLine, readFeedText } from './feed-text.ts';
import { first, given } from './finish-entry.ts';
import { readJsonEntry } from './json-entries.ts';
import { type ParsedFeed, parseFeedText } from './parsed-feed.ts';
import { publisherPause } from './publisher-pause.ts';
import { readRssEntry } from './rss-entries.ts';
import { sayNoFeed } from './say-no-feed.ts';

export interface FeedSource {
  readonly bytes: Uint8Array;
  /** As the server says. */
  readonly contentType?: string | undefined;
  /** Where the feed was found. */
  readonly url?: string | undefined;
}

/** What was fetched is no feed. The message is a sentence for people. */
export class FeedError extends Error {
  override readonly name = 'FeedError';
}

/**
 * Reads an RSS, Atom, RDF or JSON feed. Takes long with documents that are made for it: run it in a worker.
 *
 * @throws {FeedError} if it is none
 */
export function readFeed({ bytes, contentType, url }: FeedSource): FeedDocument {
  const text = decodeFeed(bytes, contentType);
  let reading: ReturnType<typeof parseFeedText>;
  try {
    reading = parseFeedText(text);
  } catch {
    throw new FeedError(sayNoFeed(text, url));
  }
  return { ...readParsed(reading.parsed, url), isWhole: reading.isWhole };
}

function readParsed(parsed: ParsedFeed, url: string | undefined): Omit<FeedDocument, 'isWhole'> {
  switch (parsed.format) {
    case 'rss':
    case 'rdf': {
      const { feed } = parsed;
      const link =
        absoluteLink(feed.link, [url, feed.xml?.base]) ?? chooseAtomLink(feed.atom?.links, [url]);
      const bases = [url, feed.xml?.base === undefined ? link : undefined, feed.xml?.base];
      return {
        title: readFeedLine(first(feed.title, feed.dc?.titles?.[0])) ?? '',
        ...given('link', link),
        ...given(
          'summary',
          readFeedText(
            first(feed.description, 'itunes' in feed ? feed.itunes?.summary : undefined),
          ),
        ),
        ...given(
          'language',
          first(
            'language' in feed ? feed.language : undefined,
            feed.dc?.languages?.[0],
            feed.xml?.lang,
          ),
        ),
        ...given('pauseMs', publisherPause('ttl' in feed ? feed.ttl : undefined, feed.sy)),
        entries: (feed.items ?? []).map((item) => readRssEntry(item, bases)),
      };
    }
    case 'atom': {
      const { feed } = parsed;
      const bases = [url, feed.xml?.base];
      return {
        title: readFeedLine(markupOf(feed.title), feed.title?.type === 'text') ?? '',
        ...given('link', chooseAtomLink(feed.links, bases)),
        ...given('summary', readFeedText(markupOf(feed.subtitle))),
        ...given('language', feed.xml?.lang),
        ...given('pauseMs', publisherPause(undefined, feed.sy)),
        entries: (feed.entries ?? []).map((entry) => readAtomEntry(entry, bases)),
      };
    }
    case 'json': {
      const { feed } = parsed;
      const bases = [url, feed.home_page_url];
      return {
        title: readFeedLine(feed.title, true) ?? '',
        ...given('link', absoluteLink(feed.home_page_url, [url])),
        ...given('summary', readFeedText(feed.description, true)),
        ...given('language', feed.language),
        entries: (feed.items ?? []).map((item) => readJsonEntry(item, bases)),
      };
    }
  }
}
