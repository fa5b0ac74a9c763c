import { type FileHandle, open, readFile } from 'node:fs/promises';

/** Lines that survive `kill -9`: appended to one file, and on the disk before `settled` resolves. */
export interface Journal {
  /** Takes a line in order. Never waits: {@link settled} does. */
  append(line: string): void;
  /** Resolves once all lines given so far are on the disk; rejects for ever after a write has failed. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a journal and gives the lines that are whole. A torn last line, as a process that died while
 * writing leaves it, is cut off: nobody was told that it was stored.
 */
export async function openJournal(
  file: string,
): Promise<{ journal: Journal; lines: readonly string[] }> {
  const content = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });
  const whole = content.subarray(0, content.lastIndexOf(0x0a) + 1);
  const handle = await open(file, 'a');
  if (whole.length < content.length) {
    await handle.truncate(whole.length);
    await handle.sync();
  }
  const lines = whole
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  return { journal: new FileJournal(handle), lines };
}

/** For a sandbox without a data directory: nothing outlives the process. */
export const memoryJournal: Journal = {
  append() {},
  settled: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

class FileJournal implements Journal {
  readonly #handle: FileHandle;
  #waiting: string[] = [];
  #writing: Promise<void> = Promise.resolve();
  #isQueued = false;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  append(line: string): void {
    this.#waiting.push(line);
    if (this.#isQueued) return;
    this.#isQueued = true;
    // All lines that arrive while the disk is busy go out together in one write and one sync.
    this.#writing = this.#writing.then(() => this.#flush());
    // Whoever waits for `settled` learns of a failure; without anyone waiting it must not end the process.
    this.#writing.catch(() => undefined);
  }

  async #flush(): Promise<void> {
    const lines = this.#waiting;
    this.#waiting = [];
    this.#isQueued = false;
    await this.#handle.appendFile(`${lines.join('\n')}\n`);
    await this.#handle.datasync();
  }

  settled(): Promise<void> {
    return this.#writing;
  }

  async close(): Promise<void> {
    await this.#writing.catch(() => undefined);
    await this.#handle.close();
  }
}
