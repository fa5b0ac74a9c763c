import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { examineApart } from '../../src/processes/examine-apart.ts';
import { startTestRedis, type TestRedis } from '../support/redis.ts';
import { type Client, openSandbox } from '../support/sandbox-client.ts';

const folder = mkdtempSync(join(tmpdir(), 'carillon-examine-'));
const configFile = join(folder, 'carillon.yaml');
let redis: TestRedis;
let client: Client;
before(async () => {
  redis = await startTestRedis();
  client = await openSandbox();
  Object.assign(process.env, {
    REDIS_URL: redis.url,
    CARILLON_DATA_DIR: join(folder, 'data'),
    CARILLON_SANDBOX_PORT: String(client.sandbox.port),
  });
  const accounts = '{ newsroom-x: { network: twitter } }';
  const config = `timezone: UTC\nsandbox: true\naccounts: ${accounts}\npublications: []\n`;
  writeFileSync(configFile, config);
});
after(async () => {
  await client[Symbol.asyncDispose]();
  await redis.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('a process of its own examines everything and gives back what it found', async () => {
  await client.ask('/amendments', {
    body: { network: 'twitter', path: '/users/me', body: { data: { protected: true } } },
  });

  const findings = await examineApart(configFile, new AbortController().signal);

  const codes = findings.filter(({ account }) => account !== undefined).map(({ code }) => code);
  assert.deepEqual(codes, ['identity', 'protected']);
  assert.ok(findings.some(({ check }) => check === 'disk'));
});

test('an examination that cannot begin says why', async () => {
  const nowhere = join(folder, 'gone.yaml');

  await assert.rejects(examineApart(nowhere, new AbortController().signal), /gone\.yaml/);
});

test('an examination ends with the process that wanted it', async () => {
  const stop = new AbortController();
  await client.fault({ network: 'twitter', kind: 'hang', on: 'read', count: 1 });

  const examined = examineApart(configFile, stop.signal);
  stop.abort();

  await assert.rejects(examined);
});
