import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSettling } from '../../src/redis/settling.ts';
import { startTestRedis } from '../support/redis.ts';

const setup = { key: '{carillon}:any', waitForDisk: false, replicas: 1 };

test('what a replica has is settled; what none has is not, where one is needed', async () => {
  await using master = await startTestRedis();
  await using other = await startTestRedis();
  const redis = master.connect();
  const settling = openSettling(redis, setup);
  const mark = settling.mark();
  const follower = other.connect();
  await follower.replicaof('127.0.0.1', master.port);
  while (!/master_link_status:up/.test(await follower.info('replication'))) {}

  await redis.set(setup.key, 'one');
  const together = await Promise.all([1, 2, 3].map(() => settling.settle(mark, true)));
  await follower.replicaof('NO', 'ONE');
  await redis.set(setup.key, 'two');

  assert.deepEqual(together, [true, true, true]);
  assert.equal(await settling.settle(mark, true), false);
  assert.equal(await settling.settle(mark, false), true);
});

test('what was written over a connection that was lost since is not settled', async () => {
  await using master = await startTestRedis();
  await using other = await startTestRedis();
  const redis = master.connect();
  const settling = openSettling(redis, setup);
  const follower = other.connect();
  await follower.replicaof('127.0.0.1', master.port);
  while (!/master_link_status:up/.test(await follower.info('replication'))) {}
  const mark = settling.mark();
  await redis.set(setup.key, 'one');

  await master.connect().call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
  await redis.ping();

  assert.equal(await settling.settle(mark, true), false);
  assert.equal(await settling.settle(settling.mark(), true), true);
});
