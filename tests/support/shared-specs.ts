import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Finds one of the networks' own descriptions of their APIs. They are not ours to hand on, so they are no part of
 * the project: they are taken from a folder `shared/specs` beside it or further up, where there is one.
 */
function findSpec(file: string): string | undefined {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const path = join(folder, 'shared', 'specs', file);
    if (existsSync(path)) return path;
    if (folder === dirname(folder)) return undefined;
  }
}

/** Why a test has to be left out, or false if it can run. */
export function lacks(file: string, what: string): string | false {
  return findSpec(file) === undefined ? `${what} is not beside the project` : false;
}

export function readSpec(file: string): unknown {
  const path = findSpec(file);
  if (path === undefined) throw new Error(`There is no ${file}.`);
  return JSON.parse(readFileSync(path, 'utf8')) as unknown;
}
