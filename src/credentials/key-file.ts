import { randomBytes, randomUUID } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { SecretKeyError } from '../core/credentials.ts';
import { type SecretKey, secretKeyBytes, secretKeyOf } from './seal.ts';

const ownerOnly = 0o600;

/**
 * The key in a file; undefined if there is none.
 *
 * @throws {SecretKeyError} if others than its owner may read it, or it holds no key
 */
export function readKeyFile(file: string): SecretKey | undefined {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unreadable(file, error);
  }
  try {
    const { mode } = fstatSync(handle);
    if ((mode & 0o077) !== 0) throw open(file, mode);
    const bytes = Buffer.from(readFileSync(handle, 'utf8').trim(), 'base64');
    if (bytes.length !== secretKeyBytes) throw damaged(file);
    return secretKeyOf(bytes);
  } finally {
    closeSync(handle);
  }
}

/**
 * Makes a key in a file that does not exist yet, readable by its owner only, and on the disk before this returns. Of
 * several processes at once one makes it; all answer the same key, and only that one `isNew`.
 */
export function makeKeyFile(file: string): { readonly key: SecretKey; readonly isNew: boolean } {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}.part`;
  let isNew = false;
  try {
    const handle = openSync(draft, 'wx', ownerOnly);
    try {
      writeFileSync(handle, `${randomBytes(secretKeyBytes).toString('base64')}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    isNew = linkIfFree(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
  syncDirectory(file);
  const key = readKeyFile(file);
  if (key === undefined) throw damaged(file);
  return { key, isNew };
}

/** Puts the key of one file in the place of another's. */
export function replaceKeyFile(from: string, to: string): void {
  renameSync(from, to);
  syncDirectory(to);
}

export function removeKeyFile(file: string): void {
  rmSync(file, { force: true });
  syncDirectory(file);
}

/** Unlike a rename, a link never takes the place of a file that is there. */
function linkIfFree(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function syncDirectory(file: string): void {
  const handle = openSync(dirname(file), 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function open(file: string, mode: number): SecretKeyError {
  const rights = (mode & 0o777).toString(8);
  return new SecretKeyError(
    `Others may read the key in ${file} (its rights are ${rights}): it is not used. Run "chmod 600 ${file}", and if somebody may have read it, "carillon rekey".`,
  );
}

function damaged(file: string): SecretKeyError {
  return new SecretKeyError(
    `${file} holds no key. Put it back from your copy; without it, remove the file and connect every account again.`,
  );
}

function unreadable(file: string, error: unknown): SecretKeyError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
  return new SecretKeyError(
    `The key in ${file} cannot be read (${code}). Run Carillon as the user who made it.`,
  );
}
