import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  hasWaitAof,
  judgeServers,
  parseServerFacts,
  readServerFacts,
  type ServerFacts,
} from '../../src/redis/check-server.ts';
import { startTestRedis } from '../support/redis.ts';

const single = { kind: 'url' } as const;

function facts(changes: Partial<ServerFacts> = {}): ServerFacts {
  return {
    version: [7, 0, 15],
    isValkey: false,
    mode: 'standalone',
    role: 'master',
    replicas: 0,
    maxmemory: 0,
    usedMemory: 1e8,
    maxmemoryPolicy: 'noeviction',
    appendonly: true,
    appendfsync: 'always',
    lastWriteFailed: false,
    lastCopyFailed: false,
    ...changes,
  };
}

test('finds nothing wrong with a server like our own', async () => {
  await using server = await startTestRedis();

  const findings = judgeServers(await readServerFacts(server.connect()), single);

  assert.deepEqual(findings, []);
});

test('says unknown where CONFIG is forbidden, and warns', async () => {
  await using server = await startTestRedis();
  const redis = server.connect();
  await redis.call('ACL', 'SETUSER', 'default', '-config');

  const found = await readServerFacts(redis);

  assert.equal(found[0]?.appendfsync, undefined);
  assert.match(
    judgeServers(found, single)[0]?.message ?? '',
    /does not say when it writes to the disk/,
  );
});

for (const [what, changes, severity, words] of [
  [
    'eviction under a limit',
    { maxmemoryPolicy: 'allkeys-lru', maxmemory: 1e9 },
    'error',
    /set maxmemory-policy to noeviction/,
  ],
  [
    'eviction without a limit',
    { maxmemoryPolicy: 'allkeys-lru' },
    'warning',
    /set maxmemory-policy to noeviction/,
  ],
  ['an unknown policy', { maxmemoryPolicy: undefined }, 'warning', /does not say what it does/],
  ['no append-only file', { appendonly: false }, 'warning', /set appendonly to yes/],
  ['unknown persistence', { appendonly: undefined }, 'warning', /does not say whether/],
  ['a write a second', { appendfsync: 'everysec' }, 'warning', /set appendfsync to always/],
  ['an old version', { version: [6, 0, 16] }, 'error', /This is Redis 6\.0\.16/],
  ['a replica', { role: 'slave' }, 'error', /takes no writes/],
  ['a Sentinel', { mode: 'sentinel' }, 'error', /holds no data/],
  ['a cluster', { mode: 'cluster' }, 'error', /Write it as redis\+cluster:/],
  ['a full disk', { lastWriteFailed: true }, 'error', /free space/],
  ['a copy that failed', { lastCopyFailed: true }, 'warning', /whole copy/],
  ['memory that is running out', { usedMemory: 85, maxmemory: 100 }, 'warning', /85 %/],
  ['memory that is full', { usedMemory: 97, maxmemory: 100 }, 'error', /Raise its maxmemory/],
] as const) {
  test(`warns of ${what} in a sentence`, () => {
    const findings = judgeServers([facts(changes)], single);

    assert.equal(findings.length, 1);
    assert.equal(findings[0]?.severity, severity);
    assert.match(`${findings[0].message} ${findings[0].remedy}`, words);
  });
}

test('says of which master of a Cluster it speaks, and nothing of those that are as they should be', () => {
  const masters = [
    facts({ mode: 'cluster', address: '10.0.0.1:6379' }),
    facts({ mode: 'cluster', address: '10.0.0.2:6379', appendonly: false }),
  ];

  const findings = judgeServers(masters, { kind: 'cluster' });

  assert.equal(findings.length, 1);
  assert.match(findings[0]?.message ?? '', /^10\.0\.0\.2:6379: Redis forgets/);
});

test('warns where Sentinel has nobody to put in its place', () => {
  const findings = judgeServers([facts()], { kind: 'sentinel' });

  assert.deepEqual(
    findings.map(({ severity, code }) => [severity, code]),
    [['warning', 'replicas']],
  );
  assert.deepEqual(judgeServers([facts({ replicas: 1 })], { kind: 'sentinel' }), []);
});

test('a write a second is enough where the server can tell when a write is on the disk', () => {
  const modern = facts({ version: [7, 2, 0], appendfsync: 'everysec' });

  assert.equal(hasWaitAof(modern), true);
  assert.deepEqual(judgeServers([modern], single), []);
  assert.equal(hasWaitAof(facts()), false);
});

test('reads what Valkey says of itself', () => {
  const info =
    '# Server\r\nserver_name:valkey\r\nvalkey_version:8.0.1\r\nredis_version:7.2.4\r\nserver_mode:standalone\r\naof_enabled:1\r\n';

  const found = parseServerFacts(info);

  assert.deepEqual(found.version, [8, 0, 1]);
  assert.equal(found.isValkey, true);
  assert.equal(found.mode, 'standalone');
  assert.equal(found.appendonly, true);
});
