import path from 'node:path';
import type { Place, Problem } from '../src/core/problem.ts';
import { checkPart, unknownKey } from '../src/core/schema-problems.ts';
import { type Path, type Source, valueAt } from '../src/core/source.ts';
import { findFiles } from './find-files.ts';
import { atStart, readSource } from './read-source.ts';
import * as schema from './schema.ts';

/** A file that the config includes: a part of its publications. */
export interface Included {
  /** Absolute: the articles that it names count from here. */
  readonly file: string;
  /**
   * Reads it. Parsed it takes a hundred times the room of what is read of it, so that of many files one at a time is
   * to be read and let go. The source is missing if nothing of it can be used.
   */
  read(): Promise<{ readonly source?: Source; readonly problems: readonly Problem[] }>;
}

export interface IncludesReading {
  /** In the order of their names. */
  readonly included: readonly Included[];
  /** Of the patterns: what is wrong with the files is told when they are read. */
  readonly problems: readonly Problem[];
}

export interface IncludesContext {
  /** Absolute path of the config file. */
  readonly file: string;
  readonly cwd: string;
  readonly note: (file: string) => Promise<void>;
}

/** What an included file may hold; everything else stands in the config once. */
const includable = Object.keys(schema.includedSchema.shape);

/** Finds the files that `include:` names. They include no others. */
export async function findIncludes(
  source: Source,
  context: IncludesContext,
): Promise<IncludesReading> {
  const written = valueAt(source.value, ['include']);
  if (written === undefined || written === null) return { included: [], problems: [] };
  const checked = checkPart(schema.include, source, ['include']);
  if (checked.value === undefined) return { included: [], problems: checked.problems };

  const patterns = typeof checked.value === 'string' ? [checked.value] : checked.value;
  const problems: Problem[] = [];
  const files = new Set<string>();
  for (const [index, pattern] of patterns.entries()) {
    const at: Path = typeof checked.value === 'string' ? ['include'] : ['include', index];
    const found = await findIncluded(pattern, source.placeOf(at), context);
    problems.push(...found.problems);
    for (const file of found.files) files.add(file);
  }
  const included = [...files].sort().map((file) => ({
    file,
    read: () => readIncluded(file, context),
  }));
  return { included, problems };
}

async function findIncluded(
  pattern: string,
  place: Place,
  { file: config, note }: IncludesContext,
): Promise<{ readonly files: readonly string[]; readonly problems: readonly Problem[] }> {
  const refuse = (message: string, severity: Problem['severity'] = 'error') => ({
    files: [],
    problems: [{ ...place, message, severity }],
  });
  const name = pattern.trim();
  if (path.isAbsolute(name) || name.includes('\\') || name.split('/').includes('..')) {
    return refuse(
      `"${name}" leads out of the folder of the config. Include files from that folder or below it, with "/" between folders.`,
    );
  }
  const { files, isTooMany } = await findFiles(
    name.replace(/^\.\//, ''),
    path.dirname(config),
    note,
  );
  if (isTooMany) {
    return refuse(`"${name}" means more files than can be included. Choose fewer of them.`);
  }
  // A pattern for the folder of the config means the files beside it.
  const others = files.filter((file) => file !== config);
  if (others.length > 0) return { files: others, problems: [] };
  return refuse(
    `There is no file "${name}": nothing is included by it. Create it, or take it out of "include".`,
    /[*?[{(!]/.test(name) ? 'warning' : 'error',
  );
}

async function readIncluded(
  file: string,
  { cwd, note }: IncludesContext,
): Promise<{ readonly source?: Source; readonly problems: readonly Problem[] }> {
  await note(file);
  const named = path.relative(cwd, file);
  const { source, problems } = await readSource(file, named, 'included');
  if (!source) return { problems };

  const { value } = source;
  if (value === null) {
    return {
      problems: [...problems, atStart(named, 'The file is empty: it adds nothing.', 'warning')],
    };
  }
  if (typeof value !== 'object' || Array.isArray(value)) {
    const message = 'An included file starts with "publications:", and its entries below that.';
    return { problems: [...problems, atStart(named, message)] };
  }
  return { source, problems: [...problems, ...findForeignKeys(source)] };
}

function findForeignKeys(source: Source): Problem[] {
  const known = Object.keys(schema.configSchema.shape);
  return Object.keys(source.value ?? {})
    .filter((key) => !includable.includes(key))
    .map((key) => {
      if (!known.includes(key)) return unknownKey(source, [key], includable);
      const message =
        key === 'include'
          ? 'An included file includes no others. Name them all in the config itself.'
          : `"${key}" stands in the config itself; an included file holds only "publications". Move it there.`;
      return { ...source.placeOf([key], 'key'), message, severity: 'error' as const };
    });
}
