import assert from 'node:assert/strict';
import { test } from 'node:test';
import { talkToSandbox } from '../../src/rehearsal/talk-to-sandbox.ts';
import { makeConfigFolder, withLines } from '../support/config-folder.ts';

test('every account talks to the sandbox, without secrets, and no page of the web is looked at', async () => {
  await using folder = await makeConfigFolder(
    withLines({
      2: 'sandbox: false\npreflight: strict',
      5: '    network: twitter\n    apiUrl: http://127.0.0.1:4444',
    }),
  );
  const { config } = await folder.load({
    CARILLON_NEWS_X_CLIENT_ID: 'id',
    CARILLON_NEWS_X_CLIENT_SECRET: 'secret',
    CARILLON_NEWS_PAGE_PAGE_TOKEN: 'token',
  });

  const rehearsed = talkToSandbox(config, 'http://127.0.0.1:5555');

  assert.deepEqual(
    [...rehearsed.accounts.values()].map(({ apiUrl, sandbox, secrets }) => [
      apiUrl,
      sandbox,
      secrets,
    ]),
    [
      ['http://127.0.0.1:5555', true, {}],
      ['http://127.0.0.1:5555', true, {}],
    ],
  );
  assert.equal(rehearsed.sandbox, true);
  assert.deepEqual([rehearsed.preflight.mode, rehearsed.preflight.isBeforeSending], ['off', false]);
});
