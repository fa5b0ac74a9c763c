import path from 'node:path';
import type { Config, ConfigFrame } from '../src/core/config.ts';
import { ConfigError, type Problem } from '../src/core/problem.ts';
import { type Source, valueAt } from '../src/core/source.ts';
import type { Wire } from '../src/fetching/wire.ts';
import { type ConfigContext, checkConfig, checkFrame } from './check-config.ts';
import { configFileOf } from './environment.ts';
import { findIncludes } from './includes.ts';
import { atStart, readSource } from './read-source.ts';
import { readVariables, type Variables } from './variables.ts';

export interface LoadOptions {
  /** Default: `CARILLON_CONFIG`, else config/carillon.yaml. */
  readonly file?: string | undefined;
  readonly env?: Variables;
  readonly cwd?: string;
  /** How the web is reached; tests have one of their own. */
  readonly wire?: Wire;
  /** Where the sandbox is that every account talks to, whatever the config says: then no secrets are needed. */
  readonly sandboxUrl?: string;
  /** Where images of pages are kept; `CARILLON_DATA_DIR` if absent. */
  readonly dataDir?: string;
  /** Told of every file that the config consists of, before it is read. */
  readonly note?: (file: string) => Promise<void>;
}

export interface LoadedConfig {
  readonly config: Config;
  readonly warnings: readonly Problem[];
}

/**
 * Reads the config, the `.env` file of the working directory and every article that the config names, those
 * on the web included. Changes nothing but the images that it keeps of pages, in the data directory.
 *
 * @throws {ConfigError} with every problem that could be found, in the order of the lines
 */
export async function loadConfig(options: LoadOptions = {}): Promise<LoadedConfig> {
  const { source, found, named, context } = await readRoot(options);
  const { config, problems } = await checkConfig(source, context);
  const all = inOrder([...found, ...problems], named);
  if (!config || all.some(isError)) throw new ConfigError(all);
  return { config, warnings: all };
}

/**
 * Reads the config without its entries, whatever mistakes are in those.
 *
 * @throws {ConfigError} with every problem of the rest
 */
export async function loadFrame(options: LoadOptions = {}): Promise<ConfigFrame> {
  const { source, found, named, context } = await readRoot(options);
  const { frame, problems } = checkFrame(source, context);
  if (!frame) throw new ConfigError(inOrder([...found, ...problems], named));
  return frame;
}

/**
 * The ids of all entries, those of included files too, whatever else is wrong. Reads no articles.
 *
 * @throws {ConfigError} if the config itself cannot be read
 */
export async function loadEntryIds(options: LoadOptions = {}): Promise<ReadonlySet<string>> {
  const { source, context } = await readRoot(options);
  const { included } = await findIncludes(source, context);
  const ids = new Set(idsIn(source));
  for (const { read } of included) {
    const found = (await read()).source;
    for (const id of found ? idsIn(found) : []) ids.add(id);
  }
  return ids;
}

function idsIn({ value }: Source): string[] {
  const entries = valueAt(value, ['publications']);
  if (!Array.isArray(entries)) return [];
  return entries.map((entry) => valueAt(entry, ['id'])).filter((id) => typeof id === 'string');
}

interface Root {
  readonly source: Source;
  /** Problems of the text itself: it could be read all the same. */
  readonly found: readonly Problem[];
  /** The file as the user named it. */
  readonly named: string;
  readonly context: ConfigContext;
}

async function readRoot(options: LoadOptions): Promise<Root> {
  const { env = process.env, cwd = process.cwd(), wire, note = noteNothing } = options;
  const { sandboxUrl, dataDir } = options;
  await note(path.join(cwd, '.env'));
  const { variables: read, problems: found } = await readVariables(env, cwd);
  const variables = dataDir === undefined ? read : { ...read, CARILLON_DATA_DIR: dataDir };
  const named = options.file ?? configFileOf(variables);
  const file = path.resolve(cwd, named);
  await note(file);
  const { source, problems } = await readSource(file, named);
  if (!source) throw new ConfigError(inOrder([...found, ...problems], named));
  const rootProblem = findRootProblem(source.value, named);
  if (rootProblem) throw new ConfigError(inOrder([...found, ...problems, rootProblem], named));
  const context = {
    ...{ file, variables, cwd, note },
    ...(wire && { wire }),
    ...(sandboxUrl !== undefined && { sandboxUrl }),
  };
  return { source, found: [...found, ...problems], named, context };
}

async function noteNothing(): Promise<void> {}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

function findRootProblem(value: unknown, named: string): Problem | undefined {
  if (value === null) {
    return atStart(
      named,
      'The config is empty. Start with "timezone:", "accounts:" and "publications:".',
    );
  }
  if (typeof value === 'object' && !Array.isArray(value)) return undefined;
  const message =
    'The config must be lines of "key: value". Start with "timezone:", "accounts:" and "publications:".';
  return atStart(named, message);
}

/** The config first, then what it includes and the articles; each by its lines. */
function inOrder(problems: readonly Problem[], config: string): Problem[] {
  const rank = (problem: Problem): number => (problem.file === config ? 0 : 1);
  return problems.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      a.file.localeCompare(b.file, 'en') ||
      a.line - b.line ||
      a.column - b.column,
  );
}
