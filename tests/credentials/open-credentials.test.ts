import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Renewal } from '../../src/core/credentials.ts';
import { TransientError, UnauthorizedError } from '../../src/core/errors.ts';
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

  it('are gone once they are forgotten, and there again after connecting anew', async () => {
    const account = someAccount();
    const store = bench.open();
    await store.connect(account, { secrets: { REFRESH_TOKEN: 'r0' } });
    await store.forget(account);
    assert.equal(await store.of(account).read(), undefined);

    await store.connect(account, { secrets: { REFRESH_TOKEN: 'r1' } });

    assert.equal((await store.of(account).read())?.secrets.REFRESH_TOKEN, 'r1');
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

  it('are exchanged once for all who wait, also where the network says no', async () => {
    const account = someAccount();
    const store = bench.open();
    await store.connect(account, { secrets: { REFRESH_TOKEN: 'r0' } });
    let exchanges = 0;

    const all = await Promise.allSettled(
      Array.from({ length: 20 }, () =>
        store.of(account).renew(
          always,
          async () => {
            exchanges += 1;
            await new Promise((resolve) => setTimeout(resolve, 50));
            throw new TransientError('No answer.', { code: 'twitter:timeout' });
          },
          unstopped,
        ),
      ),
    );

    assert.equal(exchanges, 1);
    for (const one of all) {
      assert.ok(one.status === 'rejected' && one.reason instanceof TransientError);
    }
  });

  it('say that another process was slow, to who has no more time to wait for it', async () => {
    const account = someAccount();
    const store = bench.open();
    await store.connect(account, { secrets: { REFRESH_TOKEN: 'r0' } });
    await bench.records.lock(account.name, 'elsewhere:1:1', 60_000);

    await assert.rejects(
      store.of(account).renew(always, exchangeTo('a1', 'r1'), AbortSignal.timeout(1)),
      { code: 'twitter:renewal-busy' },
    );
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

describe('credentials that somebody else is changing', () => {
  let bench: CredentialBench;
  before(async () => {
    bench = await startCredentialBench();
  });
  after(() => bench[Symbol.asyncDispose]());
  beforeEach(async () => {
    await bench.redis.connect().flushall();
  });

  it('are those of connecting, though an older renewal ends later', async () => {
    const account = someAccount();
    const store = bench.open();
    await store.connect(account, { secrets: { REFRESH_TOKEN: 'r0' } });

    const seen = await store.of(account).renew(
      always,
      async () => {
        await bench.open().connect(account, { secrets: { REFRESH_TOKEN: 'connected' } });
        return { secrets: { REFRESH_TOKEN: 'stale' } };
      },
      unstopped,
    );

    assert.equal(seen?.secrets.REFRESH_TOKEN, 'connected');
    assert.equal((await store.of(account).read())?.secrets.REFRESH_TOKEN, 'connected');
  });

  it('are those of the newer fence when a lock ran out, and the older one is refused', async () => {
    const account = someAccount();
    const slow = bench.open({ lockMs: 100 });
    await slow.connect(account, { secrets: { REFRESH_TOKEN: 'r0' } });

    const seen = await slow.of(account).renew(
      always,
      async () => {
        await new Promise((resolve) => setTimeout(resolve, 200));
        await bench.open().of(account).renew(always, exchangeTo('a2', 'r2'), unstopped);
        return { secrets: { ACCESS_TOKEN: 'a1', REFRESH_TOKEN: 'r1' } };
      },
      unstopped,
    );

    assert.equal(seen?.secrets.REFRESH_TOKEN, 'r2');
    assert.equal((await slow.of(account).read())?.secrets.ACCESS_TOKEN, 'a2');
  });

  it('are stored though the lock ran out meanwhile, as long as nobody else has stored', async () => {
    const account = someAccount();
    const slow = bench.open({ lockMs: 100 });
    await slow.connect(account, { secrets: { REFRESH_TOKEN: 'r0' } });

    await slow.of(account).renew(
      always,
      async () => {
        await new Promise((resolve) => setTimeout(resolve, 200));
        return { secrets: { REFRESH_TOKEN: 'r1' } };
      },
      unstopped,
    );

    assert.equal((await slow.of(account).read())?.secrets.REFRESH_TOKEN, 'r1');
  });

  it('are renewed at once after a process was killed in the midst of it, and it is known that it had begun', async () => {
    const account = someAccount();
    const store = bench.open();
    await store.connect(account, { secrets: { REFRESH_TOKEN: 'r0' } });
    const file = fileURLToPath(new URL('../support/dying-renewal-process.ts', import.meta.url));
    const args = ['--import', 'tsx', file, bench.redis.url, bench.dataDir];
    const [, signal] = (await once(
      spawn(process.execPath, args, { stdio: 'inherit' }),
      'exit',
    )) as [unknown, string];
    assert.equal(signal, 'SIGKILL');
    const begun: (number | undefined)[] = [];

    const seen = await store.of(account).renew(
      always,
      async (current, { begunBefore }) => {
        begun.push(begunBefore);
        assert.equal(current.secrets.REFRESH_TOKEN, 'r0', 'it may not have been spent');
        return { secrets: { REFRESH_TOKEN: 'r1' } };
      },
      // The lock of the dead process would last a minute.
      AbortSignal.timeout(20_000),
    );

    assert.equal(seen?.secrets.REFRESH_TOKEN, 'r1');
    assert.equal(begun.length, 1);
    assert.ok((begun[0] ?? 0) > 0);
  });

  it('are exchanged to the end and stored, though whoever asked stops in the midst of it', async () => {
    const account = someAccount();
    const store = bench.open();
    await store.connect(account, { secrets: { REFRESH_TOKEN: 'r0' } });
    const stopping = new AbortController();

    await store.of(account).renew(
      always,
      async (_, { signal }) => {
        stopping.abort();
        signal.throwIfAborted();
        return { secrets: { REFRESH_TOKEN: 'r1' } };
      },
      stopping.signal,
    );

    assert.equal((await store.of(account).read())?.secrets.REFRESH_TOKEN, 'r1');
  });

  it('are not exchanged by one that stopped before', async () => {
    const account = someAccount();
    const store = bench.open();
    await store.connect(account, { secrets: { REFRESH_TOKEN: 'r0' } });

    await assert.rejects(
      store.of(account).renew(always, exchangeTo('a1', 'r1'), AbortSignal.abort()),
    );

    assert.equal((await store.of(account).read())?.secrets.REFRESH_TOKEN, 'r0');
  });

  it('are stored once Redis is back, if it was away right after the exchange', async () => {
    const account = someAccount();
    const store = bench.open();
    await store.connect(account, { secrets: { REFRESH_TOKEN: 'r0' } });

    const seen = await store.of(account).renew(
      always,
      async () => {
        await bench.redis.kill9();
        setTimeout(() => void bench.redis.restart(), 300);
        return { secrets: { REFRESH_TOKEN: 'r1' } };
      },
      unstopped,
    );

    assert.equal(seen?.secrets.REFRESH_TOKEN, 'r1');
  });
});

describe('credentials under another key', () => {
  let bench: CredentialBench;
  before(async () => {
    bench = await startCredentialBench();
  });
  after(() => bench[Symbol.asyncDispose]());
  beforeEach(async () => {
    await bench.redis.connect().flushall();
  });
  const other = { secretKey: Buffer.from('another key, of thirty-two bytes').toString('base64') };

  it('are not read, put no account on hold, and nothing is overwritten', async () => {
    const account = someAccount();
    await bench.open().connect(account, { secrets: { REFRESH_TOKEN: 'r0' } });
    const stranger = bench.open({ given: other, dataDir: `${bench.dataDir}/elsewhere` });

    await assert.rejects(stranger.of(account).read(), {
      name: 'RateLimitedError',
      code: 'twitter:sealed',
      of: undefined,
      message: /sealed with a key \([0-9a-f]{12}\) that this process does not have. Put that key/,
    });
    await assert.rejects(stranger.connect(account, { secrets: { REFRESH_TOKEN: 'x' } }), {
      name: 'SealedError',
    });
    await assert.rejects(stranger.connect(someAccount('b'), { secrets: { REFRESH_TOKEN: 'x' } }), {
      name: 'SealedError',
    });

    assert.equal((await bench.open().of(account).read())?.secrets.REFRESH_TOKEN, 'r0');
    await stranger.connect(
      account,
      { secrets: { REFRESH_TOKEN: 'anew' } },
      { replaceUnreadable: true },
    );
    assert.equal((await stranger.of(account).read())?.secrets.REFRESH_TOKEN, 'anew');
  });

  it('do not open for the account that they were copied to', async () => {
    const redis = bench.redis.connect();
    const store = bench.open();
    await store.connect(someAccount('a'), { secrets: { REFRESH_TOKEN: 'of a' } });
    await redis.copy('{carillon}:credentials:account:a', '{carillon}:credentials:account:b');

    await assert.rejects(store.of(someAccount('b')).read(), /belong to another account/);
  });

  it('are all sealed anew by rekeying, those of the sandbox too, and the old key is gone', async () => {
    const real = bench.open();
    const sandbox = bench.open({ namespace: 'carillon-sandbox' });
    await real.connect(someAccount('a'), { secrets: { REFRESH_TOKEN: 'of a' } });
    await sandbox.connect(someAccount('b'), { secrets: { REFRESH_TOKEN: 'of b' } });
    const before = await bench.records.keyId();

    const answer = await real.rekey();

    assert.equal(answer.accounts, 2);
    assert.match(answer.keptIn, /secret-key$/);
    assert.notEqual(await bench.records.keyId(), before);
    assert.equal((await real.of(someAccount('a')).read())?.secrets.REFRESH_TOKEN, 'of a');
    assert.equal((await sandbox.of(someAccount('b')).read())?.secrets.REFRESH_TOKEN, 'of b');
    await sandbox.of(someAccount('b')).renew(always, exchangeTo('x', 'y'), unstopped);
    assert.equal((await sandbox.of(someAccount('b')).read())?.secrets.REFRESH_TOKEN, 'y');
  });

  it('move to the key of the environment, with the one that was there as the old one', async () => {
    const account = someAccount();
    const before = bench.open();
    await before.connect(account, { secrets: { REFRESH_TOKEN: 'r0' } });
    const after = bench.open({ given: other });
    assert.equal((await after.of(account).read())?.secrets.REFRESH_TOKEN, 'r0');

    const answer = await after.rekey();

    assert.deepEqual(answer, { accounts: 1, keptIn: 'CARILLON_SECRET_KEY' });
    assert.equal((await after.of(account).read())?.secrets.REFRESH_TOKEN, 'r0');
    await assert.rejects(before.of(account).read(), { code: 'twitter:sealed' });
  });
});
