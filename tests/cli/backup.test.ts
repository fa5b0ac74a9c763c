import assert from 'node:assert/strict';
import { readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { thisSender } from '../../src/core/sender.ts';
import { openHeartbeats } from '../../src/ledger/heartbeats.ts';
import { type CommandBench, useCommands } from '../support/command-bench.ts';
import { inconsistenciesOf, openBench as openLedgerBench } from '../support/ledger.ts';

const openBench = useCommands();

const PREFIX = '{carillon-sandbox}';
const soon = () => `${new Date(Date.now() + 2_500).toISOString().slice(0, 19)}Z`;

async function postsOf({ env }: CommandBench): Promise<readonly string[]> {
  const log = await fetch(`http://127.0.0.1:${env.CARILLON_SANDBOX_PORT}/log`);
  return ((await log.json()) as { text: string }[]).map(({ text }) => text).sort();
}

/** One went out before the backup, one that was planned then and one that was not went out after it. */
async function benchWithBackup() {
  const bench = openBench();
  const file = join(bench.folder, 'backup.gz');
  rmSync(file, { force: true });
  const later = { id: 'later', title: 'Later', at: soon() };
  bench.writeEntries({ id: 'before', title: 'Before' }, later, {
    ...{ id: 'far', title: 'Far', at: '2100-01-01 09:00' },
  });
  await bench.run(['apply']);
  await bench.workUntil('before/newsroom-x', 'published');
  const made = await bench.run(['backup', file, '--json']);
  assert.equal(made.status, 0, made.err);
  bench.writeEntries(
    { id: 'before', title: 'Before' },
    later,
    { id: 'far', title: 'Far', at: '2100-01-01 09:00' },
    { id: 'after', title: 'After' },
  );
  await bench.run(['apply']);
  await bench.workUntil('later/newsroom-x', 'published');
  await bench.workUntil('after/newsroom-x', 'published');
  return { ...bench, file, made: JSON.parse(made.out) as { publications: number } };
}

for (const isAnotherMachine of [false, true]) {
  const where = isAnotherMachine ? 'another machine, without journals,' : 'this machine';
  test(`a restore on ${where} posts nothing twice and loses nothing`, async () => {
    const bench = await benchWithBackup();
    const { file, run, redis, ledger, env } = bench;
    const before = await postsOf(bench);
    await redis.flushall();
    if (isAnotherMachine) rmSync(env.CARILLON_DATA_DIR ?? '', { recursive: true, force: true });

    const restored = await run(['restore', file, '--json']);
    assert.equal(restored.status, 0, restored.err);
    assert.deepEqual(await inconsistenciesOf(openLedgerBench(redis, PREFIX)), []);
    await run(['apply']);
    await bench.sweep();
    for (const name of ['before', 'later', 'after']) {
      await bench.workUntil(`${name}/newsroom-x`, 'published');
    }

    assert.deepEqual(before, ['After', 'Before', 'Later']);
    assert.deepEqual(await postsOf(bench), before);
    assert.equal(bench.made.publications, 3);
    assert.equal((await ledger.get('far/newsroom-x'))?.state, 'scheduled');
    assert.equal(await ledger.frozen(), undefined);
    assert.deepEqual(JSON.parse((await run(['plan', '--json'])).out), {
      changes: [],
      unchanged: 4,
    });
    assert.equal((await run(['verify'])).status, 0);
    assert.equal((statSync(file).mode & 0o777).toString(8), '600');
  });
}

test('what its last moment has passed for is looked for all the same, and found', async () => {
  const bench = await benchWithBackup();
  const { file, run, redis, ledger, env } = bench;
  await redis.flushall();
  rmSync(env.CARILLON_DATA_DIR ?? '', { recursive: true, force: true });
  await run(['restore', file]);
  // As if the restore had come hours later.
  await redis.hset(`${PREFIX}:ledger:publication:later/newsroom-x`, 'publishBy', Date.now() - 1);

  await bench.sweep();
  assert.equal((await ledger.get('later/newsroom-x'))?.state, 'scheduled');
  await bench.workUntil('later/newsroom-x', 'published');

  assert.equal((await postsOf(bench)).length, 3);
});

test('what did not go out and is too late by now is missed, not sent', async () => {
  const bench = openBench();
  const file = join(bench.folder, 'late.gz');
  rmSync(file, { force: true });
  bench.writeEntries({ id: 'late', at: soon() });
  await bench.run(['apply']);
  await bench.run(['backup', file]);
  await bench.redis.flushall();
  await bench.run(['restore', file]);
  const key = `${PREFIX}:ledger:publication:late/newsroom-x`;
  await bench.redis.hset(key, 'publishBy', Date.now() - 1, 'due', Date.now() - 2);

  await bench.sweep();
  await bench.workUntil('late/newsroom-x', 'missed');

  assert.deepEqual(await postsOf(bench), []);
});

test('it says for people what is restored, and what to do', async () => {
  const { file, run, redis } = await benchWithBackup();
  await redis.flushall();

  const { out } = await run(['restore', file]);

  assert.match(out, /^The ledger is as it was on .*, with \d publications, and knows what the/);
  assert.match(out, /What may have gone out since is looked for on the accounts before it is sent/);
  assert.match(out, /If workers ran on other hosts too, run "carillon freeze" now/);
});

test('with --keep-frozen nothing goes out before a person thaws it', async () => {
  const { file, run, redis, ledger } = await benchWithBackup();
  await redis.flushall();

  const { out } = await run(['restore', file, '--keep-frozen']);
  await run(['apply']);

  assert.match(out, /It stays frozen/);
  assert.match((await ledger.frozen())?.reason ?? '', /^restored from a backup of \d{4}-/);
  assert.notEqual((await ledger.frozen())?.by, 'carillon');
});

test('a backup does not take the place of what is there, unless told', async () => {
  const { file, run, ledger } = await benchWithBackup();

  const refused = await run(['restore', file]);
  const after = await ledger.get('after/newsroom-x');
  const done = await run(['restore', file, '--replace']);

  assert.equal(refused.status, 1);
  assert.match(refused.err, /The ledger has publications already, .* add --replace\. Nothing was/);
  assert.equal(after?.state, 'published');
  assert.equal(done.status, 0, done.err);
});

test('a file that is cut off, changed or none of ours changes nothing', async () => {
  const { file, run, redis, ledger, folder } = await benchWithBackup();
  const whole = readFileSync(file);
  await redis.flushall();
  const text = gunzipSync(whole).toString();
  const changed = gzipSync(text.replace('"published"', '"scheduled"'));
  const shorter = gzipSync(text.split('\n').slice(0, -2).join('\n'));
  const newer = gzipSync(text.replace('"carillonBackup":1', '"carillonBackup":2'));
  const real = gzipSync(text.replace('"namespace":"carillon-sandbox"', '"namespace":"carillon"'));
  const cases = [
    [whole.subarray(0, whole.length - 30), /is cut off: its end is missing/],
    [shorter, /is cut off: its end is missing/],
    [changed, /is damaged, or no backup/],
    [real, /is damaged, or no backup/],
    [newer, /in a form that this version does not know/],
    [gzipSync('{"a":1}\n'), /is no backup of Carillon\. Name a file/],
    [Buffer.from('hello'), /is damaged, or no backup/],
    [Buffer.alloc(0), /is (cut off|no backup)/],
  ] as const;
  for (const [bytes, says] of cases) {
    const bad = join(folder, 'bad.gz');
    writeFileSync(bad, bytes);

    const { status, err } = await run(['restore', bad]);

    assert.equal(status, 1);
    assert.match(err, says);
    assert.match(err, /Nothing was restored\./);
  }
  truncateSync(file, 10);
  assert.match((await run(['restore', join(folder, 'none.gz')])).err, /cannot be read \(ENOENT\)/);
  assert.deepEqual(await redis.keys('*publication*'), []);
  assert.equal(await ledger.frozen(), undefined);
});

test('a backup of the other ledger is refused', async () => {
  const { file, run, redis, writeConfig } = await benchWithBackup();
  await redis.flushall();
  writeConfig(
    'timezone: Europe/Paris\naccounts:\n  newsroom-x: { network: twitter }\npublications: []\n',
  );
  const secrets = Object.fromEntries(
    ['API_KEY', 'API_SECRET', 'ACCESS_TOKEN', 'ACCESS_SECRET'].map((name) => [
      `CARILLON_NEWSROOM_X_${name}`,
      'a-secret-of-a-test',
    ]),
  );

  const { status, err } = await run(['restore', file], { env: secrets });

  assert.equal(status, 1);
  assert.match(err, /is a backup of the ledger of the sandbox, and this config is for the real/);
});

test('while a part of Carillon runs nothing is restored', async () => {
  const { file, run, redis } = await benchWithBackup();
  await redis.flushall();
  const heartbeats = openHeartbeats(redis, `${PREFIX}:ledger:heartbeats`);
  await heartbeats.beat({ part: 'worker', network: 'twitter', by: thisSender() });

  const { status, err } = await run(['restore', file]);

  assert.equal(status, 1);
  assert.match(err, /Carillon is running \(worker twitter on .*\): stop it everywhere/);
});

test('a restore that is broken off lets nothing out until it is run again', async () => {
  const { file, run, redis, ledger } = await benchWithBackup();
  await redis.flushall();
  // As a restore leaves it that died after some of its records.
  await ledger.freezeAnew('a restore is not finished', 'carillon restore');
  await redis.hset(`${PREFIX}:ledger:publication:before/newsroom-x`, {
    state: 'published',
    due: 1,
  });

  await run(['apply']);
  assert.equal((await ledger.frozen())?.by, 'carillon restore');
  const { status, err } = await run(['restore', file]);

  assert.equal(status, 0, err);
  assert.equal(await ledger.frozen(), undefined);
});

test('a backup takes the place of an older one, and of no other file', async () => {
  const { file, run, folder } = await benchWithBackup();
  const before = readFileSync(file);
  const other = join(folder, 'letter.txt');
  writeFileSync(other, 'Dear Ada');

  const again = await run(['backup', file]);
  const refused = await run(['backup', other]);

  assert.equal(again.status, 0, again.err);
  assert.notDeepEqual(readFileSync(file), before);
  assert.equal(refused.status, 1);
  assert.match(refused.err, /is there already, and is no backup of Carillon: name another file/);
  assert.equal(readFileSync(other, 'utf8'), 'Dear Ada');
});
