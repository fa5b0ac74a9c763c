import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { lightRequire } from '../src/core/light-require.ts';

const picomatch = lightRequire<typeof import('picomatch')>('picomatch');

/** Far more than anybody sorts their publications into. */
const mostFiles = 1_000;
const mostLooks = 20_000;
const deepest = 12;

export interface FoundFiles {
  /** Absolute, in the order of their names. */
  readonly files: readonly string[];
  /** True if there are more than can be meant. */
  readonly isTooMany: boolean;
}

/**
 * The files below a folder whose names match a pattern such as `publications/*.yaml`. Hidden files and folders do not
 * count. A link to a file is that file; a link to a folder is not gone into, as it could lead out of the folder, or in
 * a circle.
 *
 * @param note told of every folder before it is looked into
 */
export async function findFiles(
  pattern: string,
  folder: string,
  note: (folder: string) => Promise<void>,
): Promise<FoundFiles> {
  const { base, glob } = picomatch.scan(pattern);
  const matches = picomatch(pattern);
  const depth = glob.includes('**') ? deepest : glob.split('/').length;
  const files: string[] = [];
  let looks = 0;

  const look = async (below: string, levels: number): Promise<void> => {
    const directory = path.join(folder, below);
    await note(directory);
    for (const entry of await list(directory)) {
      if (++looks > mostLooks || files.length > mostFiles) return;
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) {
        if (levels > 1) await look(name, levels - 1);
      } else if (matches(name) && (await isFile(path.join(folder, name)))) {
        files.push(path.join(folder, name));
      }
    }
  };
  if (glob === '') {
    const file = path.join(folder, pattern);
    await note(file);
    return { files: (await isFile(file)) ? [file] : [], isTooMany: false };
  }
  await look(base.replace(/^\.\/?/, ''), depth);
  return { files: files.sort(), isTooMany: looks > mostLooks || files.length > mostFiles };
}

async function list(directory: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}

async function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
}
