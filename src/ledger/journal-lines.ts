import { readFileSync } from 'node:fs';
import type { Testimony } from './ledger.ts';

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

/** A line of a journal. */
export interface JournalLine extends JournalEntry {
  readonly kind: 'intent' | 'posted' | 'not-sent';
  readonly at: number;
  readonly receipt?: { readonly remoteId: string; readonly url: string };
  readonly isLastPart?: boolean;
}

/** What follows from the lines: for each part of a publication, its receipt or the intents whose outcome is open. */
export function createJournalMemory() {
  const lines = new Map<string, readonly JournalLine[]>();
  let highest = 0;
  const linesOf = (publication: string) => lines.get(publication) ?? [];

  return {
    take(line: JournalLine): void {
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
    /** The lines that it all follows from: what they replace is not among them. */
    lines: (): readonly JournalLine[] => [...lines.values()].flat(),
    lastAttempt: (publication: string): JournalAttempt | undefined =>
      linesOf(publication).toSorted(byAttempt).at(-1),
    testimonies: (): readonly Testimony[] =>
      [...lines.values()].flatMap((ofPublication) => {
        const last = new Map(ofPublication.toSorted(byAttempt).map((line) => [line.part, line]));
        return [...last.values()].sort((a, b) => a.part - b.part).map(testify);
      }),
  };
}

function byAttempt(a: JournalLine, b: JournalLine): number {
  return a.fence - b.fence || a.part - b.part;
}

function testify({ kind, ...line }: JournalLine): Testimony {
  return { ...line, kind: kind === 'posted' ? 'posted' : 'may-be-posted' };
}

/** The lines of a file that can be read; none if there is no such file. */
export function readJournalLines(file: string): readonly JournalLine[] {
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

function isLine(read: unknown): read is JournalLine {
  const line = read as Partial<JournalLine> | null | undefined;
  return (
    typeof line?.publication === 'string' && [line.fence, line.part].every(Number.isSafeInteger)
  );
}
