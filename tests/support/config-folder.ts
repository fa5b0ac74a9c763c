import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type LoadedConfig, loadConfig } from '../../config/load.ts';
import { ConfigError, type Problem } from '../../src/core/problem.ts';

export const png = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');

/** A working directory with files in it; gone once it is disposed of. */
export interface ConfigFolder extends AsyncDisposable {
  readonly directory: string;
  write(name: string, content: string | Uint8Array): Promise<void>;
  /** Loads `carillon.yaml`, or another file, with nothing of this process's environment. */
  load(env?: Readonly<Record<string, string>>, file?: string): Promise<LoadedConfig>;
  /** The problems that loading it tells of. */
  problems(env?: Readonly<Record<string, string>>, file?: string): Promise<readonly Problem[]>;
}

export async function makeConfigFolder(config?: string | Uint8Array): Promise<ConfigFolder> {
  const directory = await mkdtemp(path.join(tmpdir(), 'carillon-config-'));
  const folder: ConfigFolder = {
    directory,
    async write(name, content) {
      await mkdir(path.dirname(path.join(directory, name)), { recursive: true });
      await writeFile(path.join(directory, name), content);
    },
    load: (env = {}, file = 'carillon.yaml') => loadConfig({ file, env, cwd: directory }),
    async problems(env, file) {
      try {
        return (await folder.load(env, file)).warnings;
      } catch (error) {
        if (error instanceof ConfigError) return error.problems;
        throw error;
      }
    },
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
  if (config !== undefined) await folder.write('carillon.yaml', config);
  return folder;
}

/** A config without mistakes, line by line; replace a line to make one. */
const goodLines = [
  'timezone: Europe/Paris',
  'sandbox: true',
  'accounts:',
  '  news-x:',
  '    network: twitter',
  '  news-page:',
  '    network: facebook',
  '    pageId: "1000200030004"',
  'publishing:',
  '  backoff: 30s',
  'defaults:',
  '  to: [news-x]',
  'publications:',
  '  - id: first',
  '    article: { title: One, link: "https://news.example.org/1" }',
  '    at: now',
  '  - id: second',
  '    article: { title: Two }',
  '    at: 2026-11-24 09:00',
] as const;

/** The good config with some lines, counted from 1, put otherwise. */
export function withLines(changes: Readonly<Record<number, string>>): string {
  return `${goodLines.map((line, index) => changes[index + 1] ?? line).join('\n')}\n`;
}
