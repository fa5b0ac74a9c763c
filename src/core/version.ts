import { readFileSync } from 'node:fs';

/** Built, this file lies one folder deeper. */
const PLACES = ['../../package.json', '../../../package.json'];

/** The version of Carillon, as its package says. */
export function readVersion(): string {
  for (const place of PLACES) {
    const found = readPackage(new URL(place, import.meta.url));
    if (found?.name === 'carillon') return found.version;
  }
  return 'unknown';
}

function readPackage(file: URL): { name: string; version: string } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { name: string; version: string };
  } catch {
    return undefined;
  }
}
