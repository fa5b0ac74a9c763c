import { parentPort } from 'node:worker_threads';
import { FeedError, type FeedSource, readFeed } from './read-feed.ts';

/** Runs in a worker thread: reads one feed for each message, so that one that never ends can be cut off. */
parentPort?.on('message', (source: FeedSource) => {
  try {
    parentPort?.postMessage({ article: readFeed(source) });
  } catch (error) {
    const isSaid = error instanceof FeedError;
    const message = isSaid ? error.message : String(error).slice(0, 300);
    parentPort?.postMessage({ error: message, isSaid });
  }
});
parentPort?.postMessage({ ready: true });
