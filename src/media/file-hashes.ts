import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { writeWhole } from '../core/write-whole.ts';
import { sha256 } from './sha256.ts';

/** Hashes of files, remembered in a directory, so that thousands of unchanged images need not be read. */
export interface FileHashes {
  /** SHA-256 of a file's bytes, in hex. */
  hashOf(file: string): Promise<string>;
}

/** A file may change twice within one tick of its clock: so soon after a change nothing is remembered. */
const settledMs = 2_000;

export function openFileHashes(directory: string): FileHashes {
  return {
    async hashOf(file) {
      const memo = path.join(directory, `${sha256(file)}.json`);
      const stamp = await stampOf(file);
      const known = await readFile(memo, 'utf8').catch(() => '');
      const [, hash] = /^(?:.*)\n([\da-f]{64})\n$/.exec(known) ?? [];
      if (hash !== undefined && known.startsWith(`${stamp.text}\n`)) return hash;

      const counted = await countHash(file);
      const isSame = (await stampOf(file)).text === stamp.text;
      if (isSame && Date.now() - stamp.changedMs > settledMs) {
        // It only saves time.
        await writeWhole(memo, `${stamp.text}\n${counted}\n`).catch(() => undefined);
      }
      return counted;
    },
  };
}

/** Whatever changes when a file does: nobody sets back the time of its last change of any kind. */
async function stampOf(file: string): Promise<{ text: string; changedMs: number }> {
  const { size, mtimeNs, ctimeNs, ino, dev } = await stat(file, { bigint: true });
  return {
    text: [size, mtimeNs, ctimeNs, ino, dev].join(' '),
    changedMs: Math.max(Number(mtimeNs), Number(ctimeNs)) / 1_000_000,
  };
}

async function countHash(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
