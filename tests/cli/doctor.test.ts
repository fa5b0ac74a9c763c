import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useCommands } from '../support/command-bench.ts';

const openBench = useCommands();

interface Findings {
  readonly ok: boolean;
  readonly findings: readonly {
    readonly check: string;
    readonly code: string;
    readonly severity: string;
    readonly message: string;
    readonly remedy?: string;
    readonly account?: string;
  }[];
}

const findingsOf = (out: string) => JSON.parse(out) as Findings;

/** What has to hold of every finding, whatever it is about. */
function assertWellSaid({ findings }: Findings): void {
  for (const { severity, message, remedy, code } of findings) {
    assert.match(message, /^\S[^\n]*\S$/);
    assert.notEqual(code, '');
    assert.equal(remedy === undefined, severity === 'ok', message);
    assert.doesNotMatch(remedy ?? '', /\n/);
  }
}

test('all is well with a config, a Redis and accounts that work', async () => {
  const { run, writeEntries } = openBench();
  writeEntries({ id: 'one' });

  const text = await run(['doctor']);
  const answer = findingsOf((await run(['doctor', '--json'])).out);

  assert.equal(text.status, 0, text.out);
  assert.match(text.out, /^ok {7}newsroom-x: .* on X; its credentials work\.$/m);
  assert.match(
    text.out,
    /^ok {7}newsroom-tube: .* on YouTube; a person posts by\n {9}hand there\.$/m,
  );
  assert.match(text.out, /All is well\.\n$/);
  assert.equal(answer.ok, true);
  assertWellSaid(answer);
  assert.deepEqual(
    [...new Set(answer.findings.map(({ check }) => check))],
    ['config', 'time zones', 'redis', 'clock', 'disk', 'journal', 'account'],
  );
});

test('an account that the network refuses is an error with its name', async () => {
  const { run, sandbox } = openBench();
  await sandbox('/faults', { network: 'twitter', kind: 'unauthorized', on: 'read', count: 5 });

  const { status, out } = await run(['doctor']);

  assert.equal(status, 1);
  assert.match(out, /^error {4}newsroom-x: /m);
  assert.match(out, /carillon connect\s+newsroom-x/);
});

test('what is wrong with an account that works is found, and status repeats it', async () => {
  const { run, sandbox, writeEntries } = openBench();
  const inSixDays = Math.floor(Date.now() / 1000) + 6 * 86_400;
  writeEntries({ id: 'far', at: '2031-01-01 09:00', to: ['newsroom-page'] });
  await run(['apply']);
  const page = '/1000200030004';
  const token = { data: { expires_at: inSixDays, data_access_expires_at: 0 } };
  const clock = { network: 'twitter', clockAheadMs: 600_000 };
  await sandbox('/amendments', { network: 'facebook', path: '/debug_token', body: token });
  await sandbox('/amendments', { network: 'facebook', path: page, body: { is_published: false } });
  await sandbox('/amendments', { ...clock, body: { data: { protected: true } } });

  const { status, out } = await run(['doctor', '--json']);
  const shown = await run(['status'], { columns: 400 });

  const answer = findingsOf(out);
  assertWellSaid(answer);
  assert.equal(status, 1);
  assert.deepEqual(
    answer.findings
      .filter(({ severity }) => severity !== 'ok')
      .map(({ account = '', code, severity }) => [account, code, severity]),
    [
      ['', 'X', 'error'],
      ['newsroom-x', 'protected', 'warning'],
      ['newsroom-page', 'end of token, 7', 'warning'],
      ['newsroom-page', 'page-unpublished', 'warning'],
    ],
  );
  assert.match(shown.out, /one publication is at risk: far\/newsroom-page on Wed 1 Jan 2031 09:00/);
  assert.match(shown.out, /^newsroom-x: its posts are protected/m);
});

test('status repeats nothing of an account that is well again', async () => {
  const { run, sandbox } = openBench();
  await sandbox('/faults', { network: 'twitter', kind: 'unauthorized', on: 'read', count: 1 });
  await run(['doctor']);
  const before = await run(['status']);

  await run(['doctor']);
  const after = await run(['status']);

  assert.match(before.out, /^newsroom-x: /m);
  assert.doesNotMatch(after.out, /newsroom-x/);
});

test('a network that hangs is one finding, in time', async () => {
  const { run, sandbox } = openBench();
  await sandbox('/faults', { network: 'twitter', kind: 'hang', on: 'read', count: 9 });

  const { findings } = findingsOf((await run(['doctor', '--json'])).out);

  const ofX = findings.filter(({ account }) => account === 'newsroom-x');
  assert.equal(ofX.length, 1);
  assert.match(ofX[0]?.message ?? '', /X did not answer in time/);
  assert.equal(findings.find(({ account }) => account === 'newsroom-page')?.severity, 'ok');
});

test('a Redis that does not answer is one finding, and the others are still told', async () => {
  const { run } = openBench();

  const { status, out } = await run(['doctor', '--json'], {
    env: { REDIS_URL: 'redis://127.0.0.1:1' },
  });

  const answer = findingsOf(out);
  assertWellSaid(answer);
  assert.equal(status, 1);
  assert.match(
    answer.findings.find(({ check }) => check === 'redis')?.message ?? '',
    /does not answer/,
  );
  assert.equal(answer.findings.find(({ check }) => check === 'time zones')?.severity, 'ok');
  assert.equal(answer.findings.find(({ check }) => check === 'disk')?.code, 'space');
});

test('the mistakes of a config are findings', async () => {
  const { run, writeConfig } = openBench();
  writeConfig('timezone: Europe/Pariss\n');

  const { status, out } = await run(['doctor', '--json']);

  assert.equal(status, 1);
  assertWellSaid(findingsOf(out));
  assert.match(out, /config\/carillon\.yaml:1:\d+ /);
});

test('a paused account and a frozen ledger are findings, each with its way out', async () => {
  const { run } = openBench();
  await run(['pause', 'newsroom-x']);
  await run(['freeze']);

  const answer = findingsOf((await run(['doctor', '--json'])).out);

  assertWellSaid(answer);
  const ofLedger = answer.findings.filter(({ check }) => check === 'ledger');
  assert.deepEqual(
    ofLedger.map(({ code }) => code),
    ['frozen', 'paused newsroom-x'],
  );
  assert.match(ofLedger[1]?.remedy ?? '', /carillon resume newsroom-x/);
});
