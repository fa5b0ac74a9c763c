import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useCommands } from '../support/command-bench.ts';

const openBench = useCommands();
/** Redis is not there for commands that need none. */
const withoutRedis = { env: { REDIS_URL: 'redis://127.0.0.1:1' } };

test('check counts what is fine, without Redis', async () => {
  const { run, writeEntries } = openBench();
  writeEntries(
    { id: 'one', to: ['newsroom-x', 'newsroom-page'] },
    { id: 'two', title: 'Another report' },
  );

  const checked = await run(['check'], withoutRedis);
  const json = await run(['check', '--json'], withoutRedis);

  assert.deepEqual(checked, { status: 0, out: '3 publications of 2 entries are fine.\n', err: '' });
  assert.deepEqual(JSON.parse(json.out), { ok: true, problems: [] });
  assert.equal(json.status, 0);
});

test('check warns of what rules move and of posts that repeat, and stays fine', async () => {
  const { run, writeConfig } = openBench();
  writeConfig(`timezone: Europe/Paris
sandbox: true
accounts: { newsroom-x: { network: twitter, quietHours: "22:00-07:00" } }
defaults: { to: [newsroom-x] }
publications:
  - id: late
    article: { title: Late }
    at: 2099-11-24 23:30
  - id: again
    article: { title: Again }
    every: Tue 09:00
  - id: copy
    article: { title: Late }
    at: 2099-12-24 12:00
`);

  const json = JSON.parse((await run(['check', '--json'])).out) as {
    ok: boolean;
    problems: { line: number; severity: string; message: string }[];
  };

  assert.equal(json.ok, true);
  assert.deepEqual(
    json.problems.map(({ line, severity }) => [line, severity]),
    [
      [8, 'warning'],
      [11, 'warning'],
      [14, 'warning'],
    ],
  );
  assert.match(
    json.problems[0]?.message ?? '',
    /moved from 23:30 to 07:00: quiet hours of newsroom-x/,
  );
  assert.match(json.problems[1]?.message ?? '', /says the same each time.*texts:/);
  assert.match(json.problems[2]?.message ?? '', /"late" publishes the same on newsroom-x/);
});

test('a preview shows each post of a recurring entry once, a plan each occurrence', async () => {
  const { run, writeConfig } = openBench();
  writeConfig(`timezone: Europe/Paris
sandbox: true
accounts: { newsroom-x: { network: twitter } }
defaults: { to: [newsroom-x] }
publications:
  - id: tips
    article: { title: Tips }
    every: daily 09:00
    texts: [One, Two]
`);

  const preview = JSON.parse((await run(['preview', '--json'])).out) as { text: string }[];
  const plan = JSON.parse((await run(['plan', '--json'])).out) as {
    changes: { publication: string }[];
  };

  assert.deepEqual(
    preview.map(({ text }) => text),
    ['One', 'Two'],
  );
  assert.ok(plan.changes.length >= 34);
  assert.match(plan.changes[0]?.publication ?? '', /^tips@\d{4}-\d{2}-\d{2}T09:00\/newsroom-x$/);
});

test('check tells every mistake of the config with its place and exits with 2', async () => {
  const { run, writeConfig } = openBench();
  writeConfig(
    'timezone: Europe/Pariss\naccounts:\n  a: { network: twiter }\npublications: []\ncolour: red\n',
  );

  const checked = await run(['check']);
  const json = JSON.parse((await run(['check', '--json'])).out) as {
    ok: boolean;
    problems: { line: number; severity: string; message: string }[];
  };

  assert.equal(checked.status, 2);
  assert.match(checked.out, /^config\/carillon\.yaml:1:\d+ .*"Europe\/Paris"/m);
  assert.match(checked.out, /^config\/carillon\.yaml:5:1 .*colour/m);
  assert.match(checked.out, /errors: nothing goes out until the errors are mended\.\n$/);
  assert.equal(json.ok, false);
  assert.ok(json.problems.length >= 3);
});

test('check finds a text that is too long for its network', async () => {
  const { run, writeConfig } = openBench();
  writeConfig(`timezone: Europe/Paris
sandbox: true
accounts: { newsroom-x: { network: twitter } }
publications:
  - id: long
    at: now
    to: [newsroom-x]
    article: { title: Short }
    text:
      twitter: "${'word '.repeat(80)}"
`);

  const { status, out } = await run(['check', '--json']);

  const { problems } = JSON.parse(out) as {
    problems: { line: number; publication: string; message: string }[];
  };
  assert.equal(status, 2);
  assert.match(problems[0]?.message ?? '', /^This text is 400 long as X counts it, and 280 /);
  assert.deepEqual(
    problems.map(({ line, publication }) => ({ line, publication })),
    [{ line: 10, publication: 'long/newsroom-x' }],
  );
});

test('preview shows every account, or one entry, without Redis', async () => {
  const { run, writeEntries } = openBench();
  writeEntries({ id: 'one', to: ['newsroom-x', 'newsroom-page'] }, { id: 'two' });

  const all = await run(['preview'], withoutRedis);
  const json = await run(['preview', 'two', '--json'], withoutRedis);

  assert.match(all.out, /^one\/newsroom-x\nX · 17\/280 · at the first apply · 0\.015 USD$/m);
  assert.match(all.out, /^one\/newsroom-page\nFacebook · /m);
  assert.match(all.out, /^two\/newsroom-x$/m);
  const [only, ...others] = JSON.parse(json.out) as { publication: string; text: string }[];
  assert.deepEqual([only?.publication, only?.text], ['two/newsroom-x', 'Our report is out']);
  assert.equal(others.length, 0);
});

test('preview of an entry that is not there names the nearest', async () => {
  const { run, writeEntries } = openBench();
  writeEntries({ id: 'spring-report' });

  const { status, err } = await run(['preview', 'spring-rapport']);

  assert.equal(err, 'The config has no entry "spring-rapport". Did you mean "spring-report"?\n');
  assert.equal(status, 2);
});

test('plan shows what apply does, and applying twice changes nothing', async () => {
  const { run, writeEntries, ledger } = openBench();
  writeEntries({ id: 'one', at: '2030-01-01 09:00' }, { id: 'two', at: '2030-01-02 09:00' });

  const plan = await run(['plan']);
  assert.match(plan.out, /^ {2}\+ {2}one\/newsroom-x {2}Tue 1 Jan 2030 09:00$/m);
  assert.match(plan.out, /^2 to add, 0 unchanged\.$/m);
  assert.deepEqual(await ledger.list(), []);
  assert.equal((await run(['plan', '--detailed-exitcode'])).status, 2);

  const applied = await run(['apply']);
  assert.match(applied.out, /^2 added, 0 unchanged\.$/m);
  assert.equal((await ledger.list()).length, 2);

  const again = await run(['apply', '--json']);
  assert.deepEqual(JSON.parse(again.out), { changes: [], unchanged: 2 });
  const nothing = await run(['plan', '--detailed-exitcode']);
  assert.equal(nothing.status, 0);
  assert.equal(nothing.out, 'Nothing to do: 2 publications are as the config wants.\n');
});

test('a plan tells moves, changes and cancellations apart', async () => {
  const { run, writeEntries } = openBench();
  const at = '2030-01-01 09:00';
  writeEntries({ id: 'moved', at }, { id: 'changed', at }, { id: 'gone', at });
  await run(['apply']);
  writeEntries(
    { id: 'moved', at: '2030-01-01 11:00' },
    { id: 'changed', at, title: 'Other words' },
  );

  const { out } = await run(['plan', '--json']);

  const { costs: _, ...plan } = JSON.parse(out) as { costs: unknown };
  assert.deepEqual(plan, {
    changes: [
      { action: 'move', publication: 'moved/newsroom-x', due: '2030-01-01T10:00:00.000Z' },
      { action: 'update', publication: 'changed/newsroom-x', due: '2030-01-01T08:00:00.000Z' },
      {
        action: 'cancel',
        publication: 'gone/newsroom-x',
        due: '2030-01-01T08:00:00.000Z',
        reason: 'it is no longer in the config',
      },
    ],
    unchanged: 0,
  });
});

test('apply with a config that has mistakes changes nothing and exits with 2', async () => {
  const { run, writeConfig, ledger } = openBench();
  writeConfig('timezone: Europe/Paris\n');

  const { status, out, err } = await run(['apply', '--json']);

  assert.equal(status, 2);
  assert.equal(out, '');
  assert.match(err, /^config\/carillon\.yaml:\d+:\d+ /);
  assert.match(err, /Nothing was changed\.\n$/);
  assert.deepEqual(await ledger.list(), []);
});

test('apply says what keeps from going out what it has planned', async () => {
  const { run, writeEntries } = openBench();
  await run(['pause']);
  writeEntries({ id: 'one' });

  const { err } = await run(['apply']);

  assert.match(err, /^Everything is paused since /);
});

test('a Redis that does not answer is told in a sentence', async () => {
  const { run } = openBench();

  const { status, out, err } = await run(['status'], withoutRedis);

  assert.equal(status, 1);
  assert.equal(out, '');
  assert.match(
    err,
    /Redis does not answer\. See whether it runs and whether REDIS_URL leads to it/,
  );
});

test('an address of Redis that cannot be used is the fault of the call', async () => {
  const { run } = openBench();

  const { status, err } = await run(['status'], { env: { REDIS_URL: 'localhost' } });

  assert.equal(status, 2);
  assert.match(err, /^REDIS_URL is not an address: write it as redis:/);
});
