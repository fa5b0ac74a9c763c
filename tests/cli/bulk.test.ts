import assert from 'node:assert/strict';
import { userInfo } from 'node:os';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { type CommandBench, useCommands } from '../support/command-bench.ts';

const openBench = useCommands();
const me = userInfo().username;

/** A terminal on which somebody types this. */
function typing(text: string): NodeJS.ReadableStream {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  input.end(text);
  return input;
}

/** Three entries for X and one for the Page, of which the last is due next year. */
async function benchWithFour(): Promise<CommandBench> {
  const bench = openBench();
  bench.writeEntries(
    { id: 'one', at: '2099-01-01 09:00' },
    { id: 'two', at: '2099-01-02 09:00', title: 'Two' },
    { id: 'three', at: '2099-01-03 09:00', title: 'Three', to: ['newsroom-page'] },
    { id: 'four', at: '2100-01-01 09:00', title: 'Four' },
  );
  await bench.run(['apply']);
  return bench;
}

const statesOf = async ({ ledger }: CommandBench) =>
  Object.fromEntries((await ledger.list()).map((one) => [one.entry, one.state]));

test('several that are named or chosen are listed, and done once somebody agrees', async () => {
  const bench = await benchWithFour();

  const { status, out } = await bench.run(
    ['cancel', '--account', 'newsroom-x', '--before', '2099-06-01'],
    {
      input: typing('y\n'),
    },
  );

  assert.equal(status, 0);
  assert.match(out, /^ {2}one\/newsroom-x +Thu 1 Jan 2099 09:00 +scheduled\n {2}two\/newsroom-x/);
  assert.match(out, /Cancel these 2 publications\? y or n \[n\]: one\/newsroom-x is cancelled/);
  assert.deepEqual(await statesOf(bench), {
    one: 'cancelled',
    two: 'cancelled',
    three: 'scheduled',
    four: 'scheduled',
  });
});

test('who does not agree, or only presses Enter, changes nothing', async () => {
  const bench = await benchWithFour();

  for (const answer of ['n\n', '\n', '', 'perhaps\n']) {
    const ran = bench.run(['cancel', '--network', 'twitter'], { input: typing(answer) });
    const { status } = await ran;
    assert.notEqual(status, 0, JSON.stringify(answer));
  }

  assert.ok(Object.values(await statesOf(bench)).every((state) => state === 'scheduled'));
});

test('without a terminal it is refused before anything is done, but for --yes', async () => {
  const bench = await benchWithFour();

  const refused = await bench.run(['cancel', 'one/newsroom-x', 'two/newsroom-x']);
  const piped = await bench.run(['cancel', '--entry', 'one'], { input: PassThrough.from(['y\n']) });
  assert.deepEqual([refused.status, piped.status], [2, 2]);
  assert.match(refused.err, /--yes/);
  assert.equal((await statesOf(bench)).one, 'scheduled');

  const { status } = await bench.run(['cancel', 'one/newsroom-x', 'two/newsroom-x', '--yes']);
  assert.equal(status, 0);
  assert.equal((await statesOf(bench)).two, 'cancelled');
});

test('what is refused is told one by one, and the exit status says so', async () => {
  const bench = await benchWithFour();
  await bench.run(['cancel', 'one/newsroom-x']);

  const { status, out, err } = await bench.run([
    'cancel',
    'one/newsroom-x',
    'two/newsroom-x',
    '--yes',
    '--json',
  ]);

  assert.equal(status, 1);
  assert.deepEqual(JSON.parse(out), [
    {
      publication: 'one/newsroom-x',
      done: false,
      state: 'cancelled',
      reason: `one/newsroom-x is not cancelled. It is out already, by ${me}.`,
    },
    { publication: 'two/newsroom-x', done: true, state: 'cancelled' },
  ]);
  assert.match(err, /two\/newsroom-x/);
});

test('a call that chooses nothing, or in two ways, is refused; one that finds nothing is done', async () => {
  const bench = await benchWithFour();

  const nothing = await bench.run(['retry', '--yes']);
  const both = await bench.run(['cancel', 'one/newsroom-x', '--entry', 'two', '--yes']);
  const unknown = await bench.run(['cancel', '--account', 'newsrom-x', '--yes']);
  const found = await bench.run(['retry', '--account', 'newsroom-x']);

  assert.deepEqual([nothing.status, both.status, unknown.status, found.status], [2, 2, 2, 0]);
  assert.match(nothing.err, /name them, or choose them with --account/);
  assert.match(unknown.err, /Did you mean "newsroom-x"/);
  assert.match(found.out, /nothing is to do/);
});

test('a moved publication stays through apply, and plan says what the config says', async () => {
  const bench = await benchWithFour();

  const moved = await bench.run(['move', 'one/newsroom-x', '2099-01-01', '11:30']);
  const applied = await bench.run(['apply']);
  const plan = await bench.run(['plan', '--json']);

  assert.equal(moved.status, 0);
  assert.match(moved.out, /is moved to Thu 1 Jan 2099 11:30 \(Europe\/Paris\)/);
  assert.match(
    applied.out.replaceAll(/\s+/g, ' '),
    new RegExp(
      `one/newsroom-x was moved by ${me} to Thu 1 Jan 2099 11:30; the config says Thu 1 Jan 2099 09:00`,
    ),
  );
  assert.deepEqual(JSON.parse(plan.out), { changes: [], unchanged: 4 });
  assert.equal((await bench.ledger.get('one/newsroom-x'))?.due, Date.UTC(2099, 0, 1, 10, 30));
});

test('a moved publication goes where its entry newly says', async () => {
  const bench = await benchWithFour();
  await bench.run(['move', 'one/newsroom-x', '2099-01-01 11:30']);

  bench.writeEntries({ id: 'one', at: '2099-01-01 10:00' });
  await bench.run(['apply']);

  assert.equal((await bench.ledger.get('one/newsroom-x'))?.due, Date.UTC(2099, 0, 1, 9));
  assert.equal((await bench.ledger.get('one/newsroom-x'))?.moved, undefined);
});

test('moved to now, it goes out; a past time or one that is none is refused', async () => {
  const bench = await benchWithFour();

  const past = await bench.run(['move', 'one/newsroom-x', '2020-01-01 09:00']);
  const none = await bench.run(['move', 'one/newsroom-x', 'tomorrow']);
  const now = await bench.run(['move', 'one/newsroom-x', 'now']);
  await bench.workUntil('one/newsroom-x', 'published');
  const live = await bench.run(['move', 'one/newsroom-x', '2099-01-01 09:00']);

  assert.deepEqual([past.status, none.status, now.status, live.status], [2, 2, 0, 1]);
  assert.match(past.err, /is past/);
  assert.match(live.err, /is not moved\. It is published already/);
});

const GUARDED = `timezone: Europe/Paris
sandbox: true
approval: required
accounts:
  newsroom-x: { network: twitter }
  newsroom-page: { network: facebook, pageId: "1000200030004", approval: none }
publications:
  - { id: one, article: { title: The first }, at: now, to: [newsroom-x, newsroom-page] }
  - { id: two, article: { title: The second }, at: 2099-01-01 09:00, to: [newsroom-x], status: draft }
`;

test('nothing goes out that nobody has approved, but on the account that needs no approval', async () => {
  const bench = openBench();
  bench.writeConfig(GUARDED);

  const { out } = await bench.run(['apply']);
  await bench.workUntil('one/newsroom-page', 'published');
  const status = await bench.run(['status', '--state', 'held']);

  assert.match(out, /one\/newsroom-x.*\n {5}It waits for approval\./);
  assert.match(out, /two\/newsroom-x.*\n {5}It is a draft, and is not sent\./);
  assert.match(status.out, /Held \(2\)/);
  assert.match(status.out, /carillon approve one\/newsroom-x/);
});

test('approve shows the post and asks, and the approved one goes out', async () => {
  const bench = openBench();
  bench.writeConfig(GUARDED);
  await bench.run(['apply']);

  const declined = await bench.run(['approve', 'one/newsroom-x'], { input: typing('n\n') });
  const approved = await bench.run(['approve', 'one/newsroom-x', '--by', 'Anna'], {
    input: typing('y\n'),
  });
  await bench.workUntil('one/newsroom-x', 'published');
  const shown = await bench.run(['show', 'one/newsroom-x']);

  assert.equal(declined.status, 1);
  assert.match(declined.out, /^The first$/m);
  assert.equal(approved.status, 0);
  assert.match(approved.out, /Approve it\? y or n \[n\]: one\/newsroom-x is approved by Anna\./);
  assert.match(shown.out, /Approved by Anna/);
});

test('approving again is done already; a draft and what needs none are refused with the reason', async () => {
  const bench = openBench();
  bench.writeConfig(GUARDED);
  await bench.run(['apply']);
  await bench.run(['approve', 'one/newsroom-x', '--yes']);

  const again = await bench.run(['approve', 'one/newsroom-x', '--yes', '--by', 'ben']);
  const draft = await bench.run(['approve', 'two/newsroom-x', '--yes']);
  const free = await bench.run(['approve', 'one/newsroom-page', '--yes']);

  assert.deepEqual([again.status, draft.status, free.status], [0, 1, 1]);
  assert.match(again.out, new RegExp(`approved already, by ${me}\\.`));
  assert.match(draft.err, /it is a draft/);
  assert.match(free.err, /needs no approval/);
});

test('a text that changes between the look and the answer is not approved', async () => {
  const bench = openBench();
  const later = GUARDED.replace('at: now', 'at: 2099-01-01 10:00');
  bench.writeConfig(later);
  await bench.run(['apply']);
  const input = Object.assign(new PassThrough(), { isTTY: true });

  const approving = bench.run(['approve', 'one/newsroom-x'], { input });
  await new Promise((resolve) => setTimeout(resolve, 300));
  bench.writeConfig(later.replace('The first', 'Something else'));
  await bench.run(['apply']);
  input.end('y\n');
  const { status, err } = await approving;

  assert.equal(status, 1);
  assert.match(err, /has changed since it was shown/);
  assert.equal((await bench.ledger.get('one/newsroom-x'))?.state, 'held');
});

test('plan says what a change does to an approval, and what waits for one', async () => {
  const bench = openBench();
  const later = GUARDED.replace('at: now', 'at: 2099-01-01 10:00');
  bench.writeConfig(later);
  await bench.run(['apply']);
  const waiting = await bench.run(['plan']);
  await bench.run(['approve', '--entry', 'one', '--yes', '--by', 'anna']);
  bench.writeConfig(later.replace('The first', 'Something else'));

  const { out } = await bench.run(['plan']);

  assert.match(waiting.out, /1 publication waits for approval: "carillon approve one\/newsroom-x"/);
  assert.match(out.replaceAll(/\s+/g, ' '), /anna had approved it: it waits for approval again\./);
});

test('what is due and let go by one command does not come in one burst', async () => {
  const bench = openBench();
  const entry = (id: string) =>
    `  - { id: ${id}, article: { title: ${id} }, at: now, to: [newsroom-x] }\n`;
  const head = GUARDED.slice(0, GUARDED.indexOf('publications:'));
  const gap = 'publishing: { resumeGap: 1m }\n';
  bench.writeConfig(`${head}${gap}publications:\n${['a', 'b', 'c'].map(entry).join('')}`);
  await bench.run(['apply']);

  await bench.run(['approve', '--account', 'newsroom-x', '--yes']);

  const times = (await bench.ledger.list()).map(({ nextAt = 0 }) => nextAt).sort();
  const gaps = times.slice(1).map((at, i) => Math.round((at - (times[i] ?? 0)) / 1000));
  assert.deepEqual(gaps, [60, 60]);
});

test('the status is narrowed down by the same options', async () => {
  const bench = await benchWithFour();

  const { status, out } = await bench.run([
    'status',
    '--network',
    'twitter',
    '--before',
    '2099-06-01',
    '--json',
  ]);
  const ofEntry = await bench.run(['status', '--entry', 'three', '--json']);

  assert.equal(status, 0);
  const names = (text: string) =>
    (JSON.parse(text) as { publication: string }[]).map((one) => one.publication);
  assert.deepEqual(names(out), ['one/newsroom-x', 'two/newsroom-x']);
  assert.deepEqual(names(ofEntry.out), ['three/newsroom-page']);

  const nothing = await bench.run(['status', '--entry', 'nobody-knows']);
  const mistyped = await bench.run(['cancel', '--network', 'twiter', '--yes']);
  assert.match(nothing.out, /^No publication fits these options\.$/m);
  assert.equal(mistyped.status, 2);
  assert.match(mistyped.err, /Did you mean "twitter"/);
});
