import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../src/core/config.ts';
import { parseJson } from '../src/core/parse-json.ts';
import { type Parsed, parseYaml } from '../src/core/parse-yaml.ts';
import { ConfigError, type Problem } from '../src/core/problem.ts';
import { decodeSource, maxSourceBytes } from '../src/core/source-text.ts';
import { checkConfig } from './check-config.ts';
import { readVariables, type Variables } from './variables.ts';

export interface LoadOptions {
  /** Default: `CARILLON_CONFIG`, else config/carillon.yaml. */
  readonly file?: string | undefined;
  readonly env?: Variables;
  readonly cwd?: string;
}

export interface LoadedConfig {
  readonly config: Config;
  readonly warnings: readonly Problem[];
}

/**
 * Reads the config, the `.env` file of the working directory and every article that the config names.
 * Changes nothing, the environment of the process included.
 *
 * @throws {ConfigError} with every problem that could be found, in the order of the lines
 */
export async function loadConfig(options: LoadOptions = {}): Promise<LoadedConfig> {
  const { env = process.env, cwd = process.cwd() } = options;
  const { variables, problems: found } = await readVariables(env, cwd);
  const named = options.file ?? (variables.CARILLON_CONFIG || path.join('config', 'carillon.yaml'));
  const file = path.resolve(cwd, named);

  const parsed = await readSource(file, named);
  if (!parsed.source) throw new ConfigError(inOrder([...found, ...parsed.problems], named));
  const rootProblem = findRootProblem(parsed.source.value, named);
  if (rootProblem)
    throw new ConfigError(inOrder([...found, ...parsed.problems, rootProblem], named));

  const { config, problems } = await checkConfig(parsed.source, { file, variables, cwd });
  const all = inOrder([...found, ...parsed.problems, ...problems], named);
  if (!config || all.some(({ severity }) => severity === 'error')) throw new ConfigError(all);
  return { config, warnings: all };
}

async function readSource(file: string, named: string): Promise<Parsed> {
  const bytes = await readBytes(file);
  if (typeof bytes === 'string') return { problems: [atStart(named, bytes)] };

  const text = decodeSource(bytes, named);
  if (typeof text !== 'string') return { problems: [text] };
  return /\.json$/i.test(file) ? parseJson(text, named) : parseYaml(text, named);
}

/** The bytes of the file, or a sentence that says why there are none. */
async function readBytes(file: string): Promise<Buffer | string> {
  try {
    const found = await stat(file);
    if (!found.isFile()) return 'This is no file. Name the config file with --config FILE.';
    if (found.size > maxSourceBytes)
      return 'The file is larger than 1 MB. Split it, or name the right file.';
    return await readFile(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      return 'There is no such config file. Create it, or name another with --config FILE.';
    }
    return `The config file cannot be read (${code ?? 'unknown error'}). Give Carillon the right to read it.`;
  }
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

function atStart(file: string, message: string): Problem {
  return { file, line: 1, column: 1, message, severity: 'error' };
}

/** The config first, then the articles; each by its lines. */
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
