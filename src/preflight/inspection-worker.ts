import { parentPort } from 'node:worker_threads';
import type { PageSource } from '../articles/read-page.ts';
import { inspectPage } from './inspect-page.ts';

/** Runs in a worker thread: inspects one page for each message, so that one that never ends can be cut off. */
parentPort?.on('message', (source: PageSource) => {
  try {
    parentPort?.postMessage({ article: inspectPage(source) });
  } catch (error) {
    parentPort?.postMessage({ error: String(error).slice(0, 300) });
  }
});
parentPort?.postMessage({ ready: true });
