import { openPageReader } from '../articles/page-reader.ts';
import { openPages, type Pages } from '../articles/pages.ts';
import { readAllowedHosts } from '../fetching/allowed-hosts.ts';
import { createSafeFetch, type Fetched, type SafeFetch } from '../fetching/fetch-safely.ts';
import type { Wire } from '../fetching/wire.ts';
import type { FeedDocument } from './feed-document.ts';
import { type FeedReader, maxFeedBytes, openFeedReader } from './feed-reader.ts';

/** How feeds and the pages of their articles are reached. */
export interface FeedAccess {
  readonly fetch: SafeFetch;
  readonly reader: FeedReader;
  /** A reader of pages that remembers none from before. */
  openPages(): Pages;
}

export interface FeedAccessOptions {
  /** Hosts of the own network that may be fetched from. */
  readonly allow: readonly string[];
  /** Where images of pages are kept: an absolute path. */
  readonly imageDirectory: string;
  readonly wire?: Wire;
}

export function openFeedAccess({ allow, imageDirectory, wire }: FeedAccessOptions): FeedAccess {
  const fetch = createSafeFetch({ allowed: readAllowedHosts(allow), ...(wire && { wire }) });
  const reader = openFeedReader();
  const pageReader = openPageReader();
  return {
    fetch,
    reader,
    openPages: () => openPages({ fetch, reader: pageReader, imageDirectory }),
  };
}

const accept =
  'application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5';

export interface FeedLook {
  readonly fetched: Fetched;
  /** Missing if nothing has changed since the version that was known. */
  readonly document?: FeedDocument;
}

/** Fetches and reads a feed. @throws an error whose message is a sentence for people */
export async function lookAtFeed(
  url: string,
  { fetch, reader }: Pick<FeedAccess, 'fetch' | 'reader'>,
  known?: { readonly etag?: string; readonly lastModified?: string },
): Promise<FeedLook> {
  const fetched = await fetch(url, { accept, maxBytes: maxFeedBytes, ...(known && { known }) });
  if (fetched.isUnmodified) return { fetched };
  const { bytes, contentType } = fetched;
  return { fetched, document: await reader.read({ bytes, contentType, url: fetched.url }) };
}
