import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Account } from '../../src/core/account.ts';
import { openCalendar } from '../../src/core/say-time.ts';
import { judgeAccount, judgeAccountRefusal } from '../../src/doctor/account.ts';
import type { AccountFacts } from '../../src/networks/account-facts.ts';

const account: Account = {
  name: 'newsroom-x',
  network: 'twitter',
  apiUrl: 'https://api.x.com',
  sandbox: false,
  settings: {},
  secrets: {},
};

function judge(over: Partial<AccountFacts> = {}, isAssisted = false) {
  const facts = { whose: '@newsroom', ends: [], remarks: [], ...over };
  return judgeAccount(account, facts, {
    ...{ displayName: 'X', isAssisted, planned: [], now: 0 },
    calendar: openCalendar('UTC'),
  });
}

test('an account that is well is one finding', () => {
  assert.deepEqual(
    judge().map(({ severity, message }) => [severity, message]),
    [['ok', 'newsroom-x: @newsroom on X; its credentials work.']],
  );
  assert.match(judge({}, true)[0]?.message ?? '', /a person posts by hand there/);
});

test('credentials of another account are an error that says whose they are', () => {
  const [finding] = judge({ wanted: '@press' });

  assert.equal(finding?.severity, 'error');
  assert.match(finding.message, /are of @newsroom on X, and the config means @press/);
  assert.match(finding.remedy ?? '', /"carillon connect newsroom-x" as @press/);
});

test('only permissions that are needed and not granted are missed', () => {
  const enough = judge({ permissions: { granted: ['read', 'write', 'more'], needed: ['write'] } });
  const [, missing] = judge({ permissions: { granted: ['read'], needed: ['read', 'write'] } });
  const own = { granted: [], needed: ['write'], remedy: 'Make a new one.' };

  assert.equal(enough.length, 1);
  assert.equal(missing?.severity, 'error');
  assert.match(missing.message, /lack what posting needs: write\.$/);
  assert.match(missing.remedy ?? '', /carillon connect newsroom-x/);
  assert.equal(judge({ permissions: own })[1]?.remedy, 'Make a new one.');
});

test('what the network remarks is a finding of the account', () => {
  const remark = {
    ...{ code: 'protected', severity: 'warning' as const },
    ...{ message: 'its posts are protected.', remedy: 'Unprotect them.' },
  };

  assert.deepEqual(judge({ remarks: [remark] })[1], {
    ...remark,
    ...{ check: 'account', account: 'newsroom-x' },
    message: 'newsroom-x: its posts are protected.',
  });
});

test('an account that cannot be asked has a remedy that fits', () => {
  const dead = { name: 'UnauthorizedError', message: 'The token is dead.', code: 'twitter:401' };
  const away = { name: 'TransientError', message: 'No answer came.', code: 'twitter:timeout' };
  const busy = { name: 'RateLimitedError', message: 'X asks to wait.', code: 'twitter:429' };

  const refused = judgeAccountRefusal(account, dead);

  assert.equal(refused.message, 'newsroom-x: The token is dead. (twitter:401)');
  assert.match(refused.remedy ?? '', /carillon connect newsroom-x.*CARILLON_NEWSROOM_X_/);
  assert.match(judgeAccountRefusal(account, away).remedy ?? '', /reaches https:\/\/api\.x\.com/);
  const inSandbox = judgeAccountRefusal({ ...account, sandbox: true }, away);
  assert.match(inSandbox.remedy ?? '', /"carillon start"/);
  assert.equal(judgeAccountRefusal(account, busy).severity, 'warning');
});
