import { closeSync, fdatasync, fstatSync, type Stats } from 'node:fs';
import { promisify } from 'node:util';
import { endJournalFile, filesOfJournal, isStillAt } from './journal-files.ts';
import {
  createJournalMemory,
  type JournalAttempt,
  type JournalEntry,
  type JournalLine,
  readJournalLines,
} from './journal-lines.ts';
import { openLasting, writeWhole } from './lasting-file.ts';
import type { Testimony } from './ledger.ts';

export type { JournalAttempt, JournalEntry } from './journal-lines.ts';

/**
 * A worker host's own witness, outside Redis: what it was about to send, and what came of it. A ledger that was
 * rolled back, restored or lost cannot deny what stands here. Append-only JSON lines; every line is on the disk
 * before its promise is kept. Lines that come while the disk is busy share its next flush.
 */
export interface Journal {
  /**
   * Before the write-ahead mark of the ledger.
   * @throws {JournalError} if it could not be written: then nothing may be sent
   */
  intend(entry: JournalEntry): Promise<void>;
  /**
   * Before the ledger hears of the outcome. Nothing is written for an unknown outcome: the intent stays.
   * @throws {JournalError}
   */
  settle(entry: JournalEntry, outcome: JournalOutcome): Promise<void>;
  /** The highest fencing token that this host has used. */
  highestFence(): number;
  /** The last attempt at a publication that may have sent something. */
  lastAttempt(publication: string): JournalAttempt | undefined;
  /** What the journal knows of each publication, told to a ledger that may have forgotten it. */
  testimonies(): readonly Testimony[];
  close(): void;
}

export type JournalOutcome =
  | {
      readonly kind: 'posted';
      readonly receipt: { readonly remoteId: string; readonly url: string };
      readonly isLastPart: boolean;
    }
  | { readonly kind: 'not-sent' };

/** The journal cannot be kept. The message says it to people. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
}

/** Reads a journal that another process may be writing. */
export function readJournal(file: string): Pick<Journal, 'highestFence' | 'testimonies'> {
  return readAll(file);
}

function readAll(file: string) {
  const memory = createJournalMemory();
  for (const one of filesOfJournal(file)) {
    for (const line of readJournalLines(one)) memory.take(line);
  }
  return memory;
}

/** A file that has grown beyond this is ended, and another one begun. */
const LARGEST = 8 * 2 ** 20;

/**
 * @param flush puts what was written on the disk; a rehearsal, of which nothing has to last, does without
 * @throws {JournalError} if the file cannot be opened for writing
 */
export function openJournal(
  file: string,
  now: () => number,
  flush: (descriptor: number) => Promise<void> = promisify(fdatasync),
  largest = LARGEST,
): Journal {
  let descriptor = explaining(file, () => openLasting(file));
  const memory = explaining(file, () => readAll(file));
  // A line torn by a crash, or by a full disk, must not swallow the next one.
  let isTorn = true;

  const openAnew = (): void => {
    const old = descriptor;
    descriptor = openLasting(file);
    closeSync(old);
    isTorn = true;
  };
  /** What is written is on the disk: where it cannot be ended, it grows on. */
  const endFile = (): void => {
    try {
      if (endJournalFile(file, descriptor)) openAnew();
    } catch {
      return;
    }
  };
  const write = async (lines: readonly JournalLine[]): Promise<void> => {
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    let written: Stats;
    try {
      do {
        // Another process has ended the file, or somebody has removed it.
        if (!isStillAt(file, descriptor)) openAnew();
        const start = isTorn ? '\n' : '';
        isTorn = true;
        writeWhole(descriptor, start + text);
        await flush(descriptor);
        isTorn = false;
        written = fstatSync(descriptor);
        // Compacted under a process that stood still, it stands nowhere.
      } while (written.nlink === 0);
    } catch (error) {
      throw explain(file, error);
    }
    for (const line of lines) memory.take(line);
    if (written.size > largest) endFile();
  };

  let waiting: JournalLine[] = [];
  let next: Promise<void> | undefined;
  let current: Promise<void> = Promise.resolve();
  const append = (line: JournalLine): Promise<void> => {
    waiting.push(line);
    next ??= current
      .catch(() => undefined)
      .then(() => {
        const lines = waiting;
        waiting = [];
        next = undefined;
        current = write(lines);
        return current;
      });
    return next;
  };
  return {
    ...memory,
    intend: (entry) => append({ ...entry, kind: 'intent', at: now() }),
    settle: (entry, outcome) => append({ ...entry, ...outcome, at: now() }),
    close: () => closeSync(descriptor),
  };
}

function explaining<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw explain(file, error);
  }
}

function explain(file: string, error: unknown): JournalError {
  const { code = String(error) } = error as NodeJS.ErrnoException;
  return new JournalError(
    `The journal ${file} cannot be written (${code}). See that its disk has room and that this user may write there.`,
    { cause: error },
  );
}
