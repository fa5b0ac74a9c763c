import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Renewal } from '../../src/core/credentials.ts';
import { UnauthorizedError } from '../../src/core/errors.ts';
import {
  type CredentialBench,
  someAccount,
  startCredentialBench,
} from '../support/credential-bench.ts';

const unstopped = new AbortController().signal;
const always = () => true;
const exchangeTo = (token: string, next: string) => async (): Promise<Renewal> => ({
  secrets: { ACCESS_TOKEN: token, REFRESH_TOKEN: next },
  expiresAt: 4_000,
});

describe('credentials in Redis', () => {
  let bench: CredentialBench;
  before(async () => {
    bench = await startCredentialBench();
  });
  after(() => bench[Symbol.asyncDispose]());
  beforeEach(async () => {
    await bench.redis.connect().flushall();
  });

  it('are what was stored by connecting, in every process, and sealed in Redis', async () => {
    const account = someAccount();
    const store = bench.open();

    await store.connect(account, {
      secrets: { ACCESS_TOKEN: 'canary-access', REFRESH_TOKEN: 'canary-refresh' },
      expiresAt: 5_000,
      whose: '@news',
    });

    const read = await bench.open().of(account).read();
    assert.equal(read?.secrets.ACCESS_TOKEN, 'canary-access');
    assert.equal(read?.expiresAt, 5_000);
    assert.equal(read?.version, 1);
    assert.ok((read?.connectedAt ?? 0) > 0);
    const kept = await bench.redis.connect().hgetall('{carillon}:credentials:account:news-x');
    assert.doesNotMatch(JSON.stringify(kept), /canary|@news/);
  });

  it('keep what a reconnect does not replace, and forget what it says', async () => {
    const account = someAccount();
    const store = bench.open();
    await store.connect(account, {
      secrets: { ACCESS_TOKEN: 'a', ACCESS_SECRET: 'b', REFRESH_TOKEN: 'r' },
      expiresAt: 5_000,
      scopes: ['tweet.read'],
    });

    const after = await store.connect(account, {
      secrets: { ACCESS_TOKEN: 'a2' },
      forgets: ['ACCESS_SECRET'],
    });

    assert.deepEqual(after.secrets, { ACCESS_TOKEN: 'a2', REFRESH_TOKEN: 'r' });
    assert.deepEqual(after.scopes, ['tweet.read']);
    assert.equal(after.expiresAt, undefined, 'of the new token nobody knows');
  });

  it('are those of the environment until they were renewed, and of a newer environment again', async () => {
    const old = someAccount('news-x', { secrets: { REFRESH_TOKEN: 'env-1' } });
    const store = bench.open();
    assert.equal((await store.of(old).read())?.version, 0);

    await store.of(old).renew(always, exchangeTo('a1', 'r1'), unstopped);

    assert.equal((await store.of(old).read())?.secrets.REFRESH_TOKEN, 'r1');
    const anew = someAccount('news-x', { secrets: { REFRESH_TOKEN: 'env-2' } });
    assert.equal((await store.of(anew).read())?.secrets.REFRESH_TOKEN, 'env-2');
    const none = someAccount('news-x', { secrets: {} });
    assert.equal((await store.of(none).read())?.secrets.REFRESH_TOKEN, 'r1');
  });

  it('are those of connecting, though the environment holds older ones', async () => {
    const account = someAccount('news-x', { secrets: { REFRESH_TOKEN: 'dead' } });
    const store = bench.open();

    await store.connect(account, { secrets: { REFRESH_TOKEN: 'alive' } });

    assert.equal((await store.of(account).read())?.secrets.REFRESH_TOKEN, 'alive');
  });

  it('are exchanged once, however many ask at once in however many processes', async () => {
    const account = someAccount();
    await bench.open().connect(account, { secrets: { REFRESH_TOKEN: 'r0' } });
    let exchanges = 0;
    const stores = [bench.open(), bench.open(), bench.open()];

    const all = await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        stores[i % 3]?.of(account).renew(
          ({ secrets }) => secrets.REFRESH_TOKEN === 'r0',
          async () => {
            exchanges += 1;
            await new Promise((resolve) => setTimeout(resolve, 50));
            return { secrets: { REFRESH_TOKEN: 'r1' } };
          },
          unstopped,
        ),
      ),
    );

    assert.equal(exchanges, 1);
    assert.ok(all.every((credentials) => credentials?.secrets.REFRESH_TOKEN === 'r1'));
  });

  it('stay as they were if the exchange fails, and the next one hears that one had begun', async () => {
    const account = someAccount();
    const store = bench.open();
    await store.connect(account, { secrets: { REFRESH_TOKEN: 'r0' } });
    const begun: (number | undefined)[] = [];
    const refuse = new UnauthorizedError('No.', { code: 'twitter:invalid_grant' });

    for (let i = 0; i < 2; i++) {
      await assert.rejects(
        store.of(account).renew(
          always,
          async (_, { begunBefore }) => {
            begun.push(begunBefore);
            throw refuse;
          },
          unstopped,
        ),
        refuse,
      );
    }

    assert.equal(begun[0], undefined);
    assert.ok((begun[1] ?? 0) > 0);
    assert.equal((await store.of(account).read())?.secrets.REFRESH_TOKEN, 'r0');
  });
});
