import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  absent,
  aClaimant,
  anError,
  anIntent,
  aReceipt,
  aThread,
  found,
  inconsistenciesOf,
  NAME,
  pass,
  posted,
  unknown,
  useLedgers,
} from '../support/ledger.ts';

const openLedger = useLedgers();

test('a look tells what to look for, and since when', async () => {
  const { ledger, startSending, claimToLook } = openLedger();
  await ledger.add(anIntent());
  const before = await ledger.now();
  const { fence } = await startSending();
  await ledger.saveDraft(NAME, fence, { part: 0 });
  await ledger.finish(NAME, fence, unknown());

  const look = await claimToLook();

  assert.equal(look.number, 0);
  assert.equal(look.part, 0);
  assert.equal(look.isPrecaution, false);
  assert.equal(look.sender, undefined);
  assert.deepEqual([look.attempt, look.failures], [1, 0]);
  assert.ok(look.since >= before - 60_000 && look.since <= look.doubtAt - 60_000);
});

test('while one worker looks, another waits', async () => {
  const { ledger, fallIntoDoubt, claimToLook, claim } = openLedger();
  await ledger.add(anIntent());
  await fallIntoDoubt();
  await claimToLook({ leaseMs: 20_000 });

  const directive = await claim();

  assert.ok(directive.to === 'wait' && directive.inMs > 19_000 && directive.inMs <= 20_000);
});

test('a worker that dies while it looks is followed by another', async () => {
  const { ledger, fallIntoDoubt, claimToLook } = openLedger();
  await ledger.add(anIntent());
  await fallIntoDoubt();
  await claimToLook({ leaseMs: 5 });
  await pass(5);

  assert.equal((await claimToLook()).number, 0);
});

test('what is found is published', async () => {
  const { ledger, fallIntoDoubt, claimToLook } = openLedger();
  await ledger.add(anIntent());
  await fallIntoDoubt();

  const answer = await ledger.judge(NAME, await claimToLook(), found('7'));

  assert.deepEqual([answer.state, answer.accepted], ['published', true]);
  const record = await ledger.get(NAME);
  assert.deepEqual([record?.receipt, record?.evidence], [aReceipt('7'), 'found']);
  assert.equal(record?.error, undefined);
});

test('what is found counts even if the look is long over', async () => {
  const { ledger, fallIntoDoubt, claimToLook } = openLedger();
  await ledger.add(anIntent());
  await fallIntoDoubt();
  const look = await claimToLook();
  await ledger.judge(NAME, look, absent({ isFinal: true }));

  assert.equal((await ledger.judge(NAME, look, found())).state, 'published');
});

test('a post that looks like one that is up already is left to the publication that it belongs to', async () => {
  const { ledger, fallIntoDoubt, claimToLook } = openLedger();
  const twin = 'twin/newsroom-x';
  await ledger.add(anIntent());
  await ledger.add(anIntent({ publication: twin }));
  const { fence } = await fallIntoDoubt();
  await fallIntoDoubt(twin);
  const stale = await claimToLook();
  await ledger.finish(NAME, fence, posted({ receipt: aReceipt('1') }));

  const answer = await ledger.judge(NAME, stale, found('2'));

  assert.deepEqual([answer.accepted, answer.isDuplicate], [false, false]);
  assert.deepEqual(await ledger.duplicates(), []);
  const look = await claimToLook({}, twin);
  assert.equal((await ledger.judge(twin, look, found('2'))).state, 'published');
});

test('what belongs to another publication is not found', async () => {
  const { ledger, startSending, fallIntoDoubt, claimToLook, state } = openLedger();
  const other = 'other/newsroom-x';
  await ledger.add(anIntent());
  await ledger.add(anIntent({ publication: other }));
  const { fence } = await startSending({ publication: other });
  await ledger.finish(other, fence, posted({ receipt: aReceipt('7') }));
  await fallIntoDoubt();

  const answer = await ledger.judge(NAME, await claimToLook(), found('7'));

  assert.equal(answer.accepted, false);
  assert.equal(await state(), 'unconfirmed');
});

test('an absence that does not settle it leads to the next look, never to a send', async () => {
  const { ledger, fallIntoDoubt, claimToLook, claim } = openLedger();
  await ledger.add(anIntent());
  await fallIntoDoubt();
  const look = await claimToLook();

  const answer = await ledger.judge(NAME, look, absent({ lookAt: look.doubtAt + 60_000 }));

  assert.deepEqual([answer.state, answer.generation], ['unconfirmed', 1]);
  assert.ok((answer.nextInMs ?? 0) > 50_000 && (answer.nextInMs ?? 0) <= 60_000);
  const directive = await claim();
  assert.ok(directive.to === 'wait' && directive.inMs > 50_000);
});

test('an absence counts once, however often it is told', async () => {
  const { ledger, fallIntoDoubt, claimToLook, kinds } = openLedger();
  await ledger.add(anIntent());
  await fallIntoDoubt();
  const look = await claimToLook();

  const first = await ledger.judge(NAME, look, absent());
  const again = await ledger.judge(NAME, look, absent());
  const byAnother = await ledger.judge(NAME, look, absent({ isFinal: true }));

  assert.deepEqual([first.accepted, again.accepted, byAnother.accepted], [true, false, false]);
  assert.equal((await claimToLook()).number, 1);
  assert.deepEqual(await kinds(), ['planned', 'sending', 'outcome unknown', 'not there']);
});

test('the last absence proves it: it is sent again, in a new generation', async () => {
  const { ledger, fallIntoDoubt, claimToLook, claimToPublish } = openLedger();
  await ledger.add(anIntent());
  const first = await fallIntoDoubt();
  await ledger.judge(NAME, await claimToLook(), absent());

  const answer = await ledger.judge(NAME, await claimToLook(), absent({ isFinal: true }));

  assert.deepEqual([answer.state, answer.generation, answer.nextInMs], ['scheduled', 2, 0]);
  assert.equal((await ledger.get(NAME))?.error, undefined);
  const claim = await claimToPublish();
  assert.deepEqual([claim.attempt, claim.hadDoubt, claim.begunFence], [2, true, first.fence]);
  assert.ok(claim.fence > first.fence);
});

test('an absence of an earlier doubt does not count in a later one', async () => {
  const { ledger, fallIntoDoubt, claimToLook, state } = openLedger();
  await ledger.add(anIntent());
  await fallIntoDoubt();
  const stale = await claimToLook({ leaseMs: 0 });
  await pass(1);
  await ledger.judge(NAME, await claimToLook(), absent({ isFinal: true }));
  await fallIntoDoubt();

  const answers = [
    await ledger.judge(NAME, stale, absent({ isFinal: true })),
    await ledger.judge(NAME, stale, { kind: 'unreadable', error: anError(), lookInMs: 0 }),
  ];

  assert.deepEqual(
    answers.map(({ accepted }) => accepted),
    [false, false],
  );
  assert.equal(await state(), 'unconfirmed');
  assert.equal((await claimToLook()).failures, 0);
});

test('proven absent with its attempts used up, it fails', async () => {
  const { ledger, fallIntoDoubt, claimToLook } = openLedger();
  await ledger.add(anIntent());
  await fallIntoDoubt();

  const answer = await ledger.judge(
    NAME,
    await claimToLook(),
    absent({ isFinal: true, maxAttempts: 1 }),
  );

  assert.deepEqual([answer.state, answer.nextInMs], ['failed', undefined]);
  assert.match((await ledger.get(NAME))?.error?.message ?? '', /All 1 attempts were used up/);
});

test('proven absent after its last moment, it is missed', async () => {
  const { ledger, fallIntoDoubt, claimToLook, endTime } = openLedger();
  await ledger.add(anIntent());
  await fallIntoDoubt();
  await endTime('publishBy');

  const answer = await ledger.judge(NAME, await claimToLook(), absent({ isFinal: true }));

  assert.equal(answer.state, 'missed');
});

test('what is in doubt is looked for while its account is paused, and not sent', async () => {
  const { ledger, fallIntoDoubt, claimToLook, claim } = openLedger();
  await ledger.add(anIntent());
  await fallIntoDoubt();
  await ledger.pause('*', { kind: 'operator', by: 'ada', reason: '', at: 0 });

  await ledger.judge(NAME, await claimToLook(), absent({ isFinal: true }));

  assert.deepEqual(await claim(), { to: 'go-home', because: 'held' });
});

test('an account that cannot be read is looked at again, and the look is not used up', async () => {
  const { ledger, fallIntoDoubt, claimToLook, claim } = openLedger();
  await ledger.add(anIntent());
  await fallIntoDoubt();
  const error = anError({ code: 'twitter:401', message: 'It cannot be read.' });

  const answer = await ledger.judge(NAME, await claimToLook(), {
    kind: 'unreadable',
    error,
    lookInMs: 5_000,
  });

  assert.equal(answer.state, 'unconfirmed');
  assert.ok((answer.nextInMs ?? 0) > 4_000);
  assert.equal((await claim()).to, 'wait');
  assert.equal((await ledger.get(NAME))?.error?.message, 'It cannot be read.');
});

test('looks that could not read are counted, until one could', async () => {
  const { ledger, fallIntoDoubt, claimToLook } = openLedger();
  await ledger.add(anIntent());
  await fallIntoDoubt();
  const verdict = { kind: 'unreadable', error: anError(), lookInMs: 0 } as const;
  await ledger.judge(NAME, await claimToLook(), verdict);
  await ledger.judge(NAME, await claimToLook(), verdict);

  const third = await claimToLook();
  await ledger.judge(NAME, third, absent());
  const fourth = await claimToLook();

  assert.deepEqual([third.number, third.failures], [0, 2]);
  assert.deepEqual([fourth.number, fourth.failures], [1, 0]);
});

test('a second doubt looks back to the first request of the part', async () => {
  const { ledger, fallIntoDoubt, claimToLook } = openLedger();
  await ledger.add(anIntent());
  await fallIntoDoubt();
  const first = await claimToLook();
  await ledger.judge(NAME, first, absent({ isFinal: true }));
  await pass(10);

  await fallIntoDoubt();
  const second = await claimToLook();

  assert.equal(second.since, first.since);
  assert.ok(second.doubtAt > first.doubtAt);
  assert.equal(second.number, 0);
});

test('a part in doubt is looked for since its own request, not since that of an earlier part', async () => {
  const { ledger, startSending, claimToLook } = openLedger();
  await ledger.add(anIntent({ post: aThread('One', 'Two') }));
  const { fence } = await startSending();
  await ledger.finish(NAME, fence, posted());
  await pass(10);
  const before = await ledger.now();
  await ledger.begin(NAME, fence, 1, 60_000);
  await ledger.finish(NAME, fence, unknown());

  const look = await claimToLook();

  assert.equal(look.part, 1);
  assert.deepEqual(look.parts, [aReceipt()]);
  assert.ok(look.since >= before - 60_000);
});

test('a part that is found lets the thread go on after it', async () => {
  const { ledger, startSending, claimToLook, claimToPublish } = openLedger();
  await ledger.add(anIntent({ post: aThread() }));
  const { fence } = await startSending();
  await ledger.finish(NAME, fence, posted({ receipt: aReceipt('1') }));
  await ledger.begin(NAME, fence, 1, 60_000);
  await ledger.finish(NAME, fence, unknown());

  const answer = await ledger.judge(NAME, await claimToLook(), found('2', 1));

  assert.deepEqual([answer.state, answer.generation], ['scheduled', 2]);
  assert.deepEqual((await claimToPublish()).parts, [aReceipt('1'), aReceipt('2')]);
});

test('a sender that vanished is named to the one who looks', async () => {
  const { ledger, startSending, claimToLook } = openLedger();
  await ledger.add(anIntent());
  const { fence } = await startSending({ windowMs: 5, claimant: { sender: 'host:7:7' } });
  await pass(5);
  await ledger.expire(NAME, fence, { senderIsGone: false, lookAfterMs: 0 });

  assert.equal((await claimToLook()).sender, 'host:7:7');
});

test('a verdict on what is not in doubt is not taken', async () => {
  const { ledger, claimToPublish, state } = openLedger();
  await ledger.add(anIntent());
  await claimToPublish();

  const answer = await ledger.judge(NAME, { number: 0, doubtAt: 0 }, absent({ isFinal: true }));

  assert.equal(answer.accepted, false);
  assert.equal(await state(), 'scheduled');
});

test('sets and records agree all the way through a doubt', async () => {
  const bench = openLedger();
  const { ledger, fallIntoDoubt, claimToLook, startSending } = bench;
  const { generation } = await ledger.add(anIntent());
  const wrong: string[] = [];
  const check = async () => wrong.push(...(await inconsistenciesOf(bench)));

  await fallIntoDoubt();
  await check();
  await ledger.judge(NAME, await claimToLook(), absent());
  await check();
  await ledger.judge(NAME, await claimToLook(), absent({ isFinal: true }));
  await check();
  await ledger.finish(NAME, (await startSending()).fence, posted());
  await check();

  assert.deepEqual(wrong, []);
  assert.equal((await ledger.claim(NAME, generation, aClaimant())).to, 'go-home');
});
