import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Account } from '../../src/core/account.ts';
import type { Session } from '../../src/networks/network.ts';
import { keepSessions } from '../../src/publishing/sessions.ts';

const settings = { requestTimeoutMs: 1_000, facebook: 'two-phase' } as const;

function anAccount(over: Partial<Account> = {}): Account {
  const secrets = { API_KEY: 'one' };
  const account = { name: 'newsroom-x', network: 'twitter', apiUrl: 'https://x.example' };
  return { ...account, sandbox: false, settings: {}, secrets, ...over };
}

function openCounting(fails = 0) {
  const opened: Account[] = [];
  const sessionOf = keepSessions(async (account) => {
    opened.push(account);
    if (opened.length <= fails) throw new Error('no access');
    return { opened: opened.length } as unknown as Session;
  });
  return { opened, sessionOf };
}

test('an account that was read again and did not change keeps its session', async () => {
  const { opened, sessionOf } = openCounting();

  const first = await sessionOf(anAccount(), settings);
  const second = await sessionOf(anAccount(), { ...settings });

  assert.equal(first, second);
  assert.equal(opened.length, 1);
});

test('another secret, address or time limit opens a new one', async () => {
  const { opened, sessionOf } = openCounting();
  await sessionOf(anAccount(), settings);

  await sessionOf(anAccount({ secrets: { API_KEY: 'two' } }), settings);
  await sessionOf(anAccount({ apiUrl: 'https://other.example' }), settings);
  await sessionOf(anAccount({ apiUrl: 'https://other.example' }), {
    ...settings,
    requestTimeoutMs: 2_000,
  });

  assert.equal(opened.length, 4);
});

test('one that could not be opened is opened anew', async () => {
  const { sessionOf } = openCounting(1);
  await assert.rejects(sessionOf(anAccount(), settings), /no access/);

  assert.ok(await sessionOf(anAccount(), settings));
});
