import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { type CommandBench, useCommands } from '../support/command-bench.ts';
import { aClaimant, anIntent } from '../support/ledger.ts';

const openBench = useCommands();
const TUBE = 'https://www.youtube.com/post/Ugkxabcdefghijklmnopqrstuvwxyz0123';
const ALL = ['newsroom-x', 'newsroom-page', 'newsroom-tube'];

/** One entry that is out on X and on the Page, and by hand on YouTube; and one that waits. */
async function benchWithReport(title?: string): Promise<CommandBench> {
  const bench = openBench();
  write(bench, title);
  await bench.run(['apply']);
  await bench.workUntil('one/newsroom-x', 'published');
  await bench.workUntil('one/newsroom-page', 'published');
  await bench.workUntil('one/newsroom-tube', 'handoff');
  await bench.run(['confirm', 'one/newsroom-tube', TUBE]);
  return bench;
}

function write(bench: CommandBench, title = 'Twelve per cent more'): void {
  bench.writeEntries(
    { id: 'one', to: ALL, title },
    { id: 'later', at: '2099-01-01 09:00', title: 'Later' },
  );
}

const stateOf = async ({ ledger }: CommandBench, name: string) => (await ledger.get(name))?.state;

async function liveTexts(bench: CommandBench): Promise<readonly string[]> {
  const answer = await fetch(`http://127.0.0.1:${bench.env.CARILLON_SANDBOX_PORT}/log`);
  const log = (await answer.json()) as { text: string; deletedAt?: string }[];
  return log.filter(({ deletedAt }) => deletedAt === undefined).map(({ text }) => text);
}

test('an entry goes from every network at once, and a person is told what is left to do by hand', async () => {
  const bench = await benchWithReport();

  const { status, out, err } = await bench.run(['retract', 'one', '--reason', 'wrong', '--yes']);

  assert.equal(status, 1);
  assert.match(out, /one\/newsroom-x is retracted: nothing of it is left on newsroom-x\./);
  assert.match(out, /one\/newsroom-page is retracted/);
  assert.match(
    err,
    new RegExp(`Delete ${TUBE} by hand.*carillon retract one/newsroom-tube --done`),
  );
  assert.deepEqual(await liveTexts(bench), []);

  const done = await bench.run(['retract', 'one/newsroom-tube', '--done', '--yes']);
  assert.equal(done.status, 0);
  assert.equal(await stateOf(bench, 'one/newsroom-tube'), 'retracted');
  assert.equal((await bench.ledger.get('one/newsroom-x'))?.retraction?.reason, 'wrong');
});

test('without agreement nothing is deleted, and without a terminal nothing is asked', async () => {
  const bench = await benchWithReport();
  const input = Object.assign(new PassThrough(), { isTTY: true });
  input.end('n\n');

  const asked = await bench.run(['retract', 'one/newsroom-x'], { input });
  const piped = await bench.run(['retract', 'one/newsroom-x']);

  assert.deepEqual([asked.status, piped.status], [1, 2]);
  assert.match(asked.out, /Delete from the network, for good, it\? y or n/);
  assert.equal((await liveTexts(bench)).length, 2);
});

test('what has not gone out is refused with what to do instead, and retracted twice is no fault', async () => {
  const bench = await benchWithReport();

  const later = await bench.run(['retract', 'later/newsroom-x', '--yes']);
  await bench.run(['retract', 'one/newsroom-x', '--yes']);
  const again = await bench.run(['retract', 'one/newsroom-x', '--yes', '--json']);

  assert.equal(later.status, 1);
  assert.match(later.err, /"carillon cancel later\/newsroom-x" keeps it from going out/);
  assert.deepEqual(JSON.parse(again.out), [
    { publication: 'one/newsroom-x', done: true, state: 'retracted' },
  ]);
});

test('what is retracted is not sent again by apply, retry, a changed text or verify', async () => {
  const bench = await benchWithReport();
  await bench.run(['retract', '--account', 'newsroom-x', '--yes']);
  write(bench, 'Eleven per cent more');

  const plan = JSON.parse((await bench.run(['plan', '--json'])).out) as {
    changes: { action: string; publication: string; reason: string }[];
  };
  await bench.run(['apply']);
  const retry = await bench.run(['retry', 'one/newsroom-x', '--yes']);
  const verify = JSON.parse((await bench.run(['verify', '--json'])).out) as { missing: number };

  const change = plan.changes.find(({ publication }) => publication === 'one/newsroom-x');
  assert.equal(change?.action, 'protected');
  assert.match(change?.reason ?? '', /published and retracted by /);
  assert.equal(retry.status, 1);
  assert.equal(verify.missing, 0);
  assert.equal(await stateOf(bench, 'one/newsroom-x'), 'retracted');
});

test('while all is paused it is deleted all the same, and that is said', async () => {
  const bench = await benchWithReport();
  await bench.run(['pause']);

  const { status, err } = await bench.run(['retract', 'one/newsroom-page', '--yes']);

  assert.equal(status, 0);
  assert.match(err, /Posting is paused; deleting is not/);
});

test('what the network puts off is told, and shown until it is done', async () => {
  const bench = await benchWithReport();
  const fault = { network: 'facebook', kind: 'rate-limit', on: 'change', count: 1 };
  await bench.sandbox('/faults', fault);

  const { status, err } = await bench.run(['retract', 'one/newsroom-page', '--yes']);
  const shown = await bench.run(['status', '--state', 'published']);

  assert.equal(status, 1);
  assert.match(err, /not retracted yet\. Facebook asks to wait.*tries again by itself/s);
  assert.match(shown.out, /Facebook asks to wait/);
  assert.equal((await bench.run(['retract', 'one/newsroom-page', '--yes'])).status, 0);
});

test('nothing is deleted to be corrected while a limit would keep the new text from going out', async () => {
  const bench = await benchWithReport();
  const { ledger } = bench;
  const stop = { kind: 'stop', of: 'account', what: 'posts', forMs: 60_000 } as const;
  await ledger.sawLimits('newsroom-x', undefined, [stop]);
  const { generation } = await ledger.add(anIntent({ publication: 'waits/newsroom-x' }));
  const limits = { known: [] };
  await ledger.claim('waits/newsroom-x', generation, aClaimant({ limits }));
  write(bench, 'Eleven per cent more');

  const { status, err } = await bench.run(['correct', 'one/newsroom-x', '--yes']);

  assert.equal(status, 1);
  assert.match(err, /The limit of newsroom-x is reached: it would be deleted/);
  assert.equal(await stateOf(bench, 'one/newsroom-x'), 'published');
});

test('a changed text is brought to what is out: in place on the Page, anew on X, by hand on YouTube', async () => {
  const bench = await benchWithReport();
  write(bench, 'Eleven per cent more');

  const { status, out, err } = await bench.run(['correct', 'one', '--yes']);
  await bench.workUntil('one~2/newsroom-x', 'published');

  assert.equal(status, 1);
  assert.match(out, /\[-Twelve-\]\{\+Eleven\+\} per cent more/);
  assert.match(out, /one\/newsroom-x is deleted, and goes out anew as one~2\/newsroom-x/);
  assert.match(out, /one\/newsroom-page is corrected: https/);
  assert.match(err, new RegExp(`Open ${TUBE} and put this text there:\nEleven per cent more`));
  assert.deepEqual(await liveTexts(bench), ['Eleven per cent more', 'Eleven per cent more']);

  assert.equal((await bench.run(['correct', 'one/newsroom-tube', '--done', '--yes'])).status, 0);
  const plan = await bench.run(['plan', '--detailed-exitcode']);
  assert.deepEqual([plan.status, /protected/.test(plan.out)], [0, false]);
  const verify = JSON.parse((await bench.run(['verify', '--json'])).out) as object;
  assert.deepEqual(
    { ...verify, publications: [] },
    {
      ...{ intended: 3, liveOnce: 2, missing: 0, twice: 0, unknown: 1 },
      publications: [],
    },
  );

  const again = await bench.run(['correct', 'one/newsroom-page', 'one/newsroom-x']);
  assert.equal(again.status, 0);
  assert.match(again.out, /one~2\/newsroom-x says what the config says/);
});

test('on X a text that was up before is refused before anything is deleted', async () => {
  const bench = await benchWithReport();
  write(bench, 'TWELVE per  cent more');

  const { status, err } = await bench.run(['correct', 'one/newsroom-x', '--yes']);

  assert.equal(status, 1);
  assert.match(err, /X refuses a text that the account has posted, also once it is deleted/);
  assert.equal(await stateOf(bench, 'one/newsroom-x'), 'published');
});

test('on X nothing is deleted while it could not be posted anew', async () => {
  const bench = await benchWithReport();
  write(bench, 'Eleven per cent more');
  await bench.run(['pause', 'newsroom-x']);

  const { status, err } = await bench.run(['correct', 'one/newsroom-x', '--yes']);

  assert.equal(status, 1);
  assert.match(err, /Posting is paused: it would be deleted and could not be posted anew/);
  assert.equal((await liveTexts(bench)).length, 2);
});

test('an edit that the network refuses leaves all as it was, and one whose answer is lost is looked up', async () => {
  const bench = await benchWithReport();
  write(bench, 'Eleven per cent more');
  const fault = { network: 'facebook', on: 'change', count: 1 };

  await bench.sandbox('/faults', { ...fault, kind: 'refuse' });
  const refused = await bench.run(['correct', 'one/newsroom-page', '--yes']);
  assert.equal(refused.status, 1);
  assert.match(refused.err, /could not be changed, and is as it was/);

  await bench.sandbox('/faults', { ...fault, kind: 'stored-then-reset' });
  const lost = await bench.run(['correct', 'one/newsroom-page', '--yes']);
  assert.deepEqual([lost.status, lost.err], [0, '']);
});
