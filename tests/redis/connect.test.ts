import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Redis } from 'ioredis';
import { describeError, silentLog } from '../../src/core/log.ts';
import { connectRedis, type RedisUse, retryAfter } from '../../src/redis/connect.ts';
import { parseRedisUrl } from '../../src/redis/redis-url.ts';
import { startTestRedis } from '../support/redis.ts';

const server = await startTestRedis();
after(() => server.stop());

function connect(use: RedisUse, said: unknown[] = []): Redis & Disposable {
  const note = (...words: unknown[]): void => {
    said.push(words);
  };
  const log = { ...silentLog, warn: note, info: note };
  const redis = connectRedis(parseRedisUrl(server.url), use, { log });
  return Object.assign(redis, { [Symbol.dispose]: () => redis.disconnect() });
}

test('a command to the ledger waits for a server that comes back soon', async () => {
  using redis = connect('ledger');
  await redis.set('name', 'spring-report');
  await server.kill9();

  const reply = redis.get('name');
  await server.restart();

  assert.equal(await reply, 'spring-report');
});

test('a command to the ledger fails within five seconds while the server stays away', async () => {
  using redis = connect('ledger');
  await redis.ping();
  await server.kill9();

  const since = performance.now();
  await assert.rejects(redis.get('name'));
  const tookMs = performance.now() - since;

  assert.ok(tookMs > 500 && tookMs < 5500, `took ${tookMs} ms`);
  await server.restart();
});

test('a producer fails at once while the server is away', async () => {
  using redis = connect('producer');
  await new Promise((resolve) => redis.once('ready', resolve));
  await server.kill9();
  await new Promise((resolve) => redis.once('reconnecting', resolve));

  const since = performance.now();
  await assert.rejects(redis.set('name', 'late'));

  assert.ok(performance.now() - since < 200);
  await server.restart();
});

test('a worker waits for as long as it takes', async () => {
  using redis = connect('worker');
  await redis.ping();
  await server.kill9();

  const reply = redis.ping();
  await new Promise((resolve) => setTimeout(resolve, 300));
  await server.restart();

  assert.equal(await reply, 'PONG');
});

test('says once that the server is away and once that it is back', async () => {
  const said: unknown[] = [];
  using redis = connect('worker', said);
  await redis.ping();

  await server.kill9();
  await new Promise((resolve) => setTimeout(resolve, 700));
  await server.restart();
  await redis.ping();

  assert.deepEqual(
    said.map((words) => (words as unknown[])[1]),
    ['Redis does not answer.', 'Redis answers again.'],
  );
});

test('tries again after at most two seconds', () => {
  const pauses = [1, 2, 3, 5, 6, 100_000].map(retryAfter);

  assert.deepEqual(pauses, [100, 200, 400, 1600, 2000, 2000]);
});

test('tells of a refused command neither its words nor its data', async () => {
  using redis = connect('ledger');

  const error: unknown = await redis
    .call('HSET', 'my secret post')
    .catch((reason: unknown) => reason);

  assert.ok(JSON.stringify(error).includes('my secret post'), 'the error itself carries them');
  const described = describeError(error);
  assert.equal(described.error, 'ReplyError');
  assert.match(described.reason, /wrong number of arguments/);
  assert.doesNotMatch(JSON.stringify(described), /my secret post/);
});
