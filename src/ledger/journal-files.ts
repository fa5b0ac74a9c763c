import { randomUUID } from 'node:crypto';
import { fstatSync, readdirSync, renameSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { flushDirectory } from './lasting-file.ts';

/**
 * The files of a journal, oldest first: those that were ended, such as `twitter.00000001-5f0c….jsonl`, and the one
 * that is written, `twitter.jsonl`. The last may be missing.
 */
export function filesOfJournal(file: string): readonly string[] {
  return [...endedFilesOf(file), file];
}

export function endedFilesOf(file: string): readonly string[] {
  const start = `${nameOf(file)}.`;
  const names = list(dirname(file)).filter(
    (name) => name.startsWith(start) && name.endsWith('.jsonl') && name !== basename(file),
  );
  return names.sort().map((name) => join(dirname(file), name));
}

/** The journals of a directory, each by the file that is written. */
export function journalsIn(directory: string): readonly string[] {
  const names = list(directory).filter((name) => name.endsWith('.jsonl'));
  return [...new Set(names.map(nameOf))].map((name) => join(directory, `${name}.jsonl`));
}

/**
 * Ends a file that has grown large: from here on it has a name of its own, by which it is read like before, also what
 * others may still append to it. False if somebody else has done so.
 */
export function endJournalFile(file: string, descriptor: number): boolean {
  if (!isStillAt(file, descriptor)) return false;
  const last = basename(endedFilesOf(file).at(-1) ?? '').split('.')[1] ?? '0';
  const number = String(Number.parseInt(last, 10) + 1).padStart(8, '0');
  // No other process takes the same name, so nothing is ever overwritten.
  renameSync(file, join(dirname(file), `${nameOf(file)}.${number}-${randomUUID()}.jsonl`));
  flushDirectory(dirname(file));
  return true;
}

/** True if the open file is the one that has this name. */
export function isStillAt(file: string, descriptor: number): boolean {
  const there = statSync(file, { throwIfNoEntry: false });
  const open = fstatSync(descriptor);
  return there?.ino === open.ino && there.dev === open.dev;
}

function nameOf(file: string): string {
  return basename(file).split('.')[0] ?? '';
}

function list(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
