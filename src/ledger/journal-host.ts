import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

const FILE = 'host';
const known = new Map<string, string>();

/**
 * What a host is called by the ledger whose journals are in a directory: the same for all its processes, and after the
 * machine or its container has got another name.
 */
export function hostOf(directory: string): string {
  const name = known.get(directory) ?? readOrName(directory);
  known.set(directory, name);
  return name;
}

function readOrName(directory: string): string {
  const file = join(directory, FILE);
  const own = join(directory, `${FILE}.${randomUUID()}`);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  writeFileSync(own, `${hostname()}-${randomUUID().slice(0, 8)}`, { mode: 0o600 });
  try {
    // Of several processes that start at once, the first names it for all.
    linkSync(own, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(own, { force: true });
  }
  return readFileSync(file, 'utf8');
}
