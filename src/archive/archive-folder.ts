import {
  closeSync,
  createReadStream,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { readLines } from '../core/read-lines.ts';
import type { WholeRecord } from '../ledger/archived.ts';
import { openLasting, replaceLasting, writeWhole } from '../ledger/lasting-file.ts';
import { monthOf, readLine, writeLine } from './archive-line.ts';

/** A line of an archive that cannot be read. */
export interface BrokenLine {
  readonly file: string;
  readonly line: number;
}

/** A line of an archive that can. */
export interface ArchivedLine {
  readonly record: WholeRecord;
  readonly month: string;
}

const FILE = /^\d{4}-\d{2}\.jsonl$/;

/** Where the archive of a ledger is on this host: beside its journals, by which the ledger is known again. */
export function archiveFolderOf(journals: string): string {
  return join(journals, 'archive');
}

/** Appends records, each to the file of its month. They are on the disk when it returns. @throws if they are not */
export function appendRecords(folder: string, records: readonly WholeRecord[]): void {
  const months = new Map<string, WholeRecord[]>();
  for (const record of records) {
    const month = monthOf(record);
    months.set(month, [...(months.get(month) ?? []), record]);
  }
  for (const [month, ofMonth] of months) {
    const file = join(folder, `${month}.jsonl`);
    const descriptor = openLasting(file);
    try {
      // A line torn by a crash, or by a full disk, must not swallow the next one.
      const start = endsWhole(file) ? '' : '\n';
      writeWhole(descriptor, start + ofMonth.map(writeLine).join(''));
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }
}

function endsWhole(file: string): boolean {
  const { size } = statSync(file);
  if (size === 0) return true;
  const descriptor = openSync(file, 'r');
  try {
    const last = Buffer.alloc(1);
    readSync(descriptor, last, 0, 1, size - 1);
    return last[0] === 10;
  } finally {
    closeSync(descriptor);
  }
}

/** The months that there are files of, oldest first. */
export function monthsOf(folder: string): readonly string[] {
  try {
    const names = readdirSync(folder).filter((name) => FILE.test(name));
    return names.sort().map((name) => name.slice(0, 7));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

interface Reading {
  readonly months: readonly string[];
  /** Told of each line that cannot be read. */
  onBroken(line: BrokenLine): void;
  /** Lines without this text are passed over, whatever they are. */
  readonly having?: string;
}

/** Reads the files of some months line by line, however large they are; one that is not there has none. */
export async function* readArchive(
  folder: string,
  { months, onBroken, having = '' }: Reading,
): AsyncGenerator<ArchivedLine> {
  for (const month of months) {
    const file = join(folder, `${month}.jsonl`);
    if (!monthsOf(folder).includes(month)) continue;
    let number = 0;
    for await (const line of readLines(createReadStream(file))) {
      number += 1;
      if (line === '' || !line.includes(having)) continue;
      const record = readLine(line);
      if (record === undefined) onBroken({ file, line: number });
      else yield { record, month };
    }
  }
}

const FENCE_FILE = 'highest-fence';

/** Notes the last token of the ledger that is being archived, on the disk: one that gives lower ones has forgotten something. */
export function noteFence(folder: string, fence: number): void {
  if (fence <= readFence(folder)) return;
  const file = join(folder, FENCE_FILE);
  closeSync(openLasting(file));
  replaceLasting(file, String(fence));
}

/** 0 where nothing was ever archived. */
export function readFence(folder: string): number {
  try {
    return Number(readFileSync(join(folder, FENCE_FILE), 'utf8')) || 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}
