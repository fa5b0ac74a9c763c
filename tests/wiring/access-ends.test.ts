import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CredentialStore, Credentials } from '../../src/core/credentials.ts';
import type { AccountLook } from '../../src/doctor/examinations.ts';
import { readAccessEnds } from '../../src/wiring/access-ends.ts';
import { anAccount } from '../support/publishing.ts';

const connected: Credentials = {
  ...{ secrets: { PAGE_TOKEN: 'x' }, connectedAt: 1_000, version: 1, expiresAt: 9_000 },
};

const read = (stored: Credentials | undefined | Error, look?: AccountLook) =>
  readAccessEnds(
    [anAccount()],
    {
      of: () => ({
        async read() {
          if (stored instanceof Error) throw stored;
          return stored;
        },
      }),
    } as unknown as CredentialStore,
    { lookAt: async () => look },
  );

const lookAt = (at: number): AccountLook => ({
  ...{ at, of: 'it' },
  answer: {
    ...{ whose: '@newsroom', remarks: [] },
    ends: [
      { code: 'token', at: 5_000, what: 'its token' },
      { code: 'data-access', at: 7_000, what: 'its access to data' },
    ],
  },
});

test('stored credentials say when they end, whatever was said of them', async () => {
  const ends = await read(connected, lookAt(2_000));

  assert.deepEqual(
    new Map(ends.map(({ code, at }) => [code, at])),
    new Map([
      ['token', 9_000],
      ['data-access', 7_000],
    ]),
  );
  assert.ok(ends.every(({ account }) => account === 'newsroom-x'));
});

test('what was said of credentials that were replaced since does not count', async () => {
  assert.deepEqual(await read(connected, lookAt(500)), [
    { account: 'newsroom-x', code: 'token', at: 9_000 },
  ]);
});

test('of tokens of the environment, and of those that cannot be read, the network alone knows', async () => {
  assert.equal((await read(undefined, lookAt(2_000))).length, 2);
  assert.equal((await read(new Error('sealed'), lookAt(2_000))).length, 2);
  assert.deepEqual(await read(undefined), []);
});
