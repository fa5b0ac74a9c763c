import assert from 'node:assert/strict';
import { test } from 'node:test';
import { followLedger } from '../../src/dashboard/overview/follow-ledger.ts';
import { openLedgerChanges } from '../../src/ledger/changes.ts';
import { openRedisLedger } from '../../src/ledger/redis-ledger.ts';
import { anIntent } from '../support/ledger.ts';
import { startTestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

test('knows at once what is there, and a moment later what changes', async () => {
  await using server = await startTestRedis();
  const prefix = '{carillon-test}';
  await using ledger = openRedisLedger(server.connect(), { prefix });
  await ledger.add(anIntent({ publication: 'first/x', due: 9e12 }));
  const errors: unknown[] = [];

  await using overview = followLedger({
    ledger,
    changes: openLedgerChanges(server.connect(), prefix),
    onError: (error) => errors.push(error),
  });
  await until(() => overview.isComplete, 'the first reading');
  const known = overview.count('scheduled');
  await ledger.add(anIntent({ publication: 'second/x', due: 9e12 }));
  await ledger.cancel('first/x', 'ada');
  await until(
    () => overview.count('cancelled') === 1 && overview.get('second/x') !== undefined,
    'both changes',
  );

  assert.equal(known, 1);
  assert.equal(overview.count('scheduled'), 1);
  assert.deepEqual(errors, []);
});

test('reads all anew when the events in between are gone', async () => {
  await using server = await startTestRedis();
  const redis = server.connect();
  const changes = openLedgerChanges(redis, '{carillon-test}');
  const stream = '{carillon-test}:ledger:events';
  await redis.xadd(stream, '5-0', 'publication', 'a/x', 'kind', 'planned');
  const position = await changes.position();

  const calm = await changes.next(position, 1);
  await redis.xadd(stream, '6-0', 'publication', 'b/x', 'kind', 'planned');
  await redis.xadd(stream, '7-0', 'publication', 'c/x', 'kind', 'planned');
  const more = await changes.next(position, 1);
  await redis.xtrim(stream, 'MAXLEN', 1);
  const trimmed = await changes.next(position, 1);
  await redis.del(stream);
  const emptied = await changes.next(more.position, 1);

  assert.deepEqual(calm, { publications: [], position: '5-0', isTorn: false });
  assert.deepEqual(more, { publications: ['b/x', 'c/x'], position: '7-0', isTorn: false });
  assert.equal(trimmed.isTorn, true);
  assert.equal(emptied.isTorn, true);
});
