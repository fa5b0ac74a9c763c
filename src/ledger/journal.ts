import { closeSync, fdatasyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Testimony } from './ledger.ts';

/**
 * A worker host's own witness, outside Redis: what it was about to send, and what came of it. A ledger that was
 * rolled back, restored or lost cannot deny what stands here. Append-only JSON lines; every line is on the disk
 * before the call returns.
 */
export interface Journal {
  /** Before the write-ahead mark of the ledger. */
  intend(entry: JournalEntry): void;
  /** Before the ledger hears of the outcome. Nothing is written for an unknown outcome: the intent stays. */
  settle(entry: JournalEntry, outcome: JournalOutcome): void;
  /** The highest fencing token that this host has used. */
  highestFence(): number;
  /** The token of the last attempt at a publication that may have sent something. 0: none. */
  lastFence(publication: string): number;
  /** What the journal knows of each publication, told to a ledger that may have forgotten it. */
  testimonies(): readonly Testimony[];
  close(): void;
}

export interface JournalEntry {
  readonly publication: string;
  readonly entry: string;
  readonly account: string;
  readonly network: string;
  readonly due: number;
  readonly fence: number;
  readonly part: number;
}

export type JournalOutcome =
  | {
      readonly kind: 'posted';
      readonly receipt: { readonly remoteId: string; readonly url: string };
      readonly isLastPart: boolean;
    }
  | { readonly kind: 'not-sent' };

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

export function openJournal(file: string, now: () => number): Journal {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const memory = createMemory();
  for (const line of readLines(file)) memory.take(line);
  const descriptor = openSync(file, 'a', 0o600);
  // A line torn by a crash must not swallow the next one.
  writeSync(descriptor, '\n');

  const append = (line: Line): void => {
    writeSync(descriptor, `${JSON.stringify(line)}\n`);
    fdatasyncSync(descriptor);
    memory.take(line);
  };
  return {
    intend: (entry) => append({ ...entry, kind: 'intent', at: now() }),
    settle: (entry, outcome) => append({ ...entry, ...outcome, at: now() }),
    highestFence: () => memory.highestFence(),
    lastFence: (publication) => memory.lastFence(publication),
    testimonies: () => memory.testimonies(),
    close: () => closeSync(descriptor),
  };
}

/** What follows from the lines: for each part of a publication, its receipt or its last open intent. */
function createMemory() {
  const parts = new Map<string, Map<number, Line>>();
  let highest = 0;
  const lineOf = (publication: string, part: number) => parts.get(publication)?.get(part);

  return {
    take(line: Line): void {
      highest = Math.max(highest, line.fence);
      const known = lineOf(line.publication, line.part);
      if (known?.kind === 'posted') return;
      const ofPublication = parts.get(line.publication) ?? new Map<number, Line>();
      parts.set(line.publication, ofPublication);
      if (line.kind !== 'not-sent') ofPublication.set(line.part, line);
      else if (known?.fence === line.fence) ofPublication.delete(line.part);
    },
    highestFence: () => highest,
    lastFence(publication: string): number {
      const lines = [...(parts.get(publication)?.values() ?? [])];
      return Math.max(0, ...lines.map((line) => line.fence));
    },
    testimonies(): readonly Testimony[] {
      return [...parts.values()].flatMap((ofPublication) =>
        [...ofPublication.values()]
          .sort((a, b) => a.part - b.part)
          .map(({ kind, ...line }) => ({
            ...line,
            kind: kind === 'posted' ? ('posted' as const) : ('may-be-posted' as const),
          })),
      );
    },
  };
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
      return line === '' ? [] : [JSON.parse(line) as Line];
    } catch {
      // The last line of a process that died while it wrote. Its request had not begun.
      return [];
    }
  });
}
