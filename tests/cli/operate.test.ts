import assert from 'node:assert/strict';
import { userInfo } from 'node:os';
import { test } from 'node:test';
import { useCommands } from '../support/command-bench.ts';
import { aClaimant, aHold, notSent, rejected, unknown } from '../support/ledger.ts';

const openBench = useCommands();
const me = userInfo().username;
const NAME = 'one/newsroom-x';
const POST = 'https://x.com/newsroom/status/1234567890';

/** A bench whose one publication has been sent, with this outcome. */
async function benchAfter(outcome: ReturnType<typeof rejected>) {
  const bench = openBench();
  bench.writeEntries({ id: 'one' });
  await bench.run(['apply']);
  const directive = await bench.ledger.claim(NAME, 1, aClaimant());
  assert.ok(directive.to === 'publish');
  const { fence } = directive.claim;
  await bench.ledger.begin(NAME, fence, 0, 60_000);
  await bench.ledger.finish(NAME, fence, outcome);
  return bench;
}

test('a failed publication is retried and goes out', async () => {
  const { run, ledger, workUntil } = await benchAfter(rejected());

  const { status, out } = await run(['retry', NAME]);
  await workUntil(NAME, 'published');

  assert.equal(status, 0);
  assert.equal(out, `${NAME} is sent again as soon as a worker takes it.\n`);
  const story = await ledger.story(NAME);
  assert.deepEqual(story.find(({ kind }) => kind === 'sent again')?.detail, { by: me });
});

test('what may be live is retried only by who has looked, and is told what that risks', async () => {
  const { run, ledger } = await benchAfter(unknown(60_000));

  const refused = await run(['retry', NAME]);
  const taken = await run(['retry', NAME, '--not-posted']);

  assert.equal(refused.status, 1);
  assert.match(refused.err, /It may be live: Carillon is looking for it\..*--not-posted/);
  assert.equal(taken.status, 0);
  assert.match(taken.err, /it will be there twice/);
  assert.equal((await ledger.get(NAME))?.state, 'scheduled');
});

test('a retry tells what keeps it from going out all the same', async () => {
  const { run } = await benchAfter(rejected());
  await run(['pause', 'newsroom-x']);

  const { status, err } = await run(['retry', NAME]);

  assert.equal(status, 0);
  assert.match(err, /^newsroom-x is paused since .*"carillon resume newsroom-x" lets it go on\.$/m);
});

test('a person confirms by the address of the post, and by nothing else', async () => {
  const { run, ledger } = await benchAfter(unknown(60_000));

  const wrong = await run(['confirm', NAME, 'https://example.org/newsroom']);
  const right = await run(['confirm', NAME, POST]);
  const again = await run(['confirm', NAME, POST]);

  assert.equal(wrong.status, 2);
  assert.match(wrong.err, /is not the address of a post on X\. Open the post itself/);
  assert.deepEqual([right.status, right.out], [0, `${NAME} is published: ${POST}\n`]);
  assert.equal((await ledger.get(NAME))?.evidence, `confirmed by ${me}`);
  assert.equal(again.status, 1);
  assert.match(again.err, new RegExp(`It is published already: ${POST}`));
});

test('one post cannot be confirmed for two publications', async () => {
  const { run, writeEntries } = openBench();
  writeEntries({ id: 'one', at: '2030-01-01 09:00' }, { id: 'two', at: '2030-01-01 09:00' });
  await run(['apply']);
  await run(['confirm', NAME, POST]);

  const { status, err } = await run(['confirm', 'two/newsroom-x', POST]);

  assert.equal(status, 1);
  assert.match(err, /This post belongs to one\/newsroom-x already/);
});

test('what is cancelled stays out although the config has it', async () => {
  const { run, writeEntries, ledger } = openBench();
  writeEntries({ id: 'one', at: '2030-01-01 09:00' });
  await run(['apply']);

  const cancelled = await run(['cancel', NAME]);
  await run(['apply']);
  const again = await run(['cancel', NAME]);
  const retried = await run(['retry', NAME]);

  assert.equal(
    cancelled.out,
    `${NAME} is cancelled. It stays out, also where the config still has it.\n`,
  );
  assert.equal((await ledger.get(NAME))?.cancelledBy, me);
  assert.equal((await ledger.get(NAME))?.state, 'cancelled');
  assert.deepEqual(
    [again.status, again.err],
    [1, `${NAME} is not cancelled. It is out already, by ${me}.\n`],
  );
  assert.match(retried.err, /a cancelled publication is not sent/);
});

test('a name that is not there is answered with the nearest, or with those of the entry', async () => {
  const { run, writeEntries } = openBench();
  writeEntries({
    id: 'spring-report',
    at: '2030-01-01 09:00',
    to: ['newsroom-x', 'newsroom-page'],
  });
  await run(['apply']);

  const near = await run(['show', 'spring-rapport/newsroom-x']);
  const entry = await run(['cancel', 'spring-report']);
  const far = await run(['retry', 'xyzzy']);

  assert.deepEqual([near.status, entry.status, far.status], [2, 2, 2]);
  assert.match(near.err, /Did you mean "spring-report\/newsroom-x"\?/);
  assert.match(
    entry.err,
    /Name one of: spring-report\/newsroom-\w+, spring-report\/newsroom-\w+\./,
  );
  assert.match(far.err, /"carillon status" lists them all/);
});

test('nothing goes out while an account is paused, and on resume it does, spaced', async () => {
  const { run, writeEntries, workUntil, ledger } = openBench();
  writeEntries({ id: 'one' }, { id: 'two', title: 'Another one' });
  await run(['apply']);

  const paused = await run(['pause', 'newsroom-x']);
  await workUntil(NAME, 'held');
  await workUntil('two/newsroom-x', 'held');
  const resumed = await run(['resume', 'newsroom-x']);
  await workUntil(NAME, 'published');

  assert.equal(
    paused.out,
    'newsroom-x is paused: from this moment nothing is sent. "carillon resume newsroom-x" lets it go on.\n',
  );
  assert.equal(
    resumed.out,
    'newsroom-x goes on: 2 publications that waited go out, 1 minute apart.\n',
  );
  const second = await ledger.get('two/newsroom-x');
  assert.equal(second?.state, 'scheduled');
  assert.ok((second?.nextAt ?? 0) > (await ledger.now()) + 30_000);
});

test('pausing twice tells who did it first, and what was not paused is not resumed', async () => {
  const { run } = openBench();

  const never = await run(['resume', 'newsroom-x']);
  await run(['pause']);
  const again = await run(['pause']);
  const one = await run(['pause', 'newsroom-x']);
  const all = await run(['resume']);

  assert.equal(never.out, 'newsroom-x was not paused.\n');
  assert.match(
    again.out,
    new RegExp(`^Everything is paused since .* by ${me}: nothing is sent\\.`),
  );
  assert.match(one.out, /^newsroom-x is paused/);
  assert.equal(all.out, 'The general pause is over; nothing had waited.\n');
  assert.match(all.err, /^newsroom-x is paused since /);
});

test('an account that the network refuses is said to be so, and not by whom it was paused', async () => {
  const { run, ledger } = openBench();
  await ledger.pause(
    'newsroom-x',
    aHold({ kind: 'refused', by: 'carillon', reason: 'The token is dead.', code: 'twitter:401' }),
  );

  const { out } = await run(['pause', 'newsroom-x']);

  assert.match(
    out,
    /as the network refuses it \(twitter:401\): The token is dead\. Mend its access/,
  );
});

test('an account that the config does not have is not paused', async () => {
  const { run, ledger } = openBench();

  const { status, err } = await run(['pause', 'newsroom-x', 'newsroom-pag']);

  assert.equal(status, 2);
  assert.equal(err, 'The config has no account "newsroom-pag". Did you mean "newsroom-page"?\n');
  assert.equal((await ledger.holds()).size, 0);
});

test('a mistake in an entry of the config keeps nobody from stopping everything', async () => {
  const { run, writeEntries, ledger } = openBench();
  writeEntries({ id: 'one', at: 'tomorrow' });

  const applied = await run(['apply']);
  const paused = await run(['pause']);
  const listed = await run(['status', '--json']);

  assert.equal(applied.status, 2);
  assert.deepEqual([paused.status, listed.status], [0, 0]);
  assert.ok((await ledger.holds()).has('*'));
});

test('freezing stops everything until it is thawed', async () => {
  const { run, ledger } = openBench();

  const frozen = await run(['freeze', 'before', 'the', 'restore']);
  const again = await run(['freeze']);
  const seen = await run(['status']);
  const thawed = await run(['thaw']);
  const nothing = await run(['thaw']);

  assert.match(frozen.out, /^The ledger is frozen: nothing is sent until "carillon thaw"\./);
  assert.match(again.out, new RegExp(`already, since .* by ${me} \\(before the restore\\)\\.`));
  assert.match(seen.out, /^The ledger is frozen since /);
  assert.match(thawed.out, /^The ledger goes on\./);
  assert.equal(nothing.out, 'The ledger was not frozen.\n');
  assert.equal(await ledger.frozen(), undefined);
});

test('status lists what is asked for, as text and as JSON', async () => {
  const { run, writeEntries } = await benchAfter(rejected());
  writeEntries({ id: 'one' }, { id: 'two', at: '2030-01-01 09:00', to: ['newsroom-page'] });
  await run(['apply']);

  const text = await run(['status']);
  const json = await run(['status', '--json']);
  const failed = await run(['status', '--state', 'failed', '--json']);
  const page = await run(['status', '--account', 'newsroom-page', '--json']);
  const nobody = await run(['status', '--account', 'newsroom-pag']);

  assert.match(text.out, /^Needs you \(1\)\n {2}one\/newsroom-x .* failed\n {4}Too long\.\n/);
  assert.match(
    text.out,
    /^Next \(1\)\n {2}two\/newsroom-page {2}Tue 1 Jan 2030 09:00 {3}scheduled$/m,
  );
  const names = (ran: { out: string }) =>
    (JSON.parse(ran.out) as { publication: string }[]).map(({ publication }) => publication);
  assert.deepEqual(names(json), ['one/newsroom-x', 'two/newsroom-page']);
  assert.deepEqual(names(failed), ['one/newsroom-x']);
  assert.deepEqual(names(page), ['two/newsroom-page']);
  assert.deepEqual([nobody.status, nobody.out], [2, '']);
});

test('show tells the whole story of a publication', async () => {
  const { run, workUntil } = await benchAfter(notSent());
  const { receipt } = await workUntil(NAME, 'published');

  const { out } = await run(['show', NAME]);
  const json = JSON.parse((await run(['show', NAME, '--json'])).out) as {
    state: string;
    story: { kind: string; sentence: string }[];
  };

  assert.match(out, /^one\/newsroom-x · X · published\n/);
  assert.match(out, /^Our report is out$/m);
  assert.match(out, / {2}Not sent: X is away\. \(twitter:503\)$/m);
  assert.ok(out.replaceAll(/\s+/g, ' ').includes(`Published: ${receipt?.url}`));
  assert.deepEqual(
    json.story.map(({ kind }) => kind),
    ['planned', 'sending', 'not sent', 'sending', 'posted'],
  );
});

test('a handoff has the text to copy and is confirmed with its address', async () => {
  const { run, writeEntries, workUntil } = openBench();
  writeEntries({ id: 'one', to: ['newsroom-tube'] });
  await run(['apply']);
  await workUntil('one/newsroom-tube', 'handoff');

  const { out } = await run(['show', 'one/newsroom-tube']);
  const url = 'https://www.youtube.com/post/UgkxAbCdEfGhIjKlMnOpQrStUvWxYz012345';
  const confirmed = await run(['confirm', 'one/newsroom-tube', url]);

  assert.match(out, /^Our report is out$/m);
  assert.match(out, /www\.youtube\.com\/channel\/UCabcdefghijklmnopqrstuv\/posts/);
  assert.match(out, /carillon confirm one\/newsroom-tube ADDRESS/);
  assert.deepEqual(
    [confirmed.status, confirmed.out],
    [0, `one/newsroom-tube is published: ${url}\n`],
  );
});
