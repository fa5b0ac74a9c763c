import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

const DAY = 24 * 3_600_000;
/** What is still wanted after that is made again. */
const keptMs = 90 * DAY;

/** Removes what a directory has held for long, and what a process that died there has left half-written. */
export async function removeOldFiles(directory: string, now = Date.now()): Promise<void> {
  for (const name of await readdir(directory).catch(() => [])) {
    const file = path.join(directory, name);
    const most = name.endsWith('.part') ? DAY : keptMs;
    // Another process may be at it too, and nothing depends on it.
    const found = await stat(file).catch(() => undefined);
    if (found && now - found.mtimeMs > most) await rm(file, { force: true }).catch(() => undefined);
  }
}
