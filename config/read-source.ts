import { readFile, stat } from 'node:fs/promises';
import { parseJson } from '../src/core/parse-json.ts';
import { type Parsed, parseYaml } from '../src/core/parse-yaml.ts';
import type { Problem } from '../src/core/problem.ts';
import { decodeSource, maxSourceBytes } from '../src/core/source-text.ts';

/** What is said of a file that cannot be read. */
interface FileWords {
  readonly notAFile: string;
  readonly missing: string;
  readonly unreadable: string;
}

const ofConfig: FileWords = {
  notAFile: 'This is no file. Name the config file with --config FILE.',
  missing:
    'There is no such config file. Write a first one with "carillon init", or name another with --config FILE.',
  unreadable: 'The config file cannot be read',
};

const ofIncluded: FileWords = {
  notAFile: 'This is no file. Include files by their names, or by a pattern such as "news/*.yaml".',
  missing: 'There is no such file any more. Create it, or take it out of "include".',
  unreadable: 'The included file cannot be read',
};

/** Reads and parses the config, or a file that it includes. `named` is how people are told of it. */
export async function readSource(
  file: string,
  named: string,
  kind: 'config' | 'included' = 'config',
): Promise<Parsed> {
  const bytes = await readBytes(file, kind === 'config' ? ofConfig : ofIncluded);
  if (typeof bytes === 'string') return { problems: [atStart(named, bytes)] };

  const text = decodeSource(bytes, named);
  if (typeof text !== 'string') return { problems: [text] };
  return /\.json$/i.test(file) ? parseJson(text, named) : parseYaml(text, named);
}

/** The bytes of the file, or a sentence that says why there are none. */
async function readBytes(file: string, words: FileWords): Promise<Buffer | string> {
  try {
    const found = await stat(file);
    if (!found.isFile()) return words.notAFile;
    if (found.size > maxSourceBytes)
      return 'The file is larger than 1 MB. Split it (see "include"), or name the right file.';
    return await readFile(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return words.missing;
    return `${words.unreadable} (${code ?? 'unknown error'}). Give Carillon the right to read it.`;
  }
}

export function atStart(
  file: string,
  message: string,
  severity: Problem['severity'] = 'error',
): Problem {
  return { file, line: 1, column: 1, message, severity };
}
