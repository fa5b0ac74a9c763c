import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { loadConfig } from '../../config/load.ts';
import { openApp } from '../../src/app.ts';
import { silentLog } from '../../src/core/log.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { startTestRedis, type TestRedis } from '../support/redis.ts';

/** The same entry for the sandbox and for real, with one Redis and one data directory. */
describe('the ledgers of the sandbox and of the real networks, in one Redis', () => {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-both-'));
  let redis: TestRedis;
  let sandbox: Sandbox;
  /** What stands for the real network. */
  let real: Sandbox;
  before(async () => {
    redis = await startTestRedis();
    sandbox = await startSandbox({ port: 0 });
    real = await startSandbox({ port: 0 });
  });
  after(async () => {
    await sandbox.close();
    await real.close();
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = async (isSandbox: boolean) => {
    const cwd = join(folder, isSandbox ? 'sandbox' : 'real');
    mkdirSync(join(cwd, 'config'), { recursive: true });
    writeFileSync(
      join(cwd, 'config', 'carillon.yaml'),
      `timezone: UTC
sandbox: ${isSandbox}
accounts: { a-page: { network: facebook, pageId: "1000200030004"${isSandbox ? '' : `, apiUrl: "${real.url}"`} } }
publications:
  - { id: one, at: now, to: [a-page], article: { title: The one } }
  - { id: two, at: now, to: [a-page], article: { title: The other } }
`,
    );
    const env = {
      CARILLON_SANDBOX_PORT: String(sandbox.port),
      CARILLON_A_PAGE_PAGE_TOKEN: 'a-real-token',
    };
    const { config } = await loadConfig({ cwd, env });
    const dataDir = join(folder, 'data');
    const surroundings = { redisUrl: redis.url, dataDir, mayStartRedis: false, log: silentLog };
    return { config, app: await openApp(config, surroundings) };
  };
  const keysOf = async (prefix: string) => {
    const connection = redis.connect();
    const keys = (await connection.keys('*')).filter((key) => key.startsWith(prefix)).sort();
    const values = await Promise.all(keys.map((key) => connection.dumpBuffer(key)));
    return keys.map((key, i) => `${key} ${values[i]?.toString('base64')}`);
  };
  const textsOf = async ({ url }: Sandbox) => {
    const log = (await (await fetch(`${url}/log`)).json()) as { text: string }[];
    return log.map(({ text }) => text);
  };
  const untilBothAreOut = async (url: Sandbox) => {
    for (const end = Date.now() + 20_000; Date.now() < end; await wait(50)) {
      if ((await textsOf(url)).length === 2) return;
    }
    assert.fail('They did not go out.');
  };

  it('neither see nor touch each other, and jobs of the sandbox never reach real workers', async () => {
    const one = await open(true);
    const other = await open(false);
    await using played = one.app;
    await using posted = other.app;

    // Jobs of the sandbox wait, and only workers of the real ledger run.
    await played.apply(one.config);
    const before = await keysOf('{carillon-sandbox}');
    assert.deepEqual(await posted.ledger.list(), []);
    await posted.apply(other.config);
    {
      await using _worker = await posted.startWorker('facebook', async () => other.config);
      await untilBothAreOut(real);
      await posted.sweep();
    }
    assert.deepEqual(await textsOf(sandbox), []);
    assert.deepEqual(await keysOf('{carillon-sandbox}'), before);

    // And the other way round.
    const realBefore = await keysOf('{carillon}');
    assert.ok(before.length > 0 && realBefore.length > 0);
    {
      await using _worker = await played.startWorker('facebook', async () => one.config);
      await untilBothAreOut(sandbox);
      await played.sweep();
    }
    assert.equal((await textsOf(real)).length, 2);
    assert.deepEqual(await keysOf('{carillon}'), realBefore);
    const names = [...(await keysOf('')).values()];
    assert.equal(names.length, (await keysOf('{carillon')).length, 'no key is outside of both');
    assert.deepEqual(readdirSync(join(folder, 'data', 'journal')).sort(), [
      'carillon',
      'carillon-sandbox',
    ]);
  });
});
