import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../config/load.ts';
import { type App, openApp } from '../../src/app.ts';
import type { Config } from '../../src/core/config.ts';
import { type Log, silentLog } from '../../src/core/log.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { createClosing } from '../support/closing.ts';

/** A sandbox, a config for it, and hosts that share nothing but Redis. */
export interface SmallWorld extends AsyncDisposable {
  readonly folder: string;
  readonly config: Config;
  readonly sandbox: Sandbox;
  /** The environment of a process on a host. */
  environmentOf(host: string): Record<string, string>;
  /** Opens Carillon with the data directory of a host. It is closed with the world. */
  open(host: string, log?: Log): Promise<App>;
  /** What followers see, by account. */
  live(): Promise<readonly string[]>;
}

/** @param lines of `carillon.yaml`, below the accounts a-x, a-page and a-tube */
export async function openSmallWorld(redisUrl: string, lines: string): Promise<SmallWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-machines-'));
  const closing = createClosing();
  closing.add(async () => rmSync(folder, { recursive: true, force: true }));
  const sandbox = await startSandbox({ port: 0 });
  closing.add(() => sandbox.close());
  const file = join(folder, 'carillon.yaml');
  writeFileSync(file, `${HEAD}${lines}\n`);
  const secretKey = randomBytes(32).toString('base64');
  const environmentOf = (host: string) => ({
    REDIS_URL: redisUrl,
    CARILLON_CONFIG: file,
    CARILLON_DATA_DIR: join(folder, host),
    CARILLON_SANDBOX_PORT: String(sandbox.port),
    CARILLON_SECRET_KEY: secretKey,
  });
  const env = environmentOf('here');
  const { config } = await loadConfig({ file, cwd: folder, env });
  return {
    folder,
    config,
    sandbox,
    environmentOf,
    async open(host, log = silentLog) {
      const dataDir = join(folder, host);
      mkdirSync(dataDir, { recursive: true });
      const app = await openApp(config, {
        redisUrl,
        dataDir,
        secretKey,
        mayStartRedis: false,
        log,
      });
      closing.use(app);
      return app;
    },
    async live() {
      const log = (await (await fetch(`${sandbox.url}/log`)).json()) as Seen[];
      return log.map(({ account, text }) => `${account}: ${text.split('\n')[0]}`).sort();
    },
    [Symbol.asyncDispose]: () => closing[Symbol.asyncDispose](),
  };
}

interface Seen {
  readonly account: string;
  readonly text: string;
}

const HEAD = `timezone: UTC
sandbox: true
accounts:
  a-x: { network: twitter, handle: "@a" }
  a-page: { network: facebook, pageId: "1000200030004" }
  a-tube: { network: youtube, channelId: UCabcdefghijklmnopqrstuv, mode: api }
`;
