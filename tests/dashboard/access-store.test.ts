import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAccessStore } from '../../src/dashboard/access/access-store.ts';
import { useLedgers } from '../support/ledger.ts';

const openLedger = useLedgers();

/** Two dashboards of one ledger, and all that their Redis holds. */
function open() {
  const { redis, prefix } = openLedger();
  const everything = async () => {
    const keys = await redis.keys(`${prefix}:dashboard:*`);
    const values = await Promise.all(keys.map((key) => redis.get(key)));
    return [...keys, ...values].join('\n');
  };
  const [one, other] = [openAccessStore(redis, prefix), openAccessStore(redis, prefix)];
  return { redis, prefix, one, other, everything };
}

test('a session holds on every dashboard of a ledger, until it is closed on any', async () => {
  const { one, other, everything } = open();

  const token = await one.openSession('a mark');
  assert.equal(await other.sessionOf(token), 'a mark');
  assert.equal(await other.sessionOf(`${token}x`), undefined);
  assert.ok(!(await everything()).includes(token), 'whoever reads Redis learns no token');

  await other.closeSession(token);
  assert.equal(await one.sessionOf(token), undefined);
});

test('sessions, failures and what was used are forgotten by themselves', async () => {
  const { redis, prefix, one } = open();

  await one.openSession('a mark');
  await one.countFailure('address 192.0.2.1');
  await one.useOnce('a link', 60_000);

  const keys = await redis.keys(`${prefix}:dashboard:*`);
  assert.equal(keys.length, 3);
  for (const key of keys) assert.ok((await redis.ttl(key)) > 0, key);
});

test('counts failures together, and lets a thing be used once by all', async () => {
  const { one, other } = open();

  await Promise.all([one, other, one].map((store) => store.countFailure('name anna')));
  const used = await Promise.all([one, other, one].map((store) => store.useOnce('a link', 60_000)));

  assert.equal(await other.failures('name anna'), 3);
  assert.equal(await other.failures('name omid'), 0);
  assert.equal(used.filter(Boolean).length, 1);
});
