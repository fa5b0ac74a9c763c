import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { readEnvironment } from '../../config/environment.ts';
import type { ConfigFrame } from '../core/config.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Call } from './call.ts';
import { explainError } from './explain-error.ts';
import { openAppFor } from './open.ts';
import { printNotes } from './print.ts';

/**
 * Reads from the ledger if there is one: in `REDIS_URL`, or in the data directory where Carillon has run before.
 * Undefined where there is none, or where it does not answer, which people are told.
 */
export async function readLedgerIfThere<T>(
  call: Call,
  config: ConfigFrame,
  read: (ledger: Ledger) => Promise<T>,
): Promise<T | undefined> {
  const { redisUrl, dataDir } = await readEnvironment(call.io.env, call.io.cwd);
  if (redisUrl === undefined && !(await isThere(join(dataDir, 'redis')))) return undefined;
  try {
    await using app = await openAppFor(call, config);
    return await read(app.ledger);
  } catch (error) {
    const { message } = explainError(error);
    printNotes(call.io, [`${message} Without the ledger, this is what the config plans.`]);
    return undefined;
  }
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
