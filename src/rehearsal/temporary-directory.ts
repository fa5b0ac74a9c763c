import { mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory that is gone once it is disposed of, and also if the process ends before. */
export interface TemporaryDirectory extends AsyncDisposable {
  readonly path: string;
}

export function makeTemporaryDirectory(prefix: string): TemporaryDirectory {
  const path = mkdtempSync(join(tmpdir(), prefix));
  const removeAtOnce = (): void => rmSync(path, { recursive: true, force: true });
  process.on('exit', removeAtOnce);
  return {
    path,
    async [Symbol.asyncDispose]() {
      await rm(path, { recursive: true, force: true, maxRetries: 5 });
      process.off('exit', removeAtOnce);
    },
  };
}
