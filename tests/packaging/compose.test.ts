import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Redis } from 'ioredis';
import { parse } from 'yaml';
import { networkIds } from '../../src/networks/registry.ts';
import { judgeServers, readServerFacts } from '../../src/redis/check-server.ts';
import { findFreePort } from '../../src/redis/endpoint.ts';
import { assertCallable } from '../support/callable.ts';
import { endWithUs } from '../support/end-with-us.ts';
import { ensureTestServer } from '../support/redis.ts';

interface Service {
  readonly image: string;
  readonly build?: string;
  readonly user?: string;
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes: readonly string[];
  readonly networks: readonly string[];
  readonly ports?: readonly string[];
  readonly profiles?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { condition: string }>>;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly restart: string;
  readonly stop_grace_period: string;
  readonly read_only: boolean;
  readonly cap_drop: readonly string[];
  readonly security_opt: readonly string[];
  readonly deploy: { readonly resources: object };
}

const text = readFileSync('compose.yaml', 'utf8');
const compose = parse(text, { merge: true });
const services: Readonly<Record<string, Service>> = compose.services;
const { redis, ...parts } = services;
assert.ok(redis);

test('there is a service for the scheduler, the dashboard, each network, and all in one', async () => {
  const commands = Object.values(parts).map(({ command }) => command.join(' '));

  assert.deepEqual(
    commands.toSorted(),
    [
      ...['dashboard', 'scheduler', 'start --yes'],
      ...networkIds.map((network) => `worker ${network}`),
    ].toSorted(),
  );
  for (const { command } of Object.values(parts)) await assertCallable(command);
});

test('every part is the image of the Dockerfile, without rights, on a file system that is only read', () => {
  for (const [name, service] of Object.entries(services)) {
    assert.equal(service.read_only, true, name);
    assert.deepEqual(service.cap_drop, ['ALL'], name);
    assert.deepEqual(service.security_opt, ['no-new-privileges:true'], name);
    assert.equal(service.restart, 'unless-stopped', name);
    assert.ok(service.deploy.resources, name);
  }
  for (const [name, { image, build }] of Object.entries(parts)) {
    assert.equal(image, 'carillon', name);
    assert.equal(build, '.', name);
  }
});

test('every part waits for Redis, reaches it by its name, and is given time to end', () => {
  for (const [name, service] of Object.entries(parts)) {
    assert.equal(service.depends_on?.redis?.condition, 'service_healthy', name);
    assert.equal(service.environment?.REDIS_URL, 'redis://redis:6379', name);
    assert.equal(service.stop_grace_period, '90s', name);
    assert.deepEqual(service.networks, ['ledger', 'outside'], name);
  }
});

test('nobody outside reaches Redis, and only this machine reaches the dashboard', () => {
  assert.equal(redis.ports, undefined);
  assert.deepEqual(redis.networks, ['ledger']);
  assert.equal(compose.networks.ledger.internal, true);
  for (const [name, { ports = [], environment }] of Object.entries(parts)) {
    const isServed = environment?.CARILLON_DASHBOARD_HOST !== undefined;
    assert.deepEqual(ports, isServed ? ['127.0.0.1:8420:8420'] : [], name);
  }
  assert.deepEqual(parts.start?.profiles, ['start']);
});

test('what has to last lies in declared volumes, the config is only read', () => {
  const mounted = Object.values(services).flatMap(({ volumes }) => volumes);
  const named = mounted
    .filter((volume) => /^[a-z]/.test(volume))
    .map((volume) => volume.split(':')[0]);

  assert.deepEqual([...new Set(named)].toSorted(), Object.keys(compose.volumes).toSorted());
  assert.ok(redis.volumes.includes('redis-data:/data'));
  for (const [name, { volumes, environment }] of Object.entries(parts)) {
    assert.ok(volumes.includes('carillon-data:/data'), name);
    assert.equal(environment?.CARILLON_DATA_DIR, '/data', name);
    assert.match(volumes[0] ?? '', /^\$\{CARILLON_FOLDER:-\.\/config\}:\/config:ro$/, name);
    assert.equal(environment?.CARILLON_CONFIG, '/config/carillon.yaml', name);
  }
});

test('parts that serve no page are not asked for one, the others are', () => {
  for (const [name, { healthcheck, environment }] of Object.entries(parts)) {
    const isServed = environment?.CARILLON_DASHBOARD_HOST !== undefined;
    assert.equal(healthcheck?.disable, isServed ? undefined : true, name);
  }
});

test('no secret stands in the file, and no registry', () => {
  const images = Object.values(services).map(({ image }) => image);

  assert.doesNotMatch(text, /PASSWORD\s*[:=]|_TOKEN|_SECRET/);
  for (const image of images) assert.match(image, /^[a-z]+(:[\w.-]+)?$/);
});

test('a Redis that is started so is a safe place for the ledger', async (context) => {
  const [, ...flags] = redis.command;
  const dir = mkdtempSync(join(tmpdir(), 'carillon-compose-'));
  const port = await findFreePort();
  const { file } = await ensureTestServer();
  const args = flags.map((word) => (word === '/data' ? dir : word));
  const child = spawn(file, [...args, '--port', String(port), '--bind', '127.0.0.1'], {
    stdio: 'ignore',
  });
  endWithUs(child);
  const connection = new Redis({
    host: '127.0.0.1',
    port,
    retryStrategy: () => 20,
    replyMapping: 'legacy',
  });
  connection.on('error', () => {});
  context.after(() => {
    connection.disconnect();
    child.kill('SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  });
  const setting = async (name: string) => ((await connection.config('GET', name)) as string[])[1];

  assert.deepEqual(judgeServers(await readServerFacts(connection), { kind: 'url' }), []);
  assert.equal(await setting('appendfsync'), 'always');
  assert.equal(await setting('maxmemory-policy'), 'noeviction');
  assert.equal(await setting('aof-load-truncated'), 'no');
  assert.equal(await setting('save'), '');
  assert.equal(await setting('hz'), '100');
});
