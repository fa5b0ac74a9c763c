import { access, constants, mkdir, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { codeOf, RedisUnavailableError, wordsOf } from './redis-errors.ts';

/**
 * Makes the data directory if there is none, for this user only, and answers its real path.
 *
 * @throws {RedisUnavailableError} if nothing can be written there
 */
export async function prepareDataDir(dataDir: string): Promise<string> {
  try {
    await mkdir(join(dataDir, 'redis'), { recursive: true, mode: 0o700 });
    await access(join(dataDir, 'redis'), constants.W_OK | constants.X_OK);
    await access(dataDir, constants.W_OK | constants.X_OK);
    return await realpath(dataDir);
  } catch (error) {
    throw explainFileError(error, resolve(dataDir));
  }
}

/** Turns what the file system says into a sentence. An error that already is one is given back. */
export function explainFileError(error: unknown, dataDir: string): RedisUnavailableError {
  if (error instanceof RedisUnavailableError) return error;
  return new RedisUnavailableError(sayFileProblem(codeOf(error), error, dataDir), { cause: error });
}

function sayFileProblem(code: string | undefined, error: unknown, dataDir: string): string {
  const elsewhere = 'or set CARILLON_DATA_DIR to another folder';
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return `There is no space left for the data directory ${dataDir}: free some, ${elsewhere}.`;
    case 'EACCES':
    case 'EPERM':
      return `Carillon may not write in the data directory ${dataDir}: give its user the right to, ${elsewhere}.`;
    case 'EROFS':
      return `The data directory ${dataDir} is on a disk that can only be read: make it writable, ${elsewhere}.`;
    case 'ENOTDIR':
    case 'EEXIST':
      return `The data directory ${dataDir} cannot be made, as a file is in its way: move that file, ${elsewhere}.`;
    default:
      return `The data directory ${dataDir} cannot be used (${wordsOf(error)}): mend that, ${elsewhere}.`;
  }
}
