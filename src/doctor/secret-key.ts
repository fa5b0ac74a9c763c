import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from './finding.ts';

const check = 'secret key';

/** Looks at the rights of the key that seals the tokens. Where none was made yet, or it is kept elsewhere, says nothing. */
export async function examineSecretKey(dataDir: string): Promise<readonly Finding[]> {
  const file = join(dataDir, 'secret-key');
  try {
    return [judgeSecretKey(file, (await stat(file)).mode)];
  } catch {
    return [];
  }
}

/** @param mode as the file system gives it */
export function judgeSecretKey(file: string, mode: number): Finding {
  if ((mode & 0o077) === 0) {
    const message = `Only its owner may read the key in ${file}.`;
    return { check, code: 'rights', severity: 'ok', message };
  }
  const rights = (mode & 0o777).toString(8);
  return {
    check,
    code: 'rights',
    severity: 'error',
    message: `Others may read the key in ${file}, which opens the tokens of every account (its rights are ${rights}).`,
    remedy: `Run "chmod 600 ${file}", and if somebody may have read it, "carillon rekey".`,
  };
}
