import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useCommands } from '../support/command-bench.ts';

const openBench = useCommands();

interface Findings {
  readonly ok: boolean;
  readonly findings: { check: string; severity: string; message: string; account?: string }[];
}

test('all is well with a config, a Redis and accounts that work', async () => {
  const { run, writeEntries } = openBench();
  writeEntries({ id: 'one' });

  const text = await run(['doctor']);
  const { ok, findings } = JSON.parse((await run(['doctor', '--json'])).out) as Findings;

  assert.equal(text.status, 0, text.out);
  assert.match(text.out, /^ok {7}newsroom-x: .* on X; its credentials work\.$/m);
  assert.match(
    text.out,
    /^ok {7}newsroom-tube: .* on YouTube; a person posts by\n {9}hand there\.$/m,
  );
  assert.equal(ok, true);
  assert.deepEqual(
    [...new Set(findings.map(({ check }) => check))],
    ['config', 'time zones', 'redis', 'clock', 'account'],
  );
});

test('an account that the network refuses is an error with its name', async () => {
  const { run, sandbox } = openBench();
  await sandbox('/faults', { network: 'twitter', kind: 'unauthorized', on: 'read', count: 5 });

  const { status, out } = await run(['doctor']);

  assert.equal(status, 1);
  assert.match(out, /^error {4}newsroom-x: /m);
  assert.match(out, /CARILLON_NEWSROOM_X_/);
});

test('a Redis that does not answer is one finding, and the others are still told', async () => {
  const { run } = openBench();

  const { status, out } = await run(['doctor', '--json'], {
    env: { REDIS_URL: 'redis://127.0.0.1:1' },
  });

  const { findings } = JSON.parse(out) as Findings;
  assert.equal(status, 1);
  assert.match(findings.find(({ check }) => check === 'redis')?.message ?? '', /does not answer/);
  assert.equal(findings.find(({ check }) => check === 'time zones')?.severity, 'ok');
});

test('the mistakes of a config are findings', async () => {
  const { run, writeConfig } = openBench();
  writeConfig('timezone: Europe/Pariss\n');

  const { status, out } = await run(['doctor']);

  assert.equal(status, 1);
  assert.match(out, /^error {4}config\/carillon\.yaml:1:\d+ /m);
});
