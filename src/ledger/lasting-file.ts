import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Opens for appending; a file that is new has its name on the disk too. */
export function openLasting(file: string): number {
  const directory = dirname(file);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const isNew = !existsSync(file);
  const descriptor = openSync(file, 'a', 0o600);
  if (isNew) {
    const parent = openSync(directory, 'r');
    fsyncSync(parent);
    closeSync(parent);
  }
  return descriptor;
}

export function writeWhole(descriptor: number, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
}
