import { closeSync, fstatSync, fsyncSync, openSync, readSync, statSync } from 'node:fs';
import { endedFilesOf, filesOfJournal } from './journal-files.ts';
import { createJournalMemory, type JournalLine, readJournalLines } from './journal-lines.ts';
import { replaceLasting, writeWhole } from './lasting-file.ts';

export interface Compacting {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** A file that somebody has written to since is left alone. */
  readonly idleMs: number;
  /** Lines that are younger than this stay, whatever the ledger says. */
  readonly keepMs: number;
  /** Those of these publications that the ledger has archived: no backup that is younger than that has forgotten them. */
  findArchived(publications: readonly string[]): Promise<ReadonlySet<string>>;
}

/**
 * Writes the ended files of a journal anew, without the lines that later ones replace, and without those of publications
 * that were archived long ago. The highest token stays, and what the journal testifies of everything else.
 *
 * @returns how many bytes that has freed
 */
export async function compactJournal(file: string, compacting: Compacting): Promise<number> {
  const { needed, missing } = await findNeeded(file, compacting);
  let freed = 0;
  let more = missing;
  // Oldest first, and none beyond one that is still written: an intent goes no later than what has settled it.
  for (const ended of endedFilesOf(file)) {
    if (statSync(ended).mtimeMs > compacting.now - compacting.idleMs) break;
    freed += compactFile(ended, needed, more);
    more = [];
  }
  return freed;
}

interface Needed {
  /** The lines that the journal as a whole follows from, as texts. */
  readonly needed: ReadonlySet<string>;
  /** Those of them that stand nowhere yet. */
  readonly missing: readonly string[];
}

async function findNeeded(
  file: string,
  { now, keepMs, findArchived }: Compacting,
): Promise<Needed> {
  const memory = createJournalMemory();
  const all = filesOfJournal(file).flatMap(readJournalLines);
  for (const line of all) memory.take(line);
  const lines = memory.lines();
  const old = lines.filter(({ at, kind }) => kind === 'posted' && at < now - keepMs);
  const names = [...new Set(old.map(({ publication }) => publication))];
  const archived = names.length === 0 ? new Set() : await findArchived(names);
  const dropped = new Set(old.filter(({ publication }) => archived.has(publication)));
  const kept = lines.filter((line) => !dropped.has(line));
  const highest = all.findLast(({ fence }) => fence === memory.highestFence());
  const hasHighest = kept.some(({ fence }) => fence === highest?.fence);
  // What had the highest token is over: that, and no more, is to be remembered of it.
  const witness = highest && !hasHighest ? [textOf({ ...highest, kind: 'not-sent' })] : [];
  const texts = new Set(all.map(textOf));
  return {
    needed: new Set([...kept.map(textOf), ...witness]),
    missing: witness.filter((text) => !texts.has(text)),
  };
}

function compactFile(
  ended: string,
  needed: ReadonlySet<string>,
  missing: readonly string[],
): number {
  const descriptor = openSync(ended, 'r');
  try {
    const before = fstatSync(descriptor);
    const kept = readJournalLines(ended)
      .map(textOf)
      .filter((text) => needed.has(text));
    const text = [...new Set([...kept, ...missing])].map((line) => `${line}\n`).join('');
    const size = Buffer.byteLength(text);
    if (missing.length === 0 && size >= before.size) return 0;
    replaceLasting(ended, text);
    // A process that stood still for so long may have written meanwhile: its lines come over.
    const more = readFrom(descriptor, before.size);
    if (more !== '') append(ended, `\n${more}`);
    return before.size - size;
  } finally {
    closeSync(descriptor);
  }
}

function append(file: string, text: string): void {
  const descriptor = openSync(file, 'a', 0o600);
  try {
    writeWhole(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function readFrom(descriptor: number, position: number): string {
  const { size } = fstatSync(descriptor);
  const bytes = Buffer.alloc(Math.max(0, size - position));
  const count = bytes.length === 0 ? 0 : readSync(descriptor, bytes, 0, bytes.length, position);
  return bytes.subarray(0, count).toString('utf8');
}

function textOf(line: JournalLine): string {
  return JSON.stringify(line);
}
