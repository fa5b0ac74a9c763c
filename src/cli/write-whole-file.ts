import { chmod, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CallError } from './call.ts';

/**
 * Writes a file so that there is never half of it, whatever happens. One that is replaced keeps its rights, and a
 * link leads where it did.
 *
 * @throws {CallError} if it cannot be written
 */
export async function writeWholeFile(
  named: string,
  text: string,
  cwd = process.cwd(),
): Promise<void> {
  const wanted = path.resolve(cwd, named);
  const file = await realpath(wanted).catch(() => wanted);
  const draft = `${file}.${process.pid}.part`;
  try {
    await writeFile(draft, text, { flush: true });
    const replaced = await stat(file).catch(() => undefined);
    if (replaced !== undefined) await chmod(draft, replaced.mode);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw new CallError(sayUnwritable(named, (error as NodeJS.ErrnoException).code));
  }
}

function sayUnwritable(named: string, code: string | undefined): string {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return `"${named}" cannot be written: its folder does not exist. Make it first.`;
    case 'EISDIR':
      return `"${named}" is a folder. Name a file in it.`;
    case 'ENOSPC':
    case 'EDQUOT':
      return `"${named}" cannot be written: the disk is full. Make room, or name another place.`;
    default:
      return `"${named}" cannot be written (${code ?? 'unknown error'}). Give Carillon the right to, or name another place.`;
  }
}
