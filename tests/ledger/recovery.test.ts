import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openRedisLedger } from '../../src/ledger/redis-ledger.ts';
import {
  absent,
  aClaimant,
  aHold,
  anError,
  anIntent,
  aPost,
  aReceipt,
  aTestimony,
  aThread,
  found,
  inconsistenciesOf,
  NAME,
  notSent,
  openBench,
  pass,
  posted,
  publishAll,
  rejected,
  useLedgers,
} from '../support/ledger.ts';
import { startTestRedis } from '../support/redis.ts';

const openLedger = useLedgers();

test('a claim whose lease is over is taken back, and costs no attempt', async () => {
  const { ledger, claimToPublish } = openLedger();
  await ledger.add(anIntent());
  const { fence } = await claimToPublish({ leaseMs: 5 });
  await pass(5);

  const step = await ledger.expire(NAME, fence, { senderIsGone: false, lookAfterMs: 0 });

  assert.deepEqual(step, { changed: true, state: 'scheduled', generation: 2 });
  assert.equal((await ledger.get(NAME))?.attempts, 0);
});

test('a claim or a sending in time is left alone, unless its sender is gone', async () => {
  const { ledger, claimToPublish, startSending } = openLedger();
  await ledger.add(anIntent());
  const claimed = await claimToPublish();

  assert.equal((await expire(claimed.fence, false)).changed, false);
  assert.equal((await expire(claimed.fence, true)).state, 'scheduled');

  const sending = await startSending();
  assert.equal((await expire(sending.fence, false)).changed, false);
  assert.equal((await expire(sending.fence, true)).state, 'unconfirmed');

  function expire(fence: number, senderIsGone: boolean) {
    return ledger.expire(NAME, fence, { senderIsGone, lookAfterMs: 0 });
  }
});

test('a sending whose time is over is in doubt, and its own last word does not count', async () => {
  const { ledger, startSending, claimToLook } = openLedger();
  await ledger.add(anIntent());
  const { fence } = await startSending({ windowMs: 5 });
  await pass(5);

  const step = await ledger.expire(NAME, fence, { senderIsGone: true, lookAfterMs: 0 });

  assert.deepEqual([step.state, step.generation], ['unconfirmed', 2]);
  assert.equal((await ledger.get(NAME))?.error?.code, 'outcome-unknown');
  assert.equal((await claimToLook()).sender, undefined);
  assert.equal((await ledger.finish(NAME, fence, notSent())).accepted, false);
});

test('only the attempt that was meant is taken back', async () => {
  const { ledger, claimToPublish } = openLedger();
  await ledger.add(anIntent());
  const { fence } = await claimToPublish({ leaseMs: 0 });

  const step = await ledger.expire(NAME, fence + 1, { senderIsGone: true, lookAfterMs: 0 });

  assert.equal(step.changed, false);
});

test('a fresh generation is given once for each that was seen', async () => {
  const { ledger } = openLedger();
  const { generation } = await ledger.add(anIntent());

  const steps = [await ledger.renew(NAME, generation), await ledger.renew(NAME, generation)];

  assert.deepEqual(
    steps.map(({ changed }) => changed),
    [true, false],
  );
  assert.equal(steps[1]?.generation, generation + 1);
});

test('what is in time is not missed', async () => {
  const { ledger } = openLedger();
  await ledger.add(anIntent());

  assert.equal((await ledger.miss(NAME)).changed, false);
});

test('everything with a next step is listed, soonest first, with how long until then', async () => {
  const { ledger, claimToPublish } = openLedger();
  const now = await ledger.now();
  await ledger.add(anIntent({ publication: 'later/newsroom-x', due: now + 60_000 }));
  await ledger.add(anIntent());
  await ledger.add(anIntent({ publication: 'cancelled/newsroom-x' }));
  await ledger.cancel('cancelled/newsroom-x', 'ada');
  await claimToPublish({ leaseMs: 5_000, sender: 'host:7:7' });

  const all = await ledger.withWake(0, 10);

  assert.deepEqual(
    all.map(({ publication, state }) => [publication, state]),
    [
      [NAME, 'claimed'],
      ['later/newsroom-x', 'scheduled'],
    ],
  );
  assert.ok((all[0]?.wakeInMs ?? 0) > 4_000 && (all[0]?.wakeInMs ?? 0) <= 5_000);
  assert.equal(all[0]?.sender, 'host:7:7');
  assert.deepEqual(
    (await ledger.withWake(1, 10)).map(({ publication }) => publication),
    ['later/newsroom-x'],
  );
  assert.deepEqual(await ledger.wakeable(now, 10), []);
  assert.deepEqual(
    (await ledger.underWay()).map(({ publication }) => publication),
    [NAME],
  );
});

test('a ledger is frozen once, says why, and thaws', async () => {
  const { ledger } = openLedger();

  const steps = [await ledger.freeze('a restore', 'ada'), await ledger.freeze('again', 'bob')];
  const frozen = await ledger.frozen();
  const thaws = [await thaw(), await thaw()];

  assert.deepEqual(
    [steps, thaws],
    [
      [true, false],
      [true, false],
    ],
  );
  assert.deepEqual([frozen?.reason, frozen?.by], ['a restore', 'ada']);
  assert.equal(await ledger.frozen(), undefined);

  function thaw() {
    return ledger.thaw('ada', { fence: 0, lookUntil: 0 });
  }
});

test('after a thaw tokens go on above all that were used, and never fall', async () => {
  const { ledger, claimToPublish } = openLedger();
  await ledger.add(anIntent());
  await ledger.add(anIntent({ publication: 'other/newsroom-x' }));
  await ledger.freeze('a restore', 'ada');
  await ledger.thaw('ada', { fence: 900, lookUntil: 0 });

  assert.equal((await claimToPublish()).fence, 901);

  await ledger.freeze('a restore', 'ada');
  await ledger.thaw('ada', { fence: 5, lookUntil: 0 });

  assert.equal((await claimToPublish({}, 'other/newsroom-x')).fence, 902);
});

test('of two hosts that recover at once, both tell the tokens that they have used', async () => {
  const { ledger } = openLedger();
  await ledger.freeze('a restore', 'carillon');
  await ledger.thaw('host a', { fence: 100, lookUntil: 1 });

  await ledger.thaw('host b', { fence: 200, lookUntil: 2 });

  assert.equal(await ledger.lastFence(), 200);
});

test('after a thaw, what was due until then is looked for before it is sent', async () => {
  const { ledger, claimToLook, claimToPublish, claim } = openLedger();
  const now = await ledger.now();
  const later = 'later/newsroom-x';
  await ledger.add(anIntent({ due: now - 3_000 }));
  await ledger.add(anIntent({ publication: later, due: now - 1_000 }));
  await ledger.freeze('a restore', 'ada');
  await ledger.thaw('ada', { fence: 100, lookUntil: now - 2_000 });

  const look = await claimToLook();
  await ledger.judge(NAME, look, absent({ isFinal: look.isPrecaution }));

  assert.equal(look.isPrecaution, true);
  assert.ok(look.since < (await ledger.now()) - 86_400_000);
  assert.equal((await claimToPublish()).attempt, 1);
  assert.equal((await claim({}, later)).to, 'publish');
});

test('after a thaw, an attempt that the ledger knows of does not stand for one that it may not', async () => {
  const { ledger, startSending, claimToLook, claimToPublish } = openLedger();
  await ledger.add(anIntent());
  await ledger.finish(NAME, (await startSending()).fence, notSent());
  await ledger.freeze('a restore', 'ada');
  await ledger.thaw('ada', { fence: 100, lookUntil: (await ledger.now()) + 60_000 });

  const look = await claimToLook();
  await ledger.judge(NAME, look, absent({ isFinal: look.isPrecaution }));
  const first = await startSending();
  await ledger.finish(NAME, first.fence, notSent());
  const second = await claimToPublish();

  assert.equal(look.isPrecaution, true);
  assert.deepEqual([first.attempt, second.attempt], [2, 3]);
});

test('what is found by a look before the first attempt is published', async () => {
  const { ledger, claimToLook } = openLedger();
  await ledger.add(anIntent());
  await ledger.freeze('a restore', 'ada');
  await ledger.thaw('ada', { fence: 100, lookUntil: (await ledger.now()) + 60_000 });

  assert.equal((await ledger.judge(NAME, await claimToLook(), found('7'))).state, 'published');
});

test('a receipt in the journal publishes what the ledger has forgotten', async () => {
  for (const stage of ['scheduled', 'claimed', 'sending', 'unconfirmed', 'held', 'cancelled']) {
    const bench = openLedger();
    const { ledger, claimToPublish, startSending, fallIntoDoubt, claim } = bench;
    await ledger.add(anIntent());
    if (stage === 'claimed') await claimToPublish();
    if (stage === 'sending') await startSending();
    if (stage === 'unconfirmed') await fallIntoDoubt();
    if (stage === 'cancelled') await ledger.cancel(NAME, 'apply');
    if (stage === 'held') {
      await ledger.pause('*', aHold());
      await claim();
    }

    const step = await ledger.witness(aTestimony({ kind: 'posted', receipt: aReceipt('7') }));

    assert.deepEqual([step.changed, step.state], [true, 'published'], stage);
    const record = await ledger.get(NAME);
    assert.deepEqual([record?.receipt, record?.evidence], [aReceipt('7'), 'journal']);
    assert.deepEqual(await inconsistenciesOf(bench), []);
  }
});

test('a receipt that the ledger has is no news', async () => {
  const { ledger, startSending } = openLedger();
  await ledger.add(anIntent());
  await ledger.finish(NAME, (await startSending()).fence, posted({ receipt: aReceipt('7') }));

  const step = await ledger.witness(aTestimony({ kind: 'posted', receipt: aReceipt('7') }));

  assert.equal(step.changed, false);
  assert.deepEqual(await ledger.duplicates(), []);
});

test('a receipt in the journal beside another in the ledger is a duplicate', async () => {
  const { ledger, startSending } = openLedger();
  await ledger.add(anIntent());
  await ledger.finish(NAME, (await startSending()).fence, posted({ receipt: aReceipt('8') }));

  await ledger.witness(aTestimony({ kind: 'posted', receipt: aReceipt('7') }));

  assert.equal((await ledger.duplicates()).length, 1);
});

test('a receipt in the journal makes a record where the ledger has none', async () => {
  const bench = openLedger();
  const { ledger } = bench;

  const step = await ledger.witness(
    aTestimony({ kind: 'posted', receipt: aReceipt('7'), due: 5_000 }),
  );

  assert.deepEqual([step.changed, step.state], [true, 'published']);
  const record = await ledger.get(NAME);
  assert.deepEqual(
    [record?.entry, record?.account, record?.network, record?.due, record?.fingerprint],
    ['spring-report', 'newsroom-x', 'twitter', 5_000, ''],
  );
  assert.equal(await ledger.ownerOf('newsroom-x', '7'), NAME);
  assert.equal((await ledger.add(anIntent())).changed, false);
  assert.deepEqual(await inconsistenciesOf(bench), []);
});

test('an attempt of which only the journal knows is looked for', async () => {
  for (const stage of ['scheduled', 'claimed', 'failed', 'missed', 'unconfirmed'] as const) {
    const bench = openLedger();
    const { ledger, claimToPublish, startSending, fallIntoDoubt, claim, claimToLook } = bench;
    await ledger.add(anIntent(stage === 'missed' ? { due: (await ledger.now()) - 70_000 } : {}));
    if (stage === 'claimed') await claimToPublish();
    if (stage === 'failed') await ledger.finish(NAME, (await startSending()).fence, rejected());
    if (stage === 'missed') await claim();
    if (stage === 'unconfirmed') await fallIntoDoubt();
    const at = (await ledger.now()) - 5_000;

    const step = await ledger.witness(aTestimony({ at }));

    assert.deepEqual([step.changed, step.state], [true, 'unconfirmed'], stage);
    const look = await claimToLook();
    assert.equal(look.isPrecaution, false);
    if (stage !== 'unconfirmed') assert.equal(look.since, at - 60_000);
    await ledger.judge(NAME, look, found());
    assert.equal(await bench.state(), 'published');
    assert.deepEqual(await inconsistenciesOf(bench), []);
  }
});

test('an attempt that the ledger knows is no news', async () => {
  const { ledger, startSending } = openLedger();
  await ledger.add(anIntent());
  const { fence } = await startSending();
  await ledger.finish(NAME, fence, notSent());

  const step = await ledger.witness(aTestimony({ fence }));

  assert.deepEqual([step.changed, step.state], [false, 'scheduled']);
});

test('an attempt in the journal does not bring back what a person has cancelled', async () => {
  const { ledger, state } = openLedger();
  await ledger.add(anIntent());
  await ledger.cancel(NAME, 'ada');

  await ledger.witness(aTestimony());

  assert.equal(await state(), 'cancelled');
});

test('an attempt at what an emptied ledger does not have is looked for once it is planned again', async () => {
  const bench = openLedger();
  const { ledger, claimToLook } = bench;
  await ledger.witness(aTestimony());
  assert.equal(await ledger.get(NAME), undefined);
  assert.deepEqual(await ledger.list(), []);
  assert.equal((await ledger.cancel(NAME, 'ada')).state, 'missing');
  assert.equal((await ledger.confirm(NAME, aReceipt(), 'ada')).state, 'missing');

  const step = await ledger.add(anIntent());

  assert.deepEqual([step.changed, step.state], [true, 'unconfirmed']);
  assert.equal((await claimToLook()).isPrecaution, false);
  assert.deepEqual(await inconsistenciesOf(bench), []);
});

test('an attempt at what an emptied ledger does not have is looked for, even if it is too late to send', async () => {
  const { ledger, claimToLook } = openLedger();
  await ledger.witness(aTestimony());

  const step = await ledger.addMissed(anIntent({ due: 5_000 }), anError());
  assert.equal(step.state, 'unconfirmed');
  const answer = await ledger.judge(NAME, await claimToLook(), absent({ isFinal: true }));

  assert.equal(answer.state, 'missed');
});

test('a thread of which an emptied ledger knows the beginning goes on when its text is back', async () => {
  const bench = openLedger();
  const { ledger } = bench;
  const part0 = { kind: 'posted', part: 0, receipt: aReceipt('1'), isLastPart: false } as const;
  await ledger.witness(aTestimony(part0));
  assert.equal(await ledger.get(NAME), undefined);

  const step = await ledger.add(anIntent({ post: aThread('One', 'Two') }));

  assert.deepEqual([step.changed, step.state], [true, 'scheduled']);
  const claim = await bench.claimToPublish({ lookIfLateMs: 900_000 });
  assert.deepEqual([claim.parts, claim.begunFence, claim.begunPart], [[aReceipt('1')], 50, 0]);
  await ledger.finish(NAME, claim.fence, notSent());
  assert.equal((await publishAll(bench)).state, 'published');
});

test('of a thread, the part is looked for whose outcome only the journal knows to be open', async () => {
  const { ledger, startSending, claimToLook } = openLedger();
  await ledger.add(anIntent({ post: aThread('One', 'Two') }));
  const { fence } = await startSending();
  await ledger.finish(NAME, fence, posted({ receipt: aReceipt('1') }));

  const step = await ledger.witness(aTestimony({ fence, part: 1 }));

  assert.equal(step.state, 'unconfirmed');
  const look = await claimToLook();
  assert.deepEqual([look.part, look.parts], [1, [aReceipt('1')]]);
});

test('a whole thread in the journal makes a record that is published', async () => {
  const { ledger, state } = openLedger();
  const of = (part: number) =>
    aTestimony({
      kind: 'posted',
      part,
      receipt: aReceipt(String(part)),
      isLastPart: part === 1,
    });

  await ledger.witness(of(0));
  await ledger.witness(of(1));

  assert.equal(await state(), 'published');
});

test('every step that was answered survives the death of Redis', async () => {
  const server = await startTestRedis();
  try {
    const bench = openBench(server.connect(), '{carillon}');
    const { ledger, startSending } = bench;
    await ledger.add(anIntent());
    await ledger.add(anIntent({ publication: 'other/newsroom-x' }));
    const { fence } = await startSending();
    await ledger.finish(NAME, fence, posted({ receipt: aReceipt('7') }));
    const second = await startSending({ publication: 'other/newsroom-x' });

    await server.kill9();
    await server.restart();

    assert.deepEqual((await ledger.get(NAME))?.receipt, aReceipt('7'));
    assert.equal((await ledger.get('other/newsroom-x'))?.state, 'sending');
    assert.equal(await ledger.lastFence(), second.fence);
    assert.deepEqual(await inconsistenciesOf(bench), []);
  } finally {
    await server.stop();
  }
});

test('where an answer does not make the mark last, a begin that cannot be settled is refused', async () => {
  const { redis, prefix, ledger, claimToPublish } = openLedger();
  await ledger.add(anIntent());
  const { fence } = await claimToPublish();
  const settledAs = (isSettled: boolean) =>
    openRedisLedger(redis, {
      prefix,
      settling: { mark: () => 0, settle: async () => isSettled },
    });

  const refused = await settledAs(false).begin(NAME, fence, 0, 1_000);
  const begun = await settledAs(true).begin(NAME, fence, 0, 1_000);

  assert.deepEqual([refused, begun], [{ begun: false, because: 'unsettled' }, { begun: true }]);
});

test('a post with characters of every kind comes back as it went in', async () => {
  const { ledger, claimToPublish } = openLedger();
  const post = aPost({ text: 'A "quote", \\n, {curly} %s 中文 پارسی 👩‍👩‍👧 \u2028' });
  await ledger.add(anIntent({ post }));

  const { post: back } = await claimToPublish();

  assert.deepEqual(back, post);
  assert.deepEqual(await ledger.post(NAME), post);
  assert.deepEqual((await ledger.claim('x/y', 1, aClaimant())).to, 'go-home');
});
