import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** Opens for appending; a file that is new has its name on the disk too. */
export function openLasting(file: string): number {
  const directory = dirname(file);
  const firstMade = mkdirSync(directory, { recursive: true, mode: 0o700 });
  for (let made = directory; firstMade !== undefined; made = dirname(made)) {
    flushDirectory(dirname(made));
    if (made === firstMade || made === dirname(made)) break;
  }
  const isNew = !existsSync(file);
  const descriptor = openSync(file, 'a', 0o600);
  if (isNew) flushDirectory(directory);
  return descriptor;
}

/** Puts the names in a directory on the disk. */
export function flushDirectory(directory: string): void {
  const descriptor = openSync(directory, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

/** Gives a file another content: after a crash it has the old one or the new one, whole. */
export function replaceLasting(file: string, text: string): void {
  const draft = `${file}.${process.pid}.part`;
  const descriptor = openSync(draft, 'w', 0o600);
  try {
    writeWhole(descriptor, text);
    fsyncSync(descriptor);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, file);
  flushDirectory(dirname(file));
}

export function writeWhole(descriptor: number, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
}
