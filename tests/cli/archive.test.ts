import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ageLedger, DAY_MS } from '../support/archive.ts';
import { useCommands } from '../support/command-bench.ts';

const openBench = useCommands();

/** What went out 500 days ago on X and on a Page, archived, with its entry still in the config. */
async function benchAfterArchiving() {
  const bench = openBench();
  bench.writeEntries({ id: 'one', to: ['newsroom-x', 'newsroom-page'] });
  await bench.run(['apply']);
  await bench.workUntil('one/newsroom-x', 'published');
  await bench.workUntil('one/newsroom-page', 'published');
  await ageLedger(bench.redis, '{carillon-sandbox}', 500 * DAY_MS);
  const ran = await bench.run(['archive', '--json']);
  const answer = JSON.parse(ran.out) as { archived: number; all: number; folder: string };
  return { ...bench, answer };
}

test('what is archived is not published again though its entry still stands in the config', async () => {
  const { run, answer, sweep } = await benchAfterArchiving();

  const plan = await run(['plan', '--json']);
  const applied = await run(['apply', '--json']);
  await sweep();

  assert.deepEqual([answer.archived, answer.all], [2, 2]);
  assert.deepEqual(JSON.parse(plan.out), { changes: [], unchanged: 2 });
  assert.deepEqual(JSON.parse(applied.out), { changes: [], unchanged: 2 });
  assert.deepEqual(JSON.parse((await run(['status', '--json'])).out), []);
});

test('nor under another name', async () => {
  const { run, writeEntries } = await benchAfterArchiving();
  writeEntries({ id: 'renamed' });

  const { out } = await run(['apply', '--json']);

  const { changes } = JSON.parse(out) as { changes: { action: string; reason: string }[] };
  assert.equal(changes.length, 1);
  assert.equal(changes[0]?.action, 'protected');
  assert.match(changes[0]?.reason ?? '', /the same post is already published as one\/newsroom-x/);
});

test('its whole story is told from the file, and status and verify know of it', async () => {
  const { run } = await benchAfterArchiving();

  const shown = await run(['show', 'one/newsroom-x']);
  const status = await run(['status']);
  const verified = await run(['verify', '--since', '600d', '--json']);

  assert.match(shown.out, /one\/newsroom-x · X · published/);
  assert.match(shown.out, /Our report is out/);
  assert.match(shown.out, /It is archived, in \d{4}-\d\d\.jsonl of /);
  assert.match(shown.out, /Published|published at|Live/);
  assert.match(
    status.out,
    /2 older ones are archived: "carillon show" with its name tells of one\./,
  );
  const { publications: _, ...sums } = JSON.parse(verified.out) as { publications: unknown };
  assert.deepEqual(sums, { intended: 2, liveOnce: 2, missing: 0, twice: 0, unknown: 0 });
});

test('without the file its trace is told, and where the rest is', async () => {
  const { run, answer } = await benchAfterArchiving();
  rmSync(answer.folder, { recursive: true });

  const { out } = await run(['show', 'one/newsroom-x']);
  const plain = out.replace(/\s+/g, ' ');

  assert.match(plain, /one\/newsroom-x · X · published https:/);
  assert.ok(plain.includes(`in the archive of ${hostname()}, and not on this host.`), plain);
  assert.match(plain, /Its text stands in the archive\./);
});

test('a file that was damaged is told, with the line', async () => {
  const { run, answer } = await benchAfterArchiving();
  for (const name of readdirSync(answer.folder).filter((one) => one.endsWith('.jsonl'))) {
    const file = join(answer.folder, name);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"fields"', '"fi'));
  }

  const { out } = await run(['show', 'one/newsroom-x']);

  assert.match(
    out.replace(/\s+/g, ' '),
    /A line cannot be read: .*\.jsonl:\d\. A copy of the file/,
  );
});

test('what ended lately is not archived, and neither is anything while the ledger is frozen', async () => {
  const { run } = openBench();

  const early = await run(['archive', '--before', new Date().toISOString().slice(0, 10)]);
  await run(['freeze', 'a', 'restore']);
  const frozen = await run(['archive']);
  await run(['thaw']);
  const nothing = await run(['archive']);

  assert.equal(early.status, 2);
  assert.match(early.err, /What ended in the last 60 days stays in the ledger/);
  assert.equal(frozen.status, 2);
  assert.match(frozen.err, /The ledger is frozen \(a restore\): nothing is archived/);
  assert.match(nothing.out, /^Nothing is archived: nothing that is still whole/);
});

test('a publication that is archived can be taken back', async () => {
  const { run, ledger } = await benchAfterArchiving();

  const { out, status } = await run(['retract', 'one/newsroom-page', '--yes']);

  assert.equal(status, 0, out);
  assert.equal((await ledger.get('one/newsroom-page'))?.state, 'retracted');
});

test('an archived publication is neither sent again nor moved by hand, and both say why', async () => {
  const bench = openBench();
  bench.writeEntries({ id: 'late', at: '2020-01-01 09:00' });
  await bench.run(['apply']);
  await ageLedger(bench.redis, '{carillon-sandbox}', 500 * DAY_MS);
  await bench.run(['archive']);

  const retried = await bench.run(['retry', 'late/newsroom-x', '--yes']);
  const moved = await bench.run(['move', 'late/newsroom-x', '2030-01-01 09:00', '--yes']);

  const why = /It is archived, and its text is not in the ledger any more/;
  assert.match(retried.out + retried.err, why);
  assert.match(moved.out + moved.err, why);
});
