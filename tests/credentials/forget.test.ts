import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import {
  type CredentialBench,
  someAccount,
  startCredentialBench,
} from '../support/credential-bench.ts';

describe('forgotten credentials', () => {
  let bench: CredentialBench;
  const account = someAccount();
  const grant = { secrets: { ACCESS_TOKEN: 'access-1', REFRESH_TOKEN: 'refresh-1' } };

  before(async () => {
    bench = await startCredentialBench();
  });
  beforeEach(() => bench.redis.connect().flushall());
  after(() => bench[Symbol.asyncDispose]());

  it('are gone for every process, and can be connected again', async () => {
    const store = bench.open();
    await store.connect(account, grant);
    const { version } = await store.connect(account, grant);

    assert.equal(await store.forget(account), true);
    assert.equal(await store.forget(account), false);
    assert.equal(await bench.open().of(account).read(), undefined);

    const again = await store.connect(account, grant);
    assert.ok(again.version > version);
    assert.equal((await bench.open().of(account).read())?.secrets.REFRESH_TOKEN, 'refresh-1');
  });

  it('do not come back by a renewal that was under way', async () => {
    const store = bench.open();
    await store.connect(account, grant);

    const renewed = await store.of(account).renew(
      () => true,
      async () => {
        await bench.open().forget(account);
        return { secrets: { ACCESS_TOKEN: 'access-2', REFRESH_TOKEN: 'refresh-2' } };
      },
      new AbortController().signal,
    );

    assert.equal(renewed, undefined);
    assert.equal(await bench.open().of(account).read(), undefined);
  });

  it('give way to those of the environment', async () => {
    const store = bench.open();
    const holding = someAccount('news-x', { secrets: { ACCESS_TOKEN: 'of-the-environment' } });
    await store.connect(holding, grant);

    await store.forget(holding);

    const read = await store.of(holding).read();
    assert.deepEqual(read?.secrets, { ACCESS_TOKEN: 'of-the-environment' });
    assert.equal(read?.version, 0);
  });

  it('leave those of other accounts alone', async () => {
    const store = bench.open();
    const other = someAccount('other-x');
    await store.connect(account, grant);
    await store.connect(other, grant);

    await store.forget(account);

    assert.equal((await store.of(other).read())?.secrets.ACCESS_TOKEN, 'access-1');
  });
});
