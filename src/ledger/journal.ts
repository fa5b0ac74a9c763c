import { closeSync, fdatasync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { openLasting, writeWhole } from './lasting-file.ts';
import type { Testimony } from './ledger.ts';

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

export interface JournalAttempt {
  readonly fence: number;
  readonly part: number;
}

export interface JournalEntry extends JournalAttempt {
  readonly publication: string;
  readonly entry: string;
  readonly account: string;
  readonly network: string;
  readonly due: number;
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

interface Line extends JournalEntry {
  readonly kind: 'intent' | 'posted' | 'not-sent';
  readonly at: number;
  readonly receipt?: { readonly remoteId: string; readonly url: string };
  readonly isLastPart?: boolean;
}

/** Reads a journal that another process may be writing. */
export function readJournal(file: string): Pick<Journal, 'highestFence' | 'testimonies'> {
  const memory = createMemory();
  for (const line of readLines(file)) memory.take(line);
  return memory;
}

/**
 * @param flush puts what was written on the disk; a rehearsal, of which nothing has to last, does without
 * @throws {JournalError} if the file cannot be opened for writing
 */
export function openJournal(
  file: string,
  now: () => number,
  flush: (descriptor: number) => Promise<void> = promisify(fdatasync),
): Journal {
  const memory = createMemory();
  const descriptor = explaining(file, () => {
    const opened = openLasting(file);
    for (const line of readLines(file)) memory.take(line);
    return opened;
  });
  // A line torn by a crash, or by a full disk, must not swallow the next one.
  let isTorn = true;

  const write = async (lines: readonly Line[]): Promise<void> => {
    const text = `${isTorn ? '\n' : ''}${lines.map((line) => `${JSON.stringify(line)}\n`).join('')}`;
    isTorn = true;
    try {
      writeWhole(descriptor, text);
      await flush(descriptor);
    } catch (error) {
      throw explain(file, error);
    }
    isTorn = false;
    for (const line of lines) memory.take(line);
  };

  let waiting: Line[] = [];
  let next: Promise<void> | undefined;
  let current: Promise<void> = Promise.resolve();
  const append = (line: Line): Promise<void> => {
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

/** What follows from the lines: for each part of a publication, its receipt or the intents whose outcome is open. */
function createMemory() {
  const lines = new Map<string, readonly Line[]>();
  let highest = 0;
  const linesOf = (publication: string) => lines.get(publication) ?? [];

  return {
    take(line: Line): void {
      highest = Math.max(highest, line.fence);
      const known = linesOf(line.publication);
      const ofPart = known.filter(({ part }) => part === line.part);
      if (ofPart.some(({ kind }) => kind === 'posted')) return;
      const others = known.filter(({ part }) => part !== line.part);
      const open = ofPart.filter(({ fence }) => fence !== line.fence);
      lines.set(line.publication, [
        ...others,
        ...(line.kind === 'posted' ? [] : open),
        ...(line.kind === 'not-sent' ? [] : [line]),
      ]);
    },
    highestFence: () => highest,
    lastAttempt: (publication: string): JournalAttempt | undefined =>
      linesOf(publication).toSorted(byAttempt).at(-1),
    testimonies: (): readonly Testimony[] =>
      [...lines.values()].flatMap((ofPublication) => {
        const last = new Map(ofPublication.toSorted(byAttempt).map((line) => [line.part, line]));
        return [...last.values()].sort((a, b) => a.part - b.part).map(testify);
      }),
  };
}

function byAttempt(a: Line, b: Line): number {
  return a.fence - b.fence || a.part - b.part;
}

function testify({ kind, ...line }: Line): Testimony {
  return { ...line, kind: kind === 'posted' ? 'posted' : 'may-be-posted' };
}

function readLines(file: string): readonly Line[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return text.split('\n').flatMap((line) => {
    try {
      const read: unknown = line === '' ? undefined : JSON.parse(line);
      return isLine(read) ? [read] : [];
    } catch {
      // Torn by a process that died, or a disk that filled up, while it was written. Its request had not begun.
      return [];
    }
  });
}

function isLine(read: unknown): read is Line {
  const line = read as Partial<Line> | null | undefined;
  return (
    typeof line?.publication === 'string' && [line.fence, line.part].every(Number.isSafeInteger)
  );
}
