import { openPageReader, type PageReader } from '../articles/page-reader.ts';
import type { FeedDocument } from './feed-document.ts';

/** The most that a feed may hold, unpacked. */
export const maxFeedBytes = 10_000_000;

const timeoutMs = 4_000;
/** `.js` once built; `.ts` where the sources run themselves. */
const extension = import.meta.url.slice(import.meta.url.lastIndexOf('.'));

export type FeedReader = PageReader<FeedDocument>;

/** Opens a reader of feeds in a worker thread of its own. What it cannot read, it refuses with a sentence for people. */
export function openFeedReader(): FeedReader {
  const workerFile = new URL(`./feed-worker${extension}`, import.meta.url);
  return openPageReader<FeedDocument>({
    workerFile,
    timeoutMs,
    noun: 'feed',
    maxBytes: maxFeedBytes,
  });
}
