import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { matchesHash } from '../../src/core/password-hash.ts';
import { runCommand } from '../support/command-line.ts';

async function makePassword(typed: string, ...args: string[]) {
  const input = new PassThrough();
  input.end(typed);
  return runCommand(['password', ...args], { input });
}

test('prints a line for .env that holds no password, and by which it is known again', async () => {
  const { status, out, err } = await makePassword('five long words of anna\n'.repeat(2), 'anna');

  assert.equal(status, 0);
  const [, hash = ''] = /^CARILLON_DASHBOARD_PASSWORD_ANNA=(scrypt:[\w:-]+)\n$/.exec(out) ?? [];
  assert.ok(await matchesHash('five long words of anna', hash));
  assert.ok(!(await matchesHash('five long words of omid', hash)));
  assert.doesNotMatch(out + err, /five long/);
});

test('is for whoever may do everything without a name', async () => {
  const { out } = await makePassword('five long words of anna\n'.repeat(2));

  assert.match(out, /^CARILLON_DASHBOARD_PASSWORD=scrypt:/);
});

test('refuses what was not typed twice, is too short, or would not survive in .env', async () => {
  for (const typed of [
    'one long password\nanother password\n',
    'short\nshort\n',
    '',
    ' blank before\n'.repeat(2),
  ]) {
    const { status, out } = await makePassword(typed, 'anna');
    assert.equal(status, 1, typed);
    assert.equal(out, '');
  }
  assert.equal((await makePassword('', 'Anna B')).status, 2);
});
