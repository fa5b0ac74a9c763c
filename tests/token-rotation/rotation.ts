import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../../config/load.ts';
import { type App, openApp } from '../../src/app.ts';
import { silentLog } from '../../src/core/log.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { startTestRedis } from '../support/redis.ts';

export interface RotationSize {
  readonly publications: number;
  /** How often the access token ends. */
  readonly expiries: number;
  /** How many worker processes contend. */
  readonly workers: number;
}

export interface RotationResult {
  readonly published: number;
  /** What followers see. */
  readonly posts: number;
  readonly twice: number;
  /** Exchanges of a refresh token that X took, and that it refused as spent. */
  readonly renewals: number;
  readonly refused: number;
  /** Attempts beyond the first of each publication. */
  readonly furtherAttempts: number;
  readonly seconds: number;
}

const accountName = 'news-x';
const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/**
 * Real workers, one account whose refresh tokens are good once, and an access token that ends again and again while
 * all of them have publications in hand.
 */
export async function runRotation(size: RotationSize): Promise<RotationResult> {
  const dataDir = await mkdtemp(join(tmpdir(), 'carillon-rotation-'));
  const redis = await startTestRedis();
  const sandbox = await startSandbox({ port: 0, takesRepeats: true });
  const env = {
    ...process.env,
    REDIS_URL: redis.url,
    CARILLON_DATA_DIR: dataDir,
    CARILLON_SANDBOX_PORT: String(sandbox.port),
  };
  const file = join(dataDir, 'carillon.yaml');
  const children: ChildProcess[] = [];
  try {
    await writeFile(file, configOf(1));
    const { config } = await loadConfig({ file, env });
    await using app = await openApp(config, {
      redisUrl: redis.url,
      dataDir,
      mayStartRedis: false,
      log: silentLog,
    });
    const account = config.accounts.get(accountName);
    if (account === undefined) throw new Error('The config has lost its account.');
    const token = `sandbox-refresh:${accountName}:first`;
    await app.credentials.connect(account, { secrets: { REFRESH_TOKEN: token } });
    for (let i = 0; i < size.workers; i++) {
      const args = ['--import', 'tsx', main, 'worker', 'twitter', '--config', file];
      children.push(spawn(process.execPath, args, { env, stdio: 'ignore' }));
    }

    const since = performance.now();
    for (let round = 1; round <= size.expiries; round++) {
      // The first round has no access token at all, each later one a token that has just ended.
      if (round > 1)
        await app.credentials.connect(account, { secrets: {}, expiresAt: Date.now() - 1 });
      const planned = Math.round((size.publications * round) / size.expiries);
      await writeFile(file, configOf(planned));
      await app.apply((await loadConfig({ file, env })).config);
      await untilPublished(app, planned);
    }
    return { ...(await count(app, sandbox.url)), seconds: (performance.now() - since) / 1000 };
  } finally {
    for (const child of children) child.kill('SIGTERM');
    await Promise.all(children.map((child) => child.exitCode ?? once(child, 'exit')));
    await sandbox.close();
    await redis.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function untilPublished(app: App, planned: number): Promise<void> {
  for (;;) {
    const list = await app.ledger.list();
    const stuck = list.filter(({ state }) => state === 'failed' || state === 'held');
    const [first] = stuck;
    if (first) throw new Error(`${first.publication} is ${first.state}: ${first.error?.message}`);
    if (list.filter(({ state }) => state === 'published').length >= planned) return;
    await wait(100);
  }
}

async function count(app: App, sandboxUrl: string): Promise<Omit<RotationResult, 'seconds'>> {
  const read = async (path: string) => (await fetch(`${sandboxUrl}${path}`)).json();
  const posts = (await read('/log')) as { text: string }[];
  const exchanges = (await read('/tokens')) as { isTaken: boolean }[];
  const published = await app.ledger.list(['published']);
  return {
    published: published.length,
    posts: posts.length,
    twice: posts.length - new Set(posts.map(({ text }) => text)).size,
    renewals: exchanges.filter(({ isTaken }) => isTaken).length,
    refused: exchanges.filter(({ isTaken }) => !isTaken).length,
    furtherAttempts: published.reduce((sum, { attempts }) => sum + attempts - 1, 0),
  };
}

function configOf(publications: number): string {
  const entries = Array.from(
    { length: publications },
    (_, i) =>
      `  - id: entry-${i + 1}\n    at: now\n    article: { title: "Post ${i + 1}", text: "Post ${i + 1}." }\n    text: { twitter: "Post ${i + 1}" }\n    to: [${accountName}]\n`,
  );
  return `timezone: UTC\nsandbox: true\naccounts:\n  ${accountName}: { network: twitter }\npublications:\n${entries.join('')}`;
}
