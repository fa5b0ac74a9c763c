import { readFileSync } from 'node:fs';

/** Built, this file lies one folder deeper. */
const PLACES = ['../../', '../../../'];

/** The version of Carillon, as its package says. */
export function readVersion(): string {
  return findPackage()?.version ?? 'unknown';
}

/** The address of a file that comes with Carillon, such as `config/carillon.schema.json`. */
export function packageFile(name: string): URL {
  return new URL(name, findPackage()?.folder ?? new URL(PLACES[0] ?? '', import.meta.url));
}

function findPackage(): { version: string; folder: URL } | undefined {
  for (const place of PLACES) {
    const folder = new URL(place, import.meta.url);
    const found = readPackage(new URL('package.json', folder));
    if (found?.name === 'carillon') return { version: found.version, folder };
  }
  return undefined;
}

function readPackage(file: URL): { name: string; version: string } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { name: string; version: string };
  } catch {
    return undefined;
  }
}
