import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Redis } from 'ioredis';
import { silentLog } from '../../src/core/log.ts';
import { connectRedis } from '../../src/redis/connect.ts';
import { type PortEndpoint, readPort } from '../../src/redis/endpoint.ts';
import { openPrivateRedis, type PrivateRedis } from '../../src/redis/private-redis.ts';
import { ensureTestServer } from '../support/redis.ts';

await ensureTestServer();
const root = mkdtempSync(join(tmpdir(), 'carillon-private-'));
after(() => rmSync(root, { recursive: true, force: true }));

let folders = 0;
function newDataDir(): string {
  folders += 1;
  return join(root, String(folders));
}

function open(
  dataDir: string,
  options: { mayStart?: boolean; patienceMs?: number; warnings?: string[] } = {},
): Promise<PrivateRedis> {
  const { warnings = [], mayStart = true, patienceMs = 20_000 } = options;
  const note = (first: object | string, message?: string): void => {
    warnings.push(message ?? String(first));
  };
  const log = { ...silentLog, warn: note, error: note };
  return openPrivateRedis({ dataDir, mayStart, patienceMs, log });
}

/** A connection for one test. */
function connect(redis: PrivateRedis): Redis & AsyncDisposable {
  const connection = connectRedis(redis.endpoint, 'worker', { log: silentLog });
  return Object.assign(connection, {
    [Symbol.asyncDispose]: async () => connection.disconnect(),
  });
}

async function serverPid(redis: PrivateRedis): Promise<number> {
  await using connection = connect(redis);
  return Number(/process_id:(\d+)/.exec(await connection.info('server'))?.[1]);
}

/** Every process that has a file of the folder in its command line: the server and the shell beside it. */
function processesOf(dataDir: string): readonly string[] {
  const all = execFileSync('ps', ['-A', '-o', 'pid=,args=']).toString().split('\n');
  return all.filter((line) => line.includes(`${dataDir}/`));
}

async function until(what: string, check: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 15_000;
  while (!(await check())) {
    assert.ok(performance.now() < deadline, `never happened: ${what}`);
    await wait(10);
  }
}

/** Processes that are the server itself. One that is dead and not yet buried has lost its command line. */
function serversOf(dataDir: string): readonly number[] {
  const servers = processesOf(dataDir).filter((line) =>
    /^\s*\d+ \S*(redis|valkey)-server /.test(line),
  );
  return servers.map((line) => Number.parseInt(line, 10));
}

const script = fileURLToPath(new URL('../support/private-redis-process.ts', import.meta.url));

/** Another Carillon process of the same folder. Killed when the test is over. */
async function startProcess(
  dataDir: string,
): Promise<{ child: ChildProcess; isOwner: boolean } & Disposable> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`the process ended with ${code}`)));
  });
  const said: { isOwner: boolean } = JSON.parse(line);
  return { child, isOwner: said.isOwner, [Symbol.dispose]: () => child.kill('SIGKILL') };
}

test('starts a server that writes everything to the disk and evicts nothing', async () => {
  await using redis = await open(newDataDir());
  await using connection = connect(redis);

  const setting = async (name: string): Promise<unknown> =>
    ((await connection.config('GET', name)) as unknown[])[1];

  assert.equal(redis.isOwner, true);
  assert.equal(await setting('appendonly'), 'yes');
  assert.equal(await setting('appendfsync'), 'always');
  assert.equal(await setting('aof-load-truncated'), 'no');
  assert.equal(await setting('maxmemory-policy'), 'noeviction');
  assert.equal(await setting('hz'), '100');
  assert.equal(await setting('save'), '');
});

test('makes the data directory for its own user only', async () => {
  const dataDir = newDataDir();

  await using _redis = await open(dataDir);

  assert.equal(statSync(dataDir).mode & 0o777, 0o700);
  assert.equal(statSync(join(dataDir, 'redis')).mode & 0o777, 0o700);
  assert.equal(statSync(join(dataDir, 'redis.sock')).mode & 0o077, 0);
});

test('keeps the data, and leaves no process behind when it is closed', async () => {
  const dataDir = newDataDir();
  const first = await open(dataDir);
  {
    await using connection = connect(first);
    await connection.set('kept', 'yes');
  }

  await first.close();
  const left = processesOf(dataDir);
  await using second = await open(dataDir);
  await using connection = connect(second);

  assert.deepEqual(left, []);
  assert.equal(await connection.get('kept'), 'yes');
});

test('of two that open at once, one owns the server and both reach it', async () => {
  const dataDir = newDataDir();

  const both = await Promise.all([open(dataDir), open(dataDir)]);
  await using one = both[0];
  await using other = both[1];

  assert.deepEqual([one.isOwner, other.isOwner].sort(), [false, true]);
  assert.equal(await serverPid(one), await serverPid(other));
});

test('of four processes that start at once, one runs the only server', async () => {
  const dataDir = newDataDir();

  const processes = await Promise.all([1, 2, 3, 4].map(() => startProcess(dataDir)));
  const servers = serversOf(dataDir);
  for (const one of processes) one.child.kill('SIGTERM');
  await until('all are gone', () => processesOf(dataDir).length === 0);

  assert.equal(processes.filter((one) => one.isOwner).length, 1);
  assert.equal(servers.length, 1);
});

test('brings a killed server back within moments, with its data', async () => {
  await using redis = await open(newDataDir());
  await using connection = connect(redis);
  await connection.set('kept', 'yes');
  const killed = await serverPid(redis);

  const since = performance.now();
  process.kill(killed, 'SIGKILL');
  await until('a new server', async () => (await serverPid(redis)) !== killed);
  const tookMs = performance.now() - since;

  assert.equal(await connection.get('kept'), 'yes');
  assert.ok(tookMs < 3000, `took ${tookMs} ms`);
});

test('brings it back again and again', async () => {
  await using redis = await open(newDataDir());
  await using connection = connect(redis);

  for (let round = 1; round <= 4; round += 1) {
    await connection.incr('rounds');
    const killed = await serverPid(redis);
    process.kill(killed, 'SIGKILL');
    await until('a new server', async () => (await serverPid(redis)) !== killed);
  }

  assert.equal(await connection.get('rounds'), '4');
});

test('takes over from an owner that is killed, with its data', async () => {
  const dataDir = newDataDir();
  using owner = await startProcess(dataDir);
  await using redis = await open(dataDir);
  await using connection = connect(redis);
  await connection.set('kept', 'yes');
  const before = await serverPid(redis);

  owner.child.kill('SIGKILL');
  await until('this process owns the server', () => redis.isOwner);

  assert.equal(owner.isOwner, true);
  assert.equal(await connection.get('kept'), 'yes');
  assert.notEqual(await serverPid(redis), before);
  assert.deepEqual(serversOf(dataDir), [await serverPid(redis)]);
});

test('takes over from an owner that ends in peace', async () => {
  const dataDir = newDataDir();
  const owner = await open(dataDir);
  await using other = await open(dataDir);
  await using connection = connect(other);
  await connection.set('kept', 'yes');

  await owner.close();
  await until('the other owns the server', () => other.isOwner);

  assert.equal(await connection.get('kept'), 'yes');
});

test('the server ends with an owner that is killed', async () => {
  const dataDir = newDataDir();
  using owner = await startProcess(dataDir);
  assert.ok(processesOf(dataDir).length >= 2);

  owner.child.kill('SIGKILL');

  await until('nothing is left', () => processesOf(dataDir).length === 0);
});

test('starts again after everything was killed', async () => {
  const dataDir = newDataDir();
  {
    using owner = await startProcess(dataDir);
    await using redis = await open(dataDir, { mayStart: false });
    await using connection = connect(redis);
    await connection.set('kept', 'yes');
    const pids = processesOf(dataDir).map((line) => Number.parseInt(line, 10));
    owner.child.kill('SIGKILL');
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    await until('all are gone', () => processesOf(dataDir).length === 0);
    assert.equal(owner.isOwner, true);
  }
  assert.ok(statSync(join(dataDir, 'redis.sock')).isSocket(), 'a stale socket is left');

  await using redis = await open(dataDir);
  await using connection = connect(redis);

  assert.equal(redis.isOwner, true);
  assert.equal(await connection.get('kept'), 'yes');
});

/** The file that the server appends to. */
function appendedFile(dataDir: string): string {
  const folder = join(dataDir, 'redis', 'appendonlydir');
  const name = readdirSync(folder).find((file) => file.endsWith('.incr.aof'));
  return join(folder, name ?? 'appendonly.aof.1.incr.aof');
}

async function writeKeys(dataDir: string, count: number): Promise<void> {
  await using redis = await open(dataDir);
  await using connection = connect(redis);
  for (let key = 1; key <= count; key += 1) await connection.set(`key-${key}`, 'value');
}

test('cuts off a write that broke off, keeps it beside the data, and says so', async () => {
  const dataDir = newDataDir();
  await writeKeys(dataDir, 20);
  const torn = '*3\r\n$3\r\nSET\r\n$6\r\nkey-21\r\n$500\r\nhalf a val';
  appendFileSync(appendedFile(dataDir), torn);
  const warnings: string[] = [];

  await using redis = await open(dataDir, { warnings });
  await using connection = connect(redis);

  assert.equal(await connection.dbsize(), 20);
  assert.equal(warnings.filter((line) => line.includes('was cut off')).length, 1);
  const kept = readdirSync(join(dataDir, 'redis')).filter((name) => name.startsWith('cut-'));
  assert.equal(kept.length, 1);
  assert.equal(readFileSync(join(dataDir, 'redis', kept[0] ?? ''), 'utf8'), torn);
});

test('cuts off an open transaction as a whole', async () => {
  const dataDir = newDataDir();
  await writeKeys(dataDir, 3);
  const open3 = '*1\r\n$5\r\nMULTI\r\n*3\r\n$3\r\nSET\r\n$6\r\nkey-21\r\n$1\r\nx\r\n*3\r\n$3\r\nSE';
  appendFileSync(appendedFile(dataDir), open3);

  await using redis = await open(dataDir);
  await using connection = connect(redis);

  assert.equal(await connection.dbsize(), 3);
});

test('refuses data that is damaged before its end, and leaves it as it is', async () => {
  const dataDir = newDataDir();
  await writeKeys(dataDir, 20);
  const file = appendedFile(dataDir);
  const bytes = readFileSync(file);
  bytes.write('$9', bytes.indexOf('$5\r\nkey-7'));
  writeFileSync(file, bytes);

  await assert.rejects(open(dataDir), /is damaged .* put back a backup/);

  assert.deepEqual(readFileSync(file), bytes);
  assert.deepEqual(processesOf(dataDir), []);
});

test('takes a port with a password where the path is too long for a socket', async () => {
  const dataDir = join(newDataDir(), 'a-long-name-'.repeat(10));

  await using redis = await open(dataDir);
  await using joined = await open(dataDir, { mayStart: false });
  await using connection = connect(joined);
  await connection.set('kept', 'yes');
  const endpoint = redis.endpoint as PortEndpoint;
  const { password: _, ...withoutPassword } = endpoint;
  await using stranger = connect({
    ...redis,
    endpoint: { ...withoutPassword, password: 'guess' },
  } as PrivateRedis);

  assert.equal(endpoint.kind, 'port');
  assert.equal(await connection.get('kept'), 'yes');
  await assert.rejects(stranger.get('kept'), /NOAUTH|WRONGPASS/);
  assert.equal(statSync(endpoint.file).mode & 0o777, 0o600);
  assert.equal(statSync(join(dataDir, 'redis', 'redis.conf')).mode & 0o777, 0o600);
  assert.equal(
    processesOf(dataDir).some((line) => line.includes(endpoint.password)),
    false,
  );
});

test('takes another port if its own is taken, and open connections follow', async () => {
  const dataDir = join(newDataDir(), 'a-long-name-'.repeat(10));
  const first = await open(dataDir);
  await using connection = connect(first);
  await connection.set('kept', 'yes');
  const port = readPort(first.endpoint as PortEndpoint);
  await first.close();
  const stranger = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  await new Promise<void>((resolve) => stranger.listen(port, '127.0.0.1', resolve));

  await using second = await open(dataDir);

  stranger.close();
  assert.notEqual(readPort(second.endpoint as PortEndpoint), port);
  assert.equal(await connection.get('kept'), 'yes');
});

test('one that may not start a server waits for it, and says what to do if none comes', async () => {
  const dataDir = newDataDir();

  await assert.rejects(open(dataDir, { mayStart: false, patienceMs: 100 }), /run "carillon start"/);
  const waiting = open(dataDir, { mayStart: false });
  await using owner = await open(dataDir);
  await using joined = await waiting;

  assert.deepEqual([owner.isOwner, joined.isOwner], [true, false]);
});

test('says in a sentence that a file is in the way of the data directory', async () => {
  const dataDir = newDataDir();
  writeFileSync(dataDir, '');

  await assert.rejects(open(dataDir), /a file is in its way: move that file/);
});

test('can be closed while the server is being brought back', async () => {
  const dataDir = newDataDir();
  const redis = await open(dataDir);
  process.kill(await serverPid(redis), 'SIGKILL');
  await wait(5);

  await redis.close();

  assert.deepEqual(processesOf(dataDir), []);
});

test('a folder name with spaces, quotes and other letters is no obstacle', async () => {
  const dataDir = join(newDataDir(), 'my "data" \\ dîr');
  mkdirSync(dataDir, { recursive: true });

  await using redis = await open(dataDir);
  await using connection = connect(redis);

  assert.equal(await connection.ping(), 'PONG');
  assert.ok(statSync(join(dataDir, 'redis', 'appendonlydir')).isDirectory());
});
