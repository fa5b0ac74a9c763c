import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from './finding.ts';

const check = 'journal';

/** Writes into the directory of the journals, as only that shows whether it can be done. */
export async function examineJournalDirectory(directory: string): Promise<Finding> {
  const file = join(directory, `doctor-${randomUUID()}.tmp`);
  try {
    await writeFile(file, 'May be removed.\n', { flag: 'wx', mode: 0o600, flush: true });
    return judgeJournalDirectory(directory, undefined);
  } catch (error) {
    return judgeJournalDirectory(directory, (error as NodeJS.ErrnoException).code ?? String(error));
  } finally {
    await rm(file, { force: true }).catch(() => undefined);
  }
}

/** @param obstacle the code of what keeps it from being written to */
export function judgeJournalDirectory(directory: string, obstacle: string | undefined): Finding {
  if (obstacle === undefined) {
    const message = 'The journal of what was sent can be written.';
    return { check, code: 'writable', severity: 'ok', message };
  }
  return {
    check,
    code: 'writable',
    severity: 'error',
    message: `The journal in ${directory} cannot be written (${obstacle}), and without it nothing is sent.`,
    remedy: remedyOf(obstacle),
  };
}

function remedyOf(obstacle: string): string {
  switch (obstacle) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'Free space there, or set CARILLON_DATA_DIR to a folder on a larger disk.';
    case 'EROFS':
      return 'Make that disk writable, or set CARILLON_DATA_DIR to another folder.';
    default:
      return 'Give the user that runs Carillon the right to write there, or set CARILLON_DATA_DIR to another folder.';
  }
}
