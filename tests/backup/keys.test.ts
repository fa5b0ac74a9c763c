import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Redis } from 'ioredis';
import { readEntry, writeEntry } from '../../src/backup/backup-format.ts';
import { readKeys } from '../../src/backup/read-keys.ts';
import { hasRecords, removeKeys, writeKeys } from '../../src/backup/write-keys.ts';
import { silentLog } from '../../src/core/log.ts';
import { connectRedis } from '../../src/redis/connect.ts';
import { parseRedisUrl } from '../../src/redis/redis-url.ts';
import { startTestRedis, type TestRedis } from '../support/redis.ts';
import { startTestCluster } from '../support/redis-cluster.ts';

let server: TestRedis;
let redis: Redis;
before(async () => {
  server = await startTestRedis();
  redis = server.connect();
});
after(() => server.stop());

/** From one prefix to another, by the lines of a file. */
async function copy(from: string, to: string, by = redis): Promise<readonly string[]> {
  const told: string[] = [];
  async function* lines() {
    for await (const entry of readKeys(by, from)) {
      yield readEntry(writeEntry(entry)) ?? assert.fail('It cannot be read back.');
    }
  }
  await writeKeys(by, to, lines(), async (names) => void told.push(...names));
  return told;
}

test('every kind of key comes back as it was, large ones and bytes included', async () => {
  const bytes = Buffer.from([0, 255, 254, 10, 13, 128]);
  const many = Array.from({ length: 3_500 }, (_, i) => `member-${i}`);
  await redis.set('{a}:ledger:media:1', bytes);
  await redis.set('{a}:ledger:fence', '7');
  await redis.hset(
    '{a}:ledger:publication:one/x',
    'post',
    '{"text":"سلام 👩‍👩‍👧"}',
    'state',
    'missed',
  );
  await redis.hset('{a}:ledger:remote:x', Object.fromEntries(many.map((one) => [one, bytes])));
  await redis.rpush('{a}:ledger:story:one/x', ...many, bytes);
  await redis.sadd('{a}:feeds:known', ...many);
  await redis.zadd('{a}:feeds:due', ...many.flatMap((one, i) => [1.5 + i, one]));
  await redis.set('{a}:dashboard:link', 'used', 'PX', 60_000);

  const told = await copy('{a}', '{b}');

  assert.deepEqual(told, ['one/x']);
  const keys = (await redis.keys('{a}*')).map((key) => key.slice(4)).sort();
  assert.deepEqual((await redis.keys('{b}*')).map((key) => key.slice(4)).sort(), keys);
  for (const key of keys) {
    const [one, other] = await Promise.all([contentOf(`{a}:${key}`), contentOf(`{b}:${key}`)]);
    assert.deepEqual(other, one, key);
  }
  const left = await redis.pttl('{b}:dashboard:link');
  assert.ok(left > 50_000 && left <= 60_000, String(left));
});

async function contentOf(key: string): Promise<unknown> {
  switch (await redis.type(key)) {
    case 'hash':
      return redis.hgetallBuffer(key);
    case 'list':
      return redis.lrangeBuffer(key, 0, -1);
    case 'set':
      return (await redis.smembers(key)).sort();
    case 'zset':
      return redis.zrange(key, 0, '-1', 'WITHSCORES');
    default:
      return redis.getBuffer(key);
  }
}

test('queues, leases and what follows from the records stay behind', async () => {
  await redis.set('{c}:twitter:meta', 'a job');
  await redis.set('{c}:ledger:lead', 'host:1:1');
  await redis.zadd('{c}:ledger:state:published', 1, 'one/x');
  await redis.set('{c}:ledger:frozen', 'why');
  await redis.set('{c}:ledger:id', 'me');

  await copy('{c}', '{d}');

  assert.deepEqual(await redis.keys('{d}*'), ['{d}:ledger:id']);
});

test('what is replaced goes first, but that the ledger is frozen', async () => {
  for (const key of ['ledger:frozen', 'ledger:publication:one/x', 'ledger:wake', 'twitter:1']) {
    await redis.set(`{e}:${key}`, '1');
  }
  const had = await hasRecords(redis, '{e}');

  await removeKeys(redis, '{e}');

  assert.equal(had, true);
  assert.equal(await hasRecords(redis, '{e}'), false);
  assert.deepEqual((await redis.keys('{e}*')).sort(), ['{e}:ledger:frozen', '{e}:twitter:1']);
});

test('in a Cluster the keys are found on whichever node has them', async () => {
  await using cluster = await startTestCluster();
  const connection = connectRedis(parseRedisUrl(cluster.url), 'ledger', { log: silentLog });
  try {
    for (const prefix of ['{a}', '{b}', '{c}']) {
      await connection.hset(`${prefix}:ledger:publication:one/x`, 'state', 'missed');
      await copy(prefix, `${prefix}copy`, connection);

      assert.equal(
        await connection.hget(`${prefix}copy:ledger:publication:one/x`, 'state'),
        'missed',
      );
      await removeKeys(connection, prefix);
      assert.equal(await hasRecords(connection, prefix), false);
    }
  } finally {
    connection.disconnect();
  }
});
