import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadConfig, loadFrame } from '../../config/load.ts';
import { openApp } from '../../src/app.ts';
import { silentLog } from '../../src/core/log.ts';
import { ConfigError } from '../../src/core/problem.ts';
import { useCommands } from '../support/command-bench.ts';

const openBench = useCommands();

async function openBoth() {
  const bench = openBench();
  const { folder: cwd, env } = bench;
  const surroundings = {
    redisUrl: env.REDIS_URL,
    dataDir: join(cwd, 'data'),
    mayStartRedis: false,
    log: silentLog,
  };
  const app = await openApp(await loadFrame({ cwd, env }), surroundings);
  return { app, bench, cwd, env };
}

test('a config for the other ledger is neither adopted nor planned nor applied', async () => {
  const { app, bench, cwd, env } = await openBoth();
  await using _ = app;
  bench.writeConfig('timezone: UTC\nsandbox: false\naccounts:\n  a-x: { network: twitter }\n');
  const secrets = ['API_KEY', 'API_SECRET', 'ACCESS_TOKEN', 'ACCESS_SECRET'];
  const all = Object.fromEntries(secrets.map((name) => [`CARILLON_A_X_${name}`, 'secret']));
  const { config } = await loadConfig({ cwd, env: { ...env, ...all } });

  assert.throws(() => app.adopt(config), ConfigError);
  await assert.rejects(app.plan(config), /Start Carillon again/);
  await assert.rejects(app.apply(config), /Start Carillon again/);

  assert.equal(app.config.sandbox, true);
});

test('a worker publishes with the settings that were adopted since it began', async () => {
  const { app, bench, cwd, env } = await openBoth();
  await using _ = app;
  await using _worker = await app.startWorker('twitter', () => loadFrame({ cwd, env }));
  bench.writeEntries({ id: 'one' });
  const { config } = await loadConfig({ cwd, env });
  const elsewhere = new Map(
    [...config.accounts].map(([name, account]) => [
      name,
      { ...account, apiUrl: 'http://127.0.0.1:1' },
    ]),
  );
  app.adopt({ ...config, accounts: elsewhere });

  await app.apply(config);
  const end = performance.now() + 10_000;
  for (;;) {
    const record = await bench.ledger.get('one/newsroom-x');
    if (record?.error !== undefined) break;
    assert.notEqual(record?.state, 'published');
    assert.ok(performance.now() < end, 'It was never tried.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  app.adopt(config);

  await bench.workUntil('one/newsroom-x', 'published');
});
