import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type BackupEnd, type BackupEntry, type BackupHead, writeEntry } from './backup-format.ts';

/**
 * Writes a backup that is there whole, and on the disk, or not at all; only its owner may read it. Answers how many keys
 * it holds.
 */
export async function writeBackupFile(
  file: string,
  head: BackupHead,
  entries: AsyncIterable<BackupEntry>,
): Promise<number> {
  const draft = `${file}.${process.pid}.part`;
  let keys = 0;
  async function* counted() {
    for await (const entry of entries) {
      if (entry.isFirst) keys += 1;
      yield entry;
    }
  }
  try {
    await pipeline(
      Readable.from(linesOf(head, counted())),
      createGzip(),
      createWriteStream(draft, { mode: 0o600 }),
    );
    await flush(draft);
    await rename(draft, file);
    await flush(dirname(file));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  return keys;
}

async function* linesOf(
  head: BackupHead,
  entries: AsyncIterable<BackupEntry>,
): AsyncGenerator<string> {
  const hash = createHash('sha256');
  let lines = 0;
  const take = (text: string): string => {
    const line = `${text}\n`;
    hash.update(line);
    lines += 1;
    return line;
  };
  yield take(JSON.stringify(head));
  for await (const entry of entries) yield take(writeEntry(entry));
  const end: BackupEnd = { end: true, lines, sha256: hash.digest('hex') };
  yield `${JSON.stringify(end)}\n`;
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
