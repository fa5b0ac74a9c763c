import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { loadConfig } from '../../config/load.ts';
import { type App, openApp } from '../../src/app.ts';
import { silentLog } from '../../src/core/log.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { type Item, rss } from '../support/feed.ts';
import { startTestRedis, type TestRedis } from '../support/redis.ts';

interface Logged {
  readonly account: string;
  readonly text: string;
}

/** A site whose feed changes as feeds do, a process that follows it and is killed again and again, and what followers see. */
describe('a feed that is followed by a process that dies', () => {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-feeds-'));
  let redis: TestRedis;
  let sandbox: Sandbox;
  let app: App;
  let worker: AsyncDisposable;
  let body = rss();
  let asked = 0;
  let onAsked = (): void => {};
  const site = http.createServer((_, response) => {
    asked += 1;
    response.writeHead(200, { 'content-type': 'application/rss+xml' });
    response.end(body, () => onAsked());
  });

  before(async () => {
    redis = await startTestRedis();
    sandbox = await startSandbox({ port: 0, takesRepeats: true });
    site.listen(0, '127.0.0.1');
    await once(site, 'listening');
    const { port } = site.address() as AddressInfo;
    mkdirSync(join(folder, 'config'));
    writeFileSync(
      join(folder, 'config', 'carillon.yaml'),
      `timezone: Europe/Paris
sandbox: true
accounts: { news-x: { network: twitter, handle: "@news" } }
publishing: { confirmAfter: [10ms, 20ms], backoff: 10ms }
fetch: { allow: ["127.0.0.1"] }
feeds: [{ id: news, url: "http://127.0.0.1:${port}/feed.xml", to: [news-x], after: 0s }]
`,
    );
    const { config } = await loadConfig({ cwd: folder, env: envOf() });
    const surroundings = {
      redisUrl: redis.url,
      dataDir: join(folder, 'data'),
      mayStartRedis: false,
    };
    app = await openApp(config, { ...surroundings, log: silentLog });
    worker = await app.startWorker('twitter', async () => config);
  });
  after(async () => {
    await worker?.[Symbol.asyncDispose]();
    await app?.[Symbol.asyncDispose]();
    site.closeAllConnections();
    site.close();
    await sandbox?.close();
    await redis?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const envOf = () => ({
    REDIS_URL: redis.url,
    CARILLON_DATA_DIR: join(folder, 'data'),
    CARILLON_SANDBOX_PORT: String(sandbox.port),
  });
  const readLog = async () =>
    (await (await fetch(`${sandbox.url}/log`)).json()) as readonly Logged[];
  const startFollower = async (): Promise<ChildProcess> => {
    const file = resolve('tests/support/feeding-process.ts');
    const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), file], {
      cwd: folder,
      env: { ...process.env, CARILLON_CONFIG: '', ...envOf() },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    process.once('exit', () => child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    return child;
  };
  const kill = async (child: ChildProcess): Promise<void> => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
    for (const end = Date.now() + 30_000; !(await isSo()); await wait(20)) {
      assert.ok(Date.now() < end, 'It did not happen in time.');
    }
  };
  const article = (number: number, over: Partial<Item> = {}): Item => ({
    title: `Article ${number}`,
    guid: `guid-${number}`,
    link: `https://library.example.org/news/${number}`,
    date: new Date().toUTCString(),
    text: `What number ${number} is about.`,
    ...over,
  });

  it('shows each new article once, whatever happens to it and to the process', {
    timeout: 180_000,
  }, async () => {
    const past = article(0);
    const date = new Date().toUTCString();
    const stages: readonly (readonly Item[])[] = [
      [article(1), past],
      [article(2), article(3), article(1, { guid: 'moved-1', date }), past],
      [
        article(4),
        article(2, { link: 'https://www.library.example.org/news/2/?utm_source=rss', guid: 'm2' }),
        past,
      ],
      [article(5), article(3, { title: 'Article 3, mended' }), article(4), past],
      [article(6), article(5), article(1), article(2), article(3), past],
    ];
    body = rss(past);
    const first = await startFollower();
    await until(() => asked > 0);
    await until(async () => (await app.feedMemory.state('news'))?.startedAt !== undefined);
    await kill(first);

    for (const [round, stage] of stages.entries()) {
      body = rss(...stage);
      // The moment varies: before it has read the answer, before it has remembered, before it has planned, after.
      let strike = (): void => {};
      const struck = new Promise<void>((done) => {
        strike = done;
      });
      onAsked = () => void wait(5 * round * round).then(strike);
      const follower = await startFollower();
      await struck;
      await kill(follower);
      onAsked = () => {};

      const last = await startFollower();
      const before = asked;
      await until(() => asked > before + 1);
      const numbers = stages
        .slice(0, round + 1)
        .flat()
        .map(({ link }) => link?.match(/\d/)?.[0]);
      const expected = new Set(numbers).size - 1;
      await until(async () => (await readLog()).length >= expected);
      await kill(last);
    }
    await wait(500);

    const seen = (await readLog()).map(({ text }) => text.split('\n')[0]).sort();
    assert.deepEqual(
      seen.map((title) => title?.slice(0, 9)),
      [1, 2, 3, 4, 5, 6].map((number) => `Article ${number}`),
    );
  });

  it('posts nothing of it again when the memory of the feed is lost', async () => {
    const connection = redis.connect();
    const keys = await connection.keys('{carillon-sandbox}:feeds:*');
    await connection.del(...keys);
    const follower = await startFollower();
    await until(async () => (await app.feedMemory.state('news'))?.startedAt !== undefined);
    const before = asked;
    await until(() => asked > before + 2);
    await kill(follower);

    assert.equal((await readLog()).length, 6);
  });
});
