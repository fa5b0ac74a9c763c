import type { Worker } from 'node:worker_threads';
import { startThread } from '../core/start-thread.ts';
import type { PageArticle, PageSource } from './read-page.ts';

/** The most that a page may hold, unpacked. */
export const maxPageBytes = 5_000_000;

/** Reads pages in a worker thread of its own, one after the other. */
export interface PageReader<Reading = PageArticle> {
  /** @throws {PageError} if the page is too large, or cannot be read in time */
  read(source: PageSource): Promise<Reading>;
}

/** A page cannot be read as an article. The message is a sentence for people. */
export class PageError extends Error {
  override readonly name = 'PageError';
}

export interface PageReaderOptions {
  /** Time for one page. */
  readonly timeoutMs?: number;
  /** The file of the worker, for what else is to be read of a page, and for tests. */
  readonly workerFile?: URL;
  /** What it reads, as people call it. Default: page. */
  readonly noun?: string;
  /** The most that one may hold, unpacked. Default: `maxPageBytes`. */
  readonly maxBytes?: number;
}

const usualTimeoutMs = 6_000;
const startTimeoutMs = 30_000;
const memory = { maxOldGenerationSizeMb: 400, stackSizeMb: 4 };
/** `.js` once built; `.ts` where the sources run themselves. */
const extension = import.meta.url.slice(import.meta.url.lastIndexOf('.'));

/** Opens a reader. It starts its worker with the first page, and keeps no process alive while it has none to read. */
export function openPageReader<Reading = PageArticle>(
  options: PageReaderOptions = {},
): PageReader<Reading> {
  const { timeoutMs = usualTimeoutMs, noun = 'page', maxBytes = maxPageBytes } = options;
  const file = options.workerFile ?? new URL(`./page-worker${extension}`, import.meta.url);
  let worker: Promise<Worker> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const readOne = async (source: PageSource): Promise<Reading> => {
    if (source.bytes.byteLength > maxBytes) {
      throw new PageError(
        `The ${noun} is larger than ${maxBytes / 1_000_000} MB. Name a smaller one.`,
      );
    }
    worker ??= startWorker(file, noun);
    const running = await worker;
    try {
      return await ask<Reading>(running, source, { timeoutMs, noun });
    } catch (error) {
      // A worker that failed once may be in any state.
      worker = undefined;
      await running.terminate();
      throw error;
    }
  };
  return {
    read(source) {
      const reading = last.then(() => readOne(source));
      last = reading.catch(() => {});
      return reading;
    },
  };
}

async function startWorker(file: URL, noun: string): Promise<Worker> {
  const worker = startThread(file, { resourceLimits: memory, stdout: false, stderr: false });
  await answerOf(worker, { timeoutMs: startTimeoutMs, noun });
  worker.unref();
  return worker;
}

interface Answer {
  /** What the worker has read of the page. */
  readonly article?: unknown;
  readonly error?: string;
  /** True if the error is a sentence for people already. */
  readonly isSaid?: boolean;
}

interface Asking {
  readonly timeoutMs: number;
  readonly noun: string;
}

async function ask<Reading>(worker: Worker, source: PageSource, asking: Asking): Promise<Reading> {
  worker.ref();
  try {
    const answer = answerOf(worker, asking);
    worker.postMessage(source);
    const { article, error = '', isSaid } = await answer;
    if (article) return article as Reading;
    const { noun } = asking;
    throw new PageError(
      isSaid
        ? error
        : `The ${noun} cannot be read: it is too large, nested too deeply, or broken (${error}).`,
    );
  } finally {
    worker.unref();
  }
}

function answerOf(worker: Worker, { timeoutMs, noun }: Asking): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const giveUp = (message: string) => settle(() => reject(new PageError(message)));
    const timer = setTimeout(() => {
      giveUp(
        noun === 'page'
          ? 'The page takes too long to read. Name a simpler page, or write the article yourself.'
          : `The ${noun} takes too long to read. Name a simpler one.`,
      );
    }, timeoutMs);
    const onMessage = (answer: Answer) => settle(() => resolve(answer));
    const onError = (error: Error) => {
      giveUp(
        `The ${noun} cannot be read: it needs too much memory, or is broken (${error.message}).`,
      );
    };
    const onExit = () => giveUp(`The ${noun} cannot be read: its reader ended too early.`);
    const settle = (end: () => void) => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      end();
    };
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  });
}
