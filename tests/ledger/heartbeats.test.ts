import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHeartbeats } from '../../src/ledger/heartbeats.ts';
import { startTestRedis } from '../support/redis.ts';

const scheduler = { part: 'scheduler', applies: true, by: 'host:1:1' } as const;
const worker = { part: 'worker', network: 'twitter', by: 'host:2:1' } as const;

test('the last sign of life of each process is known, by the clock of Redis, until it says that it ends', async () => {
  await using server = await startTestRedis();
  const redis = server.connect();
  const heartbeats = openHeartbeats(redis, '{carillon}:ledger:heartbeats');
  const [seconds] = await redis.time();
  await heartbeats.beat(scheduler);
  await heartbeats.beat(worker);
  await heartbeats.beat(worker);

  const both = await heartbeats.all();
  await heartbeats.end(worker);
  const one = await heartbeats.all();

  assert.deepEqual(new Set(both.map(({ by }) => by)), new Set([scheduler.by, worker.by]));
  assert.equal(both.length, 2);
  assert.ok(both.every(({ at }) => at >= Number(seconds) * 1000));
  assert.deepEqual(
    one.map(({ at: _, ...sign }) => sign),
    [scheduler],
  );
});
