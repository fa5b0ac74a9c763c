import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Redis } from 'ioredis';
import { ChannelError } from '../../src/alerts/channel-error.ts';
import type { Condition } from '../../src/alerts/condition.ts';
import { type AlertSurroundings, followAlerts } from '../../src/alerts/follow-alerts.ts';
import type { AlertMessage } from '../../src/alerts/message.ts';
import { leaseKeyOf, openRedisAlertStore } from '../../src/alerts/redis-alert-store.ts';
import type { AlertSettings } from '../../src/core/alerts.ts';
import type { Log } from '../../src/core/log.ts';
import { openLease } from '../../src/ledger/lease.ts';
import { aCondition, alertSettings, anEmail, aWebhook } from '../support/alerts.ts';
import { startTestRedis, type TestRedis } from '../support/redis.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

let server: TestRedis;
let redis: Redis;
let count = 0;
before(async () => {
  server = await startTestRedis();
  redis = server.connect();
});
after(() => server.stop());

/** A world that processes alert from: what is so, what was sent, and a clock of its own. */
function openWorld(over: Partial<AlertSettings> = {}) {
  const prefix = `{alerts-${++count}}`;
  const sent: { channel: string; message: AlertMessage; by: string }[] = [];
  const logged: string[] = [];
  const say = (level: string) => (first: object | string, message?: string) =>
    void logged.push(`${level} ${message ?? String(first)} ${JSON.stringify(first)}`);
  const log = Object.fromEntries(
    ['debug', 'info', 'warn', 'error'].map((level) => [level, say(level)]),
  ) as unknown as Log;
  const world = {
    prefix,
    sent,
    logged,
    now: 1_700_000_000_000,
    conditions: [] as readonly Condition[],
    settings: alertSettings(over) as AlertSettings | undefined,
    /** Channels that take nothing. */
    down: new Set<string>(),
    watching: 0,
    store: openRedisAlertStore(redis, { prefix, owner: '' }),
    start(by = 'one', changes: Partial<AlertSurroundings> = {}) {
      const owner = `${by}:${randomUUID()}`;
      return followAlerts({
        lease: openLease(redis, leaseKeyOf(prefix), owner, 60_000),
        store: openRedisAlertStore(redis, { prefix, owner }),
        log,
        settings: () => world.settings,
        isSandbox: false,
        watch() {
          world.watching++;
          return {
            read: async () => world.conditions,
            [Symbol.asyncDispose]: async () => {
              world.watching--;
            },
          };
        },
        async send({ name }, message) {
          if (world.down.has(name)) throw new ChannelError('It is away.');
          sent.push({ channel: name, message, by });
        },
        now: async () => world.now,
        linkTo: () => undefined,
        everyMs: 0,
        ...changes,
      });
    },
    titles: () => sent.map(({ message }) => message.title),
  };
  return world;
}

test('a storm of a thousand failures is one message', async () => {
  const world = openWorld();
  await using alerts = world.start();
  world.conditions = Array.from({ length: 1_000 }, (_, i) =>
    aCondition({ about: `storm-${i}/newsroom-x` }),
  );

  await alerts.round();
  world.now += 30 * SECOND;
  for (let i = 0; i < 5; i++) await alerts.round();

  assert.deepEqual(world.titles(), ['1,000 failed']);
  assert.equal(world.sent[0]?.message.lines.length, 20);
  assert.equal(world.sent[0]?.message.more, 980);
});

test('what was found by a process that died is told by the next, once', async () => {
  const world = openWorld();
  world.conditions = [aCondition()];
  {
    await using first = world.start('first');
    await first.round();
  }

  world.now += 30 * SECOND;
  await using second = world.start('second');
  await second.round();
  await second.round();
  {
    await using third = world.start('third');
    await third.round();
  }

  assert.deepEqual(
    world.sent.map(({ message, by }) => [message.title, by]),
    [['1 failed', 'second']],
  );
});

test('a message that was decided on and not sent is sent after a restart', async () => {
  const world = openWorld();
  world.conditions = [aCondition()];
  world.down.add('webhook');
  {
    await using first = world.start('first');
    await first.round();
    world.now += 30 * SECOND;
    await first.round();
  }
  assert.equal((await world.store.waiting()).length, 1);

  world.down.clear();
  world.now += MINUTE;
  await using second = world.start('second');
  await second.round();
  await second.round();

  assert.deepEqual(world.titles(), ['1 failed']);
  assert.equal((await world.store.waiting()).length, 0);
});

test('of two processes one alerts, and the other takes over when it is gone', async () => {
  const world = openWorld();
  world.conditions = [aCondition()];
  const first = world.start('first');
  await using second = world.start('second');

  for (let i = 0; i < 4; i++) {
    await Promise.all([first.round(), second.round()]);
    world.now += 30 * SECOND;
  }
  assert.deepEqual(
    world.sent.map(({ by }) => by),
    ['first'],
  );
  assert.equal(world.watching, 1);

  await first[Symbol.asyncDispose]();
  world.conditions = [];
  await second.round();
  world.now += 30 * SECOND;
  await second.round();
  assert.deepEqual(world.titles(), ['1 failed', '1 no longer so']);
});

test('a process that stood still while another took over changes and sends nothing', async () => {
  const world = openWorld();
  world.conditions = [aCondition()];
  await using first = world.start('first', {
    // Its lease ends, and another takes it, between its look and its word.
    watch: () => ({
      read: async () => {
        await redis.set(leaseKeyOf(world.prefix), 'somebody else');
        return world.conditions;
      },
      [Symbol.asyncDispose]: async () => undefined,
    }),
  });

  await first.round();
  world.now += 30 * SECOND;
  await first.round();

  assert.equal((await world.store.known()).size, 0);
  assert.deepEqual(world.sent, []);
});

test('a channel that is away for a while keeps the other from nothing, and gets all in order', async () => {
  const world = openWorld({ channels: [aWebhook(), anEmail()] });
  await using alerts = world.start();
  world.down.add('webhook');
  world.conditions = [aCondition({ about: 'a' })];
  await alerts.round();
  world.now += 30 * SECOND;
  await alerts.round();
  world.conditions = [aCondition({ about: 'a' }), aCondition({ about: 'b', kind: 'missed' })];
  await alerts.round();
  world.now += 30 * SECOND;
  await alerts.round();

  assert.deepEqual(
    world.sent.map(({ channel, message }) => `${channel}: ${message.title}`),
    ['email: 1 failed', 'email: 1 missed'],
  );
  assert.deepEqual([...(await world.store.troubles()).keys()], ['webhook']);

  world.down.clear();
  for (let i = 0; i < 10; i++) {
    world.now += MINUTE;
    await alerts.round();
  }

  assert.deepEqual(
    world.sent.filter(({ channel }) => channel === 'webhook').map(({ message }) => message.title),
    ['1 failed', '1 missed'],
  );
  assert.equal((await world.store.troubles()).size, 0);
  assert.equal(world.logged.filter((line) => line.includes('did not get through')).length, 1);
  assert.equal(world.logged.filter((line) => line.includes('get through again')).length, 1);
});

test('a channel that is away is asked less and less, and its messages are given up after a day', async () => {
  const world = openWorld();
  let tries = 0;
  await using alerts = world.start('one', {
    send: async () => {
      tries++;
      throw new ChannelError('It is away.');
    },
  });
  world.conditions = [aCondition()];
  await alerts.round();
  world.now += 30 * SECOND;

  for (let minutes = 0; minutes < 23 * 60; minutes++) {
    await alerts.round();
    world.now += MINUTE;
  }
  assert.ok(tries > 30 && tries < 80, `${tries} tries`);
  assert.equal((await world.store.waiting()).length, 1);

  world.now += 2 * 60 * MINUTE;
  await alerts.round();
  assert.equal((await world.store.waiting()).length, 0);
  assert.equal(world.logged.filter((line) => line.includes('given up')).length, 1);
});

test('a kind goes to the channels that want it', async () => {
  const world = openWorld({
    channels: [aWebhook({ about: ['failed'] }), anEmail({ about: ['failed', 'budget'] })],
  });
  await using alerts = world.start();
  world.conditions = [aCondition(), aCondition({ key: 'budget', kind: 'budget', page: 'now' })];
  await alerts.round();
  world.now += 30 * SECOND;
  await alerts.round();

  assert.deepEqual(
    world.sent.map(({ channel, message }) => `${channel}: ${message.title}`).sort(),
    ['email: 1 failed, 1 about budget', 'webhook: 1 failed'],
  );
});

test('without alerts in the config nothing is watched, and nothing is sent', async () => {
  const world = openWorld();
  world.settings = undefined;
  world.conditions = [aCondition()];
  await using alerts = world.start();
  await alerts.round();
  world.now += MINUTE;
  await alerts.round();

  assert.equal(world.watching, 0);
  assert.deepEqual(world.sent, []);

  world.settings = alertSettings();
  await alerts.round();
  world.now += MINUTE;
  await alerts.round();
  assert.deepEqual(world.titles(), ['1 failed']);

  world.settings = undefined;
  await alerts.round();
  assert.equal(world.watching, 0);
});

test('a Redis that is away is waited for, and nothing is told twice', async () => {
  const own = await startTestRedis();
  try {
    const connection = own.connect({ maxRetriesPerRequest: 0, enableOfflineQueue: false });
    await new Promise((resolve) => connection.once('ready', resolve));
    const world = openWorld();
    const owner = randomUUID();
    await using alerts = world.start('one', {
      lease: openLease(connection, leaseKeyOf(world.prefix), owner, 60_000),
      store: openRedisAlertStore(connection, { prefix: world.prefix, owner }),
    });
    world.conditions = [aCondition()];
    await alerts.round();
    world.now += 30 * SECOND;
    await alerts.round();
    await own.kill9();
    await alerts.round();
    assert.ok(world.logged.some((line) => line.includes('could not be looked after')));

    await own.restart();
    while (connection.status !== 'ready') await new Promise((resolve) => setTimeout(resolve, 10));
    await alerts.round();
    world.now += MINUTE;
    await alerts.round();

    assert.deepEqual(world.titles(), ['1 failed']);
  } finally {
    await own.stop();
  }
});

test('a channel that hangs does not keep the process from stopping, and the message waits for the next', async () => {
  const world = openWorld();
  let isHanging = false;
  const alerts = world.start('one', {
    send: (_channel, _message, signal) =>
      new Promise((_, reject) => {
        isHanging = true;
        signal.addEventListener('abort', () => reject(new ChannelError('Stopped.')));
      }),
    everyMs: 1,
  });
  world.conditions = [aCondition()];
  while ((await world.store.known()).size === 0) await new Promise((go) => setTimeout(go, 5));
  world.now += 30 * SECOND;
  while (!isHanging) await new Promise((go) => setTimeout(go, 5));

  await alerts[Symbol.asyncDispose]();

  assert.equal((await world.store.waiting()).length, 1);
  assert.equal((await world.store.troubles()).size, 0);
  await using next = world.start('next');
  await next.round();
  assert.deepEqual(world.titles(), ['1 failed']);
});
