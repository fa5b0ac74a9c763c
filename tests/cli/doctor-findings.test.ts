import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Finding,
  judgeAccountError,
  judgeClock,
  judgeTimeZones,
  linesOfFindings,
} from '../../src/cli/doctor-findings.ts';
import { plainInk } from '../../src/cli/ink.ts';
import type { Account } from '../../src/core/account.ts';
import { TransientError, UnauthorizedError } from '../../src/core/errors.ts';

const account: Account = {
  name: 'newsroom-x',
  network: 'twitter',
  apiUrl: 'https://api.x.com',
  sandbox: false,
  settings: {},
  secrets: {},
};

test('a clock that is far from that of Redis is an error, with its direction', () => {
  assert.equal(judgeClock(-1_500).severity, 'ok');
  assert.match(judgeClock(10_000).message, /10 seconds ahead of that of Redis/);
  assert.equal(judgeClock(10_000).severity, 'warning');
  assert.match(judgeClock(-300_000).message, /5 minutes behind that of Redis/);
  assert.equal(judgeClock(-300_000).severity, 'error');
});

test('time-zone data that is missing, wrong or old is found', () => {
  const change = Date.UTC(2026, 2, 29, 1);
  const right = (_: string, at: number) => (at < change ? 60 : 120);
  const data = { version: '2026a', year: 2026 };

  assert.deepEqual(judgeTimeZones('Europe/Paris', right, data), {
    check: 'time zones',
    severity: 'ok',
    message: 'The time-zone data is in order (2026a).',
  });
  assert.equal(judgeTimeZones('Europe/Paris', () => 60, data).severity, 'error');
  assert.match(
    judgeTimeZones('Europe/Kyiv', (zone) => (zone === 'Europe/Kyiv' ? undefined : 60), data)
      .message,
    /does not know the time zone Europe\/Kyiv/,
  );
  const old = judgeTimeZones('Europe/Paris', right, { version: '2022g', year: 2026 });
  assert.equal(old.severity, 'warning');
  assert.match(old.message, /of 2022/);
});

test('an account that fails has a remedy that fits', () => {
  const dead = new UnauthorizedError('The token is dead.', { code: 'twitter:401' });
  const away = new TransientError('No answer came.', { code: 'twitter:timeout' });

  const refused = judgeAccountError(account, dead);
  assert.equal(refused.message, 'newsroom-x: The token is dead. (twitter:401)');
  assert.match(refused.remedy ?? '', /CARILLON_NEWSROOM_X_/);
  assert.match(judgeAccountError(account, away).remedy ?? '', /reaches https:\/\/api\.x\.com/);
  const inSandbox = { ...account, sandbox: true };
  assert.match(judgeAccountError(inSandbox, away).remedy ?? '', /"carillon start"/);
});

test('findings are a line each with their remedy below, and a sum', () => {
  const findings: Finding[] = [
    { check: 'redis', severity: 'ok', message: 'Redis answers.' },
    { check: 'clock', severity: 'warning', message: 'The clock is off.', remedy: 'Set it.' },
    { check: 'account', severity: 'error', message: 'It is refused.' },
  ];

  assert.deepEqual(linesOfFindings(findings, { ink: plainInk, width: 80 }), [
    'ok       Redis answers.',
    'warning  The clock is off.',
    '         Set it.',
    'error    It is refused.',
    '',
    '1 error and 1 warning.',
  ]);
  assert.equal(linesOfFindings([], { ink: plainInk, width: 80 }).at(-1), 'All is well.');
});
