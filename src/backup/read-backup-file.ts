import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { readLines } from '../core/read-lines.ts';
import {
  type BackupEntry,
  BackupError,
  type BackupHead,
  readEnd,
  readEntry,
  readHead,
} from './backup-format.ts';

/**
 * Reads a whole backup, and answers its head once all of it is known to be there as it was written.
 *
 * @throws {BackupError} if it is cut off, damaged, of a later version, or no backup at all
 */
export async function checkBackupFile(file: string): Promise<BackupHead> {
  const hash = createHash('sha256');
  let head: BackupHead | undefined;
  let lines = 0;
  let isWhole = false;
  for await (const line of linesOf(file)) {
    if (isWhole) throw damaged(file);
    if (lines === 0) {
      head = readHead(line);
      if (head === undefined) throw foreign(file);
      if (head.carillonBackup !== 1) throw tooNew(file, head);
    }
    const end = readEnd(line);
    if (end === undefined) {
      hash.update(`${line}\n`);
      lines += 1;
    } else if (end.lines === lines && end.sha256 === hash.digest('hex')) isWhole = true;
    else throw damaged(file);
  }
  if (head === undefined) throw foreign(file);
  if (!isWhole) throw cutOff(file);
  return head;
}

/** True if a file begins as a backup does. */
export async function isBackupFile(file: string): Promise<boolean> {
  try {
    for await (const line of linesOf(file)) return readHead(line) !== undefined;
  } catch (error) {
    if (!(error instanceof BackupError)) throw error;
  }
  return false;
}

/** What stands in a backup that was checked. @throws {BackupError} if it was changed since */
export async function* readBackupFile(file: string): AsyncGenerator<BackupEntry> {
  let isHead = true;
  for await (const line of linesOf(file)) {
    if (!isHead && readEnd(line) === undefined) {
      const entry = readEntry(line);
      if (entry === undefined) throw damaged(file);
      yield entry;
    }
    isHead = false;
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const unzipped = createGunzip();
  pipeline(createReadStream(file), unzipped, () => undefined);
  try {
    yield* readLines(unzipped);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'Z_BUF_ERROR') throw cutOff(file, error);
    if (code === 'Z_DATA_ERROR') throw damaged(file, error);
    throw new BackupError(`${file} cannot be read (${code}).`, { cause: error });
  }
}

const NOTHING_DONE = 'Nothing was restored.';

function cutOff(file: string, cause?: unknown): BackupError {
  return new BackupError(
    `${file} is cut off: its end is missing, as when a copy was broken off or a disk was full. Take another copy. ${NOTHING_DONE}`,
    { cause },
  );
}

function damaged(file: string, cause?: unknown): BackupError {
  return new BackupError(
    `${file} is damaged, or no backup of Carillon: what stands in it is not what was written. Take another copy. ${NOTHING_DONE}`,
    { cause },
  );
}

function foreign(file: string): BackupError {
  return new BackupError(
    `${file} is no backup of Carillon. Name a file that "carillon backup" has written. ${NOTHING_DONE}`,
  );
}

function tooNew(file: string, { version }: BackupHead): BackupError {
  return new BackupError(
    `${file} was written by Carillon ${version}, in a form that this version does not know. Restore it with that version or a later one. ${NOTHING_DONE}`,
  );
}
