import { randomUUID } from 'node:crypto';
import { chmod, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';

/**
 * Writes a file for people: whole or not at all, whatever happens meanwhile. Keeps the rights of a file that is
 * replaced, and the link if it is one.
 *
 * @param file absolute path
 * @param named as people named it
 * @throws {FileError} if it cannot be written
 */
export async function writeWhole(file: string, named: string, text: string): Promise<void> {
  const target = await realpath(file).catch(() => file);
  const beside = `${target}.${randomUUID()}.part`;
  try {
    await writeFile(beside, text, { flag: 'wx', flush: true });
    const replaced = await stat(target).catch(() => undefined);
    if (replaced !== undefined) await chmod(beside, replaced.mode);
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw new FileError(`${named} cannot be written: ${reasonOf(error)}`);
  }
}

/** A file cannot be written. The message says it to people. */
class FileError extends Error {
  override readonly name = 'FileError';
}

function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
      return 'its folder does not exist. Make it, or name another file.';
    case 'EISDIR':
      return 'it is a folder. Name a file.';
    case 'ENOSPC':
      return 'the disk is full. Free some space.';
    default:
      return `${code ?? String(error)}. See that this user may write there, or name another file.`;
  }
}
