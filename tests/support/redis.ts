import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis, type RedisOptions } from 'ioredis';
import { silentLog } from '../../src/core/log.ts';
import { findFreePort } from '../../src/redis/endpoint.ts';
import type { ServerProgram } from '../../src/redis/find-server.ts';
import { ensureServer } from '../../src/redis/install-server.ts';
import { launchServer, type ServerProcess } from '../../src/redis/launch-server.ts';
import { writeServerConfig } from '../../src/redis/server-config.ts';

/** A real Redis for a test, with every write on the disk. It ends with the test process, even if that is killed. */
export interface TestRedis extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** The server's number; another one after each restart. */
  readonly pid: number;
  /** Opens a connection, which `stop` closes. */
  connect(options?: RedisOptions): Redis;
  /** Ends the server cleanly and starts it again with its data. */
  restart(): Promise<void>;
  /** Kills the server; it stays away until `restart`. */
  kill9(): Promise<void>;
  stop(): Promise<void>;
}

let program: Promise<ServerProgram> | undefined;

/** Installs Redis if this machine has none and allows it; fails with what to install if not. */
export function ensureTestServer(): Promise<ServerProgram> {
  const say = (message: unknown): boolean => process.stderr.write(`${String(message)}\n`);
  program ??= ensureServer({ log: { ...silentLog, info: say }, install: true });
  return program;
}

export async function startTestRedis(): Promise<TestRedis> {
  const server = await ensureTestServer();
  const dir = mkdtempSync(join(tmpdir(), 'carillon-test-redis-'));
  const connections = new Set<Redis>();
  let { child, port } = await launchAnywhere(server, dir);

  const stop = async (): Promise<void> => {
    for (const redis of connections) redis.disconnect();
    await child.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    get pid() {
      return child.pid ?? 0;
    },
    connect(options = {}) {
      const redis = new Redis({
        host: '127.0.0.1',
        port,
        retryStrategy: () => 20,
        ...options,
        replyMapping: 'legacy',
      });
      redis.on('error', () => {});
      connections.add(redis);
      return redis;
    },
    async restart() {
      await child.stop();
      child = await launchOn(server, dir, port);
    },
    async kill9() {
      child.kill('SIGKILL');
      await child.ended;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** A server of a set, or one with settings of its own. It ends with the test process. */
export interface TestServer {
  readonly port: number;
  readonly process: ServerProcess;
  readonly dir: string;
}

/** Starts a server on a free port, with these lines besides in its config, and these files beside it. */
export async function launchTestServer(
  linesFor: (port: number) => readonly string[] = () => [],
  files: Readonly<Record<string, string>> = {},
  program?: ServerProgram,
): Promise<TestServer> {
  const server = program ?? (await ensureTestServer());
  const dir = mkdtempSync(join(tmpdir(), 'carillon-test-redis-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  const { child, port } = await launchAnywhere(server, dir, linesFor);
  return { process: child, port, dir };
}

/** Starts one that has ended again, with its data. */
export async function relaunchTestServer(
  { dir, port }: Omit<TestServer, 'process'>,
  lines: readonly string[] = [],
): Promise<TestServer> {
  const process = await launchOn(await ensureTestServer(), dir, port, lines);
  return { dir, port, process };
}

/** Another process may take a free port before the server does. */
async function launchAnywhere(
  server: ServerProgram,
  dir: string,
  linesFor: (port: number) => readonly string[] = () => [],
): Promise<{ child: ServerProcess; port: number }> {
  for (let tries = 1; ; tries += 1) {
    const port = await findFreePort();
    try {
      return { child: await launchOn(server, dir, port, linesFor(port)), port };
    } catch (error) {
      if (tries === 5) throw error;
    }
  }
}

async function launchOn(
  server: ServerProgram,
  dir: string,
  port: number,
  lines: readonly string[] = [],
): Promise<ServerProcess> {
  const configFile = join(dir, 'redis.conf');
  const config = writeServerConfig({ version: server.version, dir, listen: { port } });
  writeFileSync(configFile, `${config}${lines.join('\n')}\n`);
  const child = launchServer({ file: server.file, configFile, log: silentLog });
  let ended: string | undefined;
  void child.ended.then((reason) => {
    ended = reason;
  });
  // Its own words, as a foreign server could answer on the port.
  while (!/ready to accept connections/i.test(child.lastWords())) {
    if (ended !== undefined)
      throw new Error(`The test's Redis ended: ${ended} ${child.lastWords()}`);
    await wait(2);
  }
  child.unref();
  return child;
}
