import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { keepTime, keptClock, redisClock } from '../../src/ledger/ledger-clock.ts';
import { libraryOf } from '../../src/ledger/lua-library.ts';
import { openRedisLedger } from '../../src/ledger/redis-ledger.ts';
import { anIntent } from '../support/ledger.ts';
import { startTestRedis, type TestRedis } from '../support/redis.ts';

let redis: TestRedis;
before(async () => {
  redis = await startTestRedis();
});
after(() => redis.stop());

test('the scripts of production know of no key for the time', () => {
  assert.match(libraryOf(redisClock, 'none'), /redis\.call\('TIME'\)/);
  assert.doesNotMatch(libraryOf(redisClock, 'none'), /rehearsed/);
  assert.doesNotMatch(libraryOf(keptClock, 'none'), /'TIME'/);
});

test('a rehearsed ledger goes by the time that is kept for it', async () => {
  const connection = redis.connect();
  const ledger = openRedisLedger(connection, { prefix: '{kept}', clock: keptClock });
  const noon = Date.UTC(2031, 0, 1, 12);
  await keepTime(connection, '{kept}', noon);

  const step = await ledger.add(anIntent({ due: noon + 60_000 }));

  assert.equal(await ledger.now(), noon);
  assert.equal(step.dueInMs, 60_000);
});

test('a ledger without a kept time gives no answer to a rehearsal', async () => {
  const ledger = openRedisLedger(redis.connect(), { prefix: '{none}', clock: keptClock });

  await assert.rejects(ledger.add(anIntent()));
});

test('a real ledger takes no notice of a time that somebody keeps', async () => {
  const connection = redis.connect();
  const ledger = openRedisLedger(connection, { prefix: '{real}' });
  await keepTime(connection, '{real}', Date.UTC(2031, 0, 1));

  const step = await ledger.add(anIntent({ due: undefined }));

  assert.ok(Math.abs((await ledger.now()) - Date.now()) < 60_000);
  assert.ok(Math.abs(step.due - Date.now()) < 60_000);
});
