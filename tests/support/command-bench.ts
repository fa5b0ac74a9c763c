import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { loadConfig } from '../../config/load.ts';
import { openApp } from '../../src/app.ts';
import { silentLog } from '../../src/core/log.ts';
import type { Publication, PublicationState } from '../../src/core/publication.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openRedisLedger } from '../../src/ledger/redis-ledger.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { type Ran, type RunOptions, runCommand } from './command-line.ts';
import { startTestRedis, type TestRedis } from './redis.ts';

/** Everything around a command: a folder with a config, a Redis and a sandbox of its own. */
export interface CommandBench {
  readonly folder: string;
  readonly ledger: Ledger;
  readonly redis: Redis;
  readonly env: Readonly<Record<string, string>>;
  /** Replaces what stands under `publications:`, each entry with its accounts. */
  writeEntries(...entries: readonly Entry[]): void;
  writeConfig(text: string): void;
  run(argv: readonly string[], options?: RunOptions): Promise<Ran>;
  /** Runs the workers of these networks until a publication is in this state. */
  workUntil(publication: string, state: PublicationState): Promise<Publication>;
  /** Does once what the scheduler does every second, with the config as it is. */
  sweep(): Promise<void>;
  /** Asks the sandbox; an object is sent as JSON, with the token of an account if one is named. */
  sandbox(path: string, body: object, account?: string): Promise<unknown>;
}

interface Entry {
  readonly id: string;
  readonly at?: string;
  readonly to?: readonly string[];
  readonly title?: string;
}

const HEAD = `timezone: Europe/Paris
sandbox: true
accounts:
  newsroom-x: { network: twitter, handle: "@newsroom" }
  newsroom-page: { network: facebook, pageId: "1000200030004" }
  newsroom-tube: { network: youtube, channelId: UCabcdefghijklmnopqrstuv }
publishing: { confirmAfter: [10ms, 20ms], backoff: 10ms, requestTimeout: 5s, resumeGap: 1m }
`;

/** A bench for the tests of a file; each test begins with an empty Redis, sandbox and config. */
export function useCommands(): () => CommandBench {
  let redis: TestRedis;
  let connection: Redis;
  let sandbox: Sandbox;
  let bench: CommandBench;
  const folder = mkdtempSync(join(tmpdir(), 'carillon-commands-'));

  before(async () => {
    redis = await startTestRedis();
    connection = redis.connect();
    mkdirSync(join(folder, 'config'));
  });
  beforeEach(async () => {
    sandbox = await startSandbox({ port: 0, takesRepeats: true });
    await connection.flushall();
    rmSync(join(folder, 'data'), { recursive: true, force: true });
    bench = openBench(folder, redis.url, sandbox, connection);
    bench.writeEntries();
  });
  afterEach(() => sandbox.close());
  after(async () => {
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return () => bench;
}

function openBench(
  folder: string,
  redisUrl: string,
  sandbox: Sandbox,
  connection: Redis,
): CommandBench {
  const env = {
    REDIS_URL: redisUrl,
    CARILLON_DATA_DIR: join(folder, 'data'),
    CARILLON_SANDBOX_PORT: String(sandbox.port),
  };
  const ledger = openRedisLedger(connection, { prefix: '{carillon-sandbox}' });
  const surroundings = {
    redisUrl,
    dataDir: join(folder, 'data'),
    mayStartRedis: false,
    log: silentLog,
  };
  const writeConfig = (text: string) =>
    writeFileSync(join(folder, 'config', 'carillon.yaml'), text);
  return {
    folder,
    env,
    ledger,
    redis: connection,
    writeConfig,
    writeEntries: (...entries) =>
      writeConfig(`${HEAD}publications:\n${entries.map(yamlOf).join('') || '  []\n'}`),
    run: (argv, options = {}) =>
      runCommand(argv, { cwd: folder, ...options, env: { ...env, ...options.env } }),
    async sweep() {
      const { config } = await loadConfig({ cwd: folder, env });
      await using app = await openApp(config, surroundings);
      await app.sweep();
      await app.putBackJobs();
    },
    async workUntil(publication, state) {
      const { config } = await loadConfig({ cwd: folder, env });
      await using app = await openApp(config, surroundings);
      const { network } = (await ledger.get(publication)) ?? { network: 'twitter' };
      await using _worker = await app.startWorker(network, async () => config);
      for (const end = Date.now() + 10_000; ; await wait(20)) {
        const record = await ledger.get(publication);
        if (record?.state === state) return record;
        if (Date.now() > end) throw new Error(`${publication} is ${record?.state}, not ${state}.`);
      }
    },
    async sandbox(path, body, account) {
      const response = await fetch(`${sandbox.url}${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(account !== undefined && { authorization: `Bearer sandbox:${account}` }),
        },
        body: JSON.stringify(body),
      });
      return response.json();
    },
  };
}

function yamlOf({
  id,
  at = 'now',
  to = ['newsroom-x'],
  title = 'Our report is out',
}: Entry): string {
  return `  - { id: ${id}, at: ${at}, to: [${to.join(', ')}], article: { title: "${title}" } }\n`;
}
