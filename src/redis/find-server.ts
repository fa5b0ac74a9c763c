import { basename, join } from 'node:path';
import { type Environment, runProgram } from './run-program.ts';

/** A Redis server program of this machine. */
export interface ServerProgram {
  /** A name on the PATH, or an absolute path. */
  readonly file: string;
  readonly kind: 'redis' | 'valkey';
  readonly version: ServerVersion;
}

export type ServerVersion = readonly [major: number, minor: number, patch: number];

export const oldestServerVersion: ServerVersion = [6, 2, 0];

const programNames = ['redis-server', 'valkey-server'];

/** Where package managers put programs that are not on everybody's PATH. */
const usualFolders = [
  '/usr/bin',
  '/usr/sbin',
  '/usr/local/bin',
  '/opt/homebrew/bin',
  '/opt/homebrew/opt/redis/bin',
  '/opt/homebrew/opt/valkey/bin',
  '/usr/local/opt/redis/bin',
  '/usr/local/opt/valkey/bin',
  '/home/linuxbrew/.linuxbrew/bin',
];

export interface FoundServers {
  /** The first that is new enough. */
  readonly server?: ServerProgram;
  /** The first that was found and is too old. */
  readonly tooOld?: ServerProgram;
}

/** Looks for a Redis or Valkey server on the PATH first, then in the usual folders. */
export async function findServer(
  options: { env?: Environment; folders?: readonly string[]; names?: readonly string[] } = {},
): Promise<FoundServers> {
  const { folders = usualFolders, names = programNames } = options;
  const candidates = [
    ...names,
    ...folders.flatMap((folder) => names.map((name) => join(folder, name))),
  ];
  let tooOld: ServerProgram | undefined;
  for (const file of candidates) {
    const server = await askVersion(file, options.env);
    if (server === undefined) continue;
    if (isAtLeast(server.version, oldestServerVersion)) return { server };
    tooOld ??= server;
  }
  return tooOld === undefined ? {} : { tooOld };
}

async function askVersion(file: string, env: Environment): Promise<ServerProgram | undefined> {
  const result = await runProgram(file, ['--version'], { env, timeoutMs: 5000 });
  return result.exitCode === 0 ? parseServerVersion(file, result.stdout) : undefined;
}

/** Reads `Redis server v=7.0.15 sha=…`, `Valkey server v=8.0.1 …`, or `Server v=7.2.5 …`. */
function parseServerVersion(file: string, words: string): ServerProgram | undefined {
  const found = /^((?:redis |valkey )?)server v=(\d+)\.(\d+)\.(\d+)/i.exec(words.trim());
  if (found === null) return undefined;
  return {
    file,
    kind: /valkey/i.test(found[1] || basename(file)) ? 'valkey' : 'redis',
    version: [Number(found[2]), Number(found[3]), Number(found[4])],
  };
}

export function isAtLeast(version: ServerVersion, least: ServerVersion): boolean {
  for (const [index, part] of least.entries()) {
    const own = version[index] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}
