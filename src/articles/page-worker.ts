import { parentPort } from 'node:worker_threads';
import { type PageSource, readPage } from './read-page.ts';

/** Runs in a worker thread: reads one page for each message, so that one that never ends can be cut off. */
parentPort?.on('message', (source: PageSource) => {
  try {
    parentPort?.postMessage({ article: readPage(source) });
  } catch (error) {
    parentPort?.postMessage({ error: String(error).slice(0, 300) });
  }
});
parentPort?.postMessage({ ready: true });
