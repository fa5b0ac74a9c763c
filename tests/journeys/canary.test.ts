import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { findFreePort } from '../../src/redis/endpoint.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { type Canary, findCanaries, makeCanary } from '../support/canary.ts';
import { runCommand } from '../support/command-line.ts';
import { type EchoingProxy, startEchoingProxy } from '../support/echoing-proxy.ts';
import { startTestRedis, type TestRedis } from '../support/redis.ts';

/** Every secret there is, in all that a month in the life of an installation leaves behind. */
describe('a secret', () => {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-canary-'));
  const data = join(folder, 'data');
  const accountSecrets = [
    ...['API_KEY', 'API_SECRET', 'ACCESS_TOKEN', 'ACCESS_SECRET'].map((one) => `A_X_${one}`),
    ...['CLIENT_ID', 'CLIENT_SECRET', 'REFRESH_TOKEN'].map((one) => `B_X_${one}`),
    ...['PAGE_TOKEN', 'APP_ID', 'APP_SECRET'].map((one) => `A_PAGE_${one}`),
    ...['CLIENT_ID', 'CLIENT_SECRET', 'REFRESH_TOKEN'].map((one) => `A_TUBE_${one}`),
  ].map((name) => makeCanary(`CARILLON_${name}`));
  const own = ['CARILLON_SECRET_KEY', 'CARILLON_OLD_SECRET_KEY', 'CARILLON_DASHBOARD_PASSWORD'].map(
    (name) => makeCanary(name),
  );
  const redisPassword = makeCanary('the password in REDIS_URL');
  const wrongPassword = makeCanary('a wrong password in REDIS_URL');
  const canaries: readonly Canary[] = [...accountSecrets, ...own, redisPassword, wrongPassword];

  let redis: TestRedis;
  let connection: Redis;
  let sandbox: Sandbox;
  let network: EchoingProxy;
  let env: Record<string, string>;
  const heard: { where: string; text: string }[] = [];
  const hear = (where: string, text: string) => heard.push({ where, text });

  before(async () => {
    redis = await startTestRedis();
    connection = redis.connect();
    await connection.config('SET', 'requirepass', redisPassword.value);
    await connection.auth(redisPassword.value);
    sandbox = await startSandbox({ port: 0, takesRepeats: true });
    network = await startEchoingProxy(sandbox.url, 30);
    writeFileSync(join(folder, 'crash.mjs'), crash(join(folder, 'has-crashed')));
    writeFileSync(join(folder, 'carillon.yaml'), config(network.url));
    env = {
      PATH: process.env.PATH ?? '',
      ...Object.fromEntries([...accountSecrets, ...own].map(({ name, value }) => [name, value])),
      REDIS_URL: `redis://:${encodeURIComponent(redisPassword.value)}@127.0.0.1:${redis.port}`,
      CARILLON_CONFIG: join(folder, 'carillon.yaml'),
      CARILLON_DATA_DIR: data,
      CARILLON_DASHBOARD_PORT: String(await findFreePort()),
      NODE_OPTIONS: `--import=${join(folder, 'crash.mjs')}`,
    };
  });
  after(async () => {
    await network.close();
    await sandbox.close();
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is at work in all that follows', { timeout: 120_000 }, async () => {
    const running = runStart(env, folder, (text) => hear('what start and its parts say', text));
    try {
      await untilSettled(
        env,
        () => network.echoes,
        () => heard.map(({ text }) => text).join(''),
      );
      await visitDashboard(env, hear);
    } finally {
      await running.stop();
    }
    await runCommands(env, folder, hear, encodeURIComponent(wrongPassword.value));

    const log = (await (await fetch(`${sandbox.url}/log`)).json()) as { network: string }[];
    assert.deepEqual(
      [...new Set(log.map((post) => post.network))].sort(),
      ['facebook', 'twitter', 'youtube'],
      JSON.stringify(heard).slice(0, 6000),
    );
    assert.ok(network.echoes > 7, `only ${network.echoes} echoes`);
    assert.ok(network.issued.size > 0, 'no token was issued');
    assert.ok(existsSync(join(folder, 'has-crashed')), 'no worker has crashed');
    assert.match(heard.map(({ text }) => text).join('\n'), /fell over a mistake/);
  });

  it('is in no log line, error, page, metric, answer of a command or last word', () => {
    const all = [...canaries, ...issuedBy(network)];

    const found = heard.flatMap(({ where, text }) =>
      findCanaries(all, text).map((told) => `${where}: ${told}`),
    );

    assert.deepEqual([...new Set(found)], []);
  });

  it('is in no key of Redis, jobs and stored tokens included', async () => {
    const all = [...canaries, ...issuedBy(network)];
    const entries = await readAllKeys(connection);

    const found = entries.flatMap(([key, text]) =>
      findCanaries(all, text).map((told) => `${key}: ${told}`),
    );

    assert.ok(entries.some(([key]) => key.includes(':queue') || key.includes('twitter')));
    assert.deepEqual(found, []);
  });

  it('is in no file of the data directory', () => {
    const all = [...canaries, ...issuedBy(network)];
    const files = readdirSync(data, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));

    const found = files.flatMap((file) =>
      findCanaries(all, readFileSync(file, 'latin1')).map((told) => `${file}: ${told}`),
    );

    assert.ok(files.some((file) => file.includes('journal')));
    assert.deepEqual(found, []);
  });

  it('would be found in each of these codings', () => {
    const canary = makeCanary('it');
    const forms = [
      canary.value,
      encodeURIComponent(canary.value),
      JSON.stringify(canary.value),
      Buffer.from(canary.value).toString('hex'),
      ...['', 'a', 'ab', 'abc'].map((before) =>
        Buffer.from(`${before}${canary.value}`).toString('base64'),
      ),
    ];

    for (const form of forms) assert.equal(findCanaries([canary], `…${form}…`).length, 1, form);
  });
});

function issuedBy({ issued }: EchoingProxy): readonly Canary[] {
  return [...issued].map((token) => {
    // The name of the account in it is no secret; where nothing else is, the whole is looked for.
    const last = token.split(':').at(-1) ?? '';
    return { name: 'a token that was issued', value: last.length < 16 ? token : last };
  });
}

function config(apiUrl: string): string {
  // Two accounts of one network never get the same article.
  const words = ['amber', 'birch', 'cedar', 'delta', 'ember', 'fjord', 'grove', 'haven'];
  const entries = words.flatMap((word, i) => [
    `  - { id: p${i}, at: now, to: [a-x, a-page, a-tube], article: { title: "All of ${word}" } }\n`,
    `  - { id: q${i}, at: now, to: [b-x], article: { title: "${word.toUpperCase()}: ${i * 7919} things to see" } }\n`,
  ]);
  return `timezone: UTC
sandbox: false
accounts:
  a-x: { network: twitter, apiUrl: "${apiUrl}" }
  b-x: { network: twitter, apiUrl: "${apiUrl}" }
  a-page: { network: facebook, pageId: "1000200030004", apiUrl: "${apiUrl}" }
  a-tube: { network: youtube, channelId: UCabcdefghijklmnopqrstuv, mode: api, apiUrl: "${apiUrl}" }
publishing: { confirmAfter: [100ms, 300ms], backoff: 50ms, attempts: 4, requestTimeout: 3s }
publications:
${entries.join('')}`;
}

/** Makes the worker of X fall twice, with errors as SDKs throw them: before it has a log, and at work. */
function crash(mark: string): string {
  return `import { existsSync, writeFileSync } from 'node:fs';
const fall = (mark) => {
  writeFileSync(mark, '');
  const secret = process.env.CARILLON_A_X_ACCESS_TOKEN;
  const error = new Error('fell with ' + secret, { cause: new Error(Buffer.from('x:' + secret).toString('base64')) });
  throw Object.assign(error, { config: { headers: { authorization: 'Bearer ' + secret } }, env: process.env });
};
const mark = ${JSON.stringify(mark)};
if (process.argv.includes('worker') && process.argv.includes('twitter')) {
  if (!existsSync(mark + '-early')) setTimeout(() => fall(mark + '-early'), 50);
  else if (!existsSync(mark)) {
    const timer = setInterval(() => {
      if (process.listenerCount('uncaughtException') === 0) return;
      clearInterval(timer);
      setTimeout(() => fall(mark), 1500);
    }, 50);
  }
}
`;
}

function runStart(env: NodeJS.ProcessEnv, cwd: string, hear: (text: string) => void) {
  const args = [resolve('dist/src/cli/main.js'), 'start', '--yes'];
  const child: ChildProcess = spawn(process.execPath, args, {
    ...{ cwd, env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout?.on('data', (chunk) => hear(String(chunk)));
  child.stderr?.on('data', (chunk) => hear(String(chunk)));
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  return {
    async stop() {
      child.kill('SIGTERM');
      await Promise.race([ended, wait(10_000)]);
      child.kill('SIGKILL');
      process.off('exit', kill);
    },
  };
}

/** Until the dashboard answers and enough has gone out and gone wrong. */
async function untilSettled(
  env: Readonly<Record<string, string>>,
  echoes: () => number,
  said: () => string,
): Promise<void> {
  const hasFallen = () => said().includes('fell over a mistake');
  const url = `http://127.0.0.1:${env.CARILLON_DASHBOARD_PORT}/healthz`;
  const isOpen = () =>
    fetch(url).then(
      () => true,
      () => false,
    );
  for (const end = Date.now() + 60_000; Date.now() < end; await wait(500)) {
    if (echoes() > 5 && hasFallen() && (await isOpen())) return;
  }
  assert.fail(`It did not come to work: ${echoes()} echoes.\n${said().slice(-4000)}`);
}

async function visitDashboard(
  env: Readonly<Record<string, string>>,
  hear: (where: string, text: string) => void,
): Promise<void> {
  const url = `http://127.0.0.1:${env.CARILLON_DASHBOARD_PORT}`;
  const form = new URLSearchParams({
    name: 'carillon',
    password: env.CARILLON_DASHBOARD_PASSWORD ?? '',
  });
  const entered = await fetch(`${url}/enter`, { method: 'POST', body: form, redirect: 'manual' });
  hear('the page /enter', JSON.stringify([...entered.headers]));
  const cookie = entered.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
  assert.ok(
    entered.status < 400 && cookie !== '',
    `The dashboard let nobody in: ${entered.status}`,
  );
  const headers = { cookie };
  for (const path of [
    ...['/', '/history', '/calendar', '/calendar.ics', '/metrics', '/healthz', '/readyz'],
    ...['/queues', '/queues/api/queues?status=failed', '/queues/api/queues?status=completed'],
    ...['/queues/queue/twitter', '/nowhere', '/publications/p0/a-x', '/publication/p0%2Fa-x'],
  ]) {
    for (const sent of [headers, {}]) {
      const answer = await fetch(`${url}${path}`, { headers: sent, redirect: 'manual' });
      hear(`the page ${path}`, `${JSON.stringify([...answer.headers])} ${await answer.text()}`);
    }
  }
}

async function runCommands(
  env: Readonly<Record<string, string>>,
  cwd: string,
  hear: (where: string, text: string) => void,
  wrongPassword: string,
): Promise<void> {
  const { NODE_OPTIONS: _, ...plain } = env;
  const run = async (argv: readonly string[], over: Readonly<Record<string, string>> = {}) => {
    const { out, err } = await runCommand(argv, { cwd, env: { ...plain, ...over } });
    hear(`carillon ${argv.join(' ')}`, `${out}\n${err}`);
  };
  const shows = ['p1/a-x', 'p2/a-x', 'q1/b-x', 'p1/a-page', 'p2/a-tube'].flatMap((name) => [
    ['show', name],
    ['show', name, '--json'],
  ]);
  for (const argv of [
    ...shows,
    ...[['status'], ['status', '--json'], ['feeds'], ['check'], ['plan', '--json']],
    ...[['doctor'], ['doctor', '--json'], ['verify', '--json'], ['preview', '--json']],
    ['retry', '--state', 'failed', '--yes', '--verbose'],
    ['pause', 'a-x'],
  ]) {
    await run(
      [...argv, '--verbose'].slice(0, argv.includes('--verbose') ? argv.length : undefined),
    );
  }
  const elsewhere = env.REDIS_URL?.replace(/:[^:@]+@/, `:${wrongPassword}@`) ?? '';
  await run(['status', '--verbose'], { REDIS_URL: elsewhere });
  await run(['doctor'], { REDIS_URL: `redis://:${wrongPassword}@127.0.0.1:1` });
  await run(['status', '--verbose'], { REDIS_URL: `redis://:${wrongPassword}@ nowhere` });
  await run(['status'], { CARILLON_SECRET_KEY: 'short' });
}

async function readAllKeys(connection: Redis): Promise<readonly (readonly [string, string])[]> {
  const keys = await connection.keys('*');
  return Promise.all(keys.map(async (key) => [key, await readKey(connection, key)] as const));
}

async function readKey(connection: Redis, key: string): Promise<string> {
  switch (await connection.type(key)) {
    case 'string':
      return (await connection.getBuffer(key))?.toString('latin1') ?? '';
    case 'hash':
      return JSON.stringify(await connection.hgetall(key));
    case 'list':
      return JSON.stringify(await connection.lrange(key, 0, -1));
    case 'set':
      return JSON.stringify(await connection.smembers(key));
    case 'zset':
      return JSON.stringify(await connection.zrange(key, '0', '-1', 'WITHSCORES'));
    case 'stream':
      return JSON.stringify(await connection.xrange(key, '-', '+'));
    default:
      return '';
  }
}
