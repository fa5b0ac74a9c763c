import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeClock, judgeNetworkClocks } from '../../src/doctor/clock.ts';

test('a clock that is far from that of Redis is an error, with its direction', () => {
  assert.equal(judgeClock(-1_500).severity, 'ok');
  assert.match(judgeClock(10_000).message, /10 seconds ahead of that of Redis/);
  assert.equal(judgeClock(10_000).severity, 'warning');
  assert.match(judgeClock(-300_000).message, /5 minutes behind that of Redis/);
  assert.equal(judgeClock(-300_000).severity, 'error');
});

test('networks that agree with the clock are one finding', () => {
  const findings = judgeNetworkClocks([
    { displayName: 'X', aheadMs: 900 },
    { displayName: 'X', aheadMs: -2_000 },
    { displayName: 'Facebook', aheadMs: 29_000 },
  ]);

  assert.deepEqual(
    findings.map(({ severity, message }) => [severity, message]),
    [['ok', 'The clock agrees with those of X and Facebook.']],
  );
});

test('each network whose clock is elsewhere is a finding, by the account where it is furthest', () => {
  const findings = judgeNetworkClocks([
    { displayName: 'X', aheadMs: -40_000 },
    { displayName: 'X', aheadMs: -400_000 },
    { displayName: 'Facebook', aheadMs: 60_000 },
    { displayName: 'YouTube', aheadMs: 0 },
  ]);

  assert.deepEqual(
    findings.map(({ code, severity }) => [code, severity]),
    [
      ['X', 'error'],
      ['Facebook', 'warning'],
    ],
  );
  assert.match(findings[0]?.message ?? '', /7 minutes behind that of X/);
  assert.match(findings[1]?.message ?? '', /60 seconds ahead of that of Facebook|1 minute ahead/);
});

test('where no network was asked, nothing is said of their clocks', () => {
  assert.deepEqual(judgeNetworkClocks([]), []);
});
