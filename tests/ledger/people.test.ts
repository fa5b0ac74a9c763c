import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  absent,
  accountRefused,
  aHold,
  anIntent,
  aPost,
  aReceipt,
  aThread,
  found,
  inconsistenciesOf,
  NAME,
  notSent,
  pass,
  posted,
  publishAll,
  rejected,
  useLedgers,
} from '../support/ledger.ts';

const openLedger = useLedgers();
const RETRY = { notPosted: false, publishByMs: 60_000 };
const NOT_POSTED = { notPosted: true, publishByMs: 60_000 };

test('a person who shows the post publishes what waits for one', async () => {
  const { ledger, claim } = openLedger();
  await ledger.add(anIntent());
  await claim({ assisted: true });

  const step = await ledger.confirm(NAME, aReceipt('7'), 'ada');

  assert.deepEqual([step.changed, step.state], [true, 'published']);
  const record = await ledger.get(NAME);
  assert.deepEqual([record?.receipt, record?.evidence], [aReceipt('7'), 'confirmed by ada']);
});

test('a person may show the post of what is in doubt, failed, missed, held or cancelled', async () => {
  for (const stage of ['unconfirmed', 'failed', 'missed', 'held', 'cancelled'] as const) {
    const bench = openLedger();
    const { ledger, fallIntoDoubt, startSending, claim } = bench;
    const isMissed = stage === 'missed';
    await ledger.add(anIntent(isMissed ? { due: (await ledger.now()) - 70_000 } : {}));
    if (stage === 'unconfirmed') await fallIntoDoubt();
    if (stage === 'failed') await ledger.finish(NAME, (await startSending()).fence, rejected());
    if (stage === 'missed') await claim();
    if (stage === 'held') await ledger.finish(NAME, (await startSending()).fence, accountRefused());
    if (stage === 'cancelled') await ledger.cancel(NAME, 'ada');
    assert.equal(await bench.state(), stage);

    const step = await ledger.confirm(NAME, aReceipt(), 'ada');

    assert.deepEqual([step.changed, step.state], [true, 'published'], stage);
    assert.equal((await ledger.get(NAME))?.error, undefined);
    assert.deepEqual(await inconsistenciesOf(bench), []);
  }
});

test('what is claimed, being sent or published is not confirmed by hand', async () => {
  for (const stage of ['claimed', 'sending', 'published'] as const) {
    const { ledger, claimToPublish, startSending } = openLedger();
    await ledger.add(anIntent());
    if (stage === 'claimed') await claimToPublish();
    if (stage === 'sending') await startSending();
    if (stage === 'published') await ledger.finish(NAME, (await startSending()).fence, posted());

    const step = await ledger.confirm(NAME, aReceipt('other'), 'ada');

    assert.deepEqual([step.changed, step.state], [false, stage]);
  }
  const { ledger } = openLedger();
  assert.equal((await ledger.confirm(NAME, aReceipt(), 'ada')).state, 'missing');
});

test('a post that belongs to another publication is refused, and nothing changes', async () => {
  const { ledger, startSending, generation } = openLedger();
  await ledger.add(anIntent());
  await ledger.add(anIntent({ publication: 'other/newsroom-x' }));
  await ledger.finish(NAME, (await startSending()).fence, posted({ receipt: aReceipt('7') }));

  const step = await ledger.confirm('other/newsroom-x', aReceipt('7'), 'ada');

  assert.deepEqual([step.changed, step.state], [false, 'scheduled']);
  assert.equal(await generation('other/newsroom-x'), 1);
});

test('a person who shows any post of a thread answers for all of it', async () => {
  for (const shown of ['1', '2']) {
    const bench = openLedger();
    const { ledger, startSending, state } = bench;
    await ledger.add(anIntent({ post: aThread() }));
    const { fence } = await startSending();
    await ledger.finish(NAME, fence, posted({ receipt: aReceipt('1') }));
    await ledger.finish(NAME, fence, notSent());

    const step = await ledger.confirm(NAME, aReceipt(shown), 'ada');

    assert.deepEqual([step.changed, step.state], [true, 'published'], shown);
    assert.equal(await state(), 'published');
    assert.deepEqual(await inconsistenciesOf(bench), []);
  }
});

test('a job goes home after a person has confirmed', async () => {
  const { ledger, fallIntoDoubt, claimToLook } = openLedger();
  await ledger.add(anIntent());
  await fallIntoDoubt();
  const look = await claimToLook();
  await ledger.confirm(NAME, aReceipt('7'), 'ada');

  const absence = await ledger.judge(NAME, look, absent({ isFinal: true }));
  const finding = await ledger.judge(NAME, look, found('7'));

  assert.equal(absence.accepted, false);
  assert.deepEqual([finding.state, finding.isDuplicate], ['published', false]);
});

test('what failed or was missed is sent again, with all its attempts and time', async () => {
  for (const stage of ['failed', 'missed'] as const) {
    const { ledger, startSending, claim, claimToPublish, generation } = openLedger();
    const now = await ledger.now();
    await ledger.add(anIntent(stage === 'missed' ? { publishByMs: 10 } : {}));
    if (stage === 'failed') await ledger.finish(NAME, (await startSending()).fence, rejected());
    else await pass(20).then(() => claim());
    const before = await generation();

    const step = await ledger.retry(NAME, 'ada', RETRY);

    assert.deepEqual([step.changed, step.state], [true, 'scheduled'], stage);
    assert.equal(step.generation, before + 1);
    const record = await ledger.get(NAME);
    assert.ok((record?.publishBy ?? 0) >= now + 60_000);
    assert.deepEqual([record?.attempts, record?.error], [0, undefined]);
    assert.equal((await claimToPublish()).attempt, 1);
  }
});

test('what is not over, or may be live, is not sent again', async () => {
  for (const stage of ['scheduled', 'claimed', 'sending', 'published', 'unconfirmed'] as const) {
    const { ledger, claimToPublish, startSending, fallIntoDoubt } = openLedger();
    await ledger.add(anIntent());
    if (stage === 'claimed') await claimToPublish();
    if (stage === 'sending') await startSending();
    if (stage === 'published') await ledger.finish(NAME, (await startSending()).fence, posted());
    if (stage === 'unconfirmed') await fallIntoDoubt();

    const step = await ledger.retry(NAME, 'ada', RETRY);

    assert.deepEqual([step.changed, step.state], [false, stage]);
  }
  const { ledger } = openLedger();
  assert.equal((await ledger.retry(NAME, 'ada', RETRY)).state, 'missing');
});

test('a person who has looked may have it sent again, once its sender is gone', async () => {
  const gone = openLedger();
  await gone.ledger.add(anIntent());
  await gone.fallIntoDoubt();

  assert.equal((await gone.ledger.retry(NAME, 'ada', NOT_POSTED)).state, 'scheduled');

  const alive = openLedger();
  await alive.ledger.add(anIntent());
  const { fence } = await alive.startSending({ windowMs: 5 });
  await pass(5);
  await alive.ledger.expire(NAME, fence, { senderIsGone: false, lookAfterMs: 60_000 });

  assert.deepEqual(await alive.ledger.retry(NAME, 'ada', NOT_POSTED), {
    changed: false,
    state: 'unconfirmed',
    generation: 2,
  });
});

test('a sender of whom nothing is known counts as gone in the end', async () => {
  const { ledger, startSending, endTime } = openLedger();
  await ledger.add(anIntent());
  const { fence } = await startSending({ windowMs: 5 });
  await pass(5);
  await ledger.expire(NAME, fence, { senderIsGone: false, lookAfterMs: 60_000 });
  await endTime('doubtAt', 16 * 60_000);

  assert.equal((await ledger.retry(NAME, 'ada', NOT_POSTED)).state, 'scheduled');
});

test('a pause says who and why, and is not replaced by a second', async () => {
  const { ledger } = openLedger();

  const first = await ledger.pause('newsroom-x', aHold({ by: 'ada', reason: 'a crisis' }));
  const second = await ledger.pause('newsroom-x', aHold({ by: 'bob' }));

  assert.deepEqual([first, second], [true, false]);
  assert.equal((await ledger.holds()).get('newsroom-x')?.by, 'ada');
});

test('after a pause, what waits goes out in its order, with a gap for each account', async () => {
  const { ledger, claim, redis, prefix } = openLedger();
  const now = await ledger.now();
  const names = ['a/newsroom-x', 'b/newsroom-x', 'c/newsroom-x', 'a/other-x'];
  for (const [i, publication] of names.entries()) {
    await ledger.add(anIntent({ publication, due: now - 4_000 + i * 1_000 }));
  }
  await ledger.pause('*', aHold());
  for (const name of names.slice(0, 2)) await claim({}, name);

  const answer = await ledger.resume('*', 'ada', 10_000);

  assert.deepEqual(answer, { wasHeld: true, resumed: 4, missed: 0 });
  const at = async (name: string) => Number(await redis.zscore(`${prefix}:ledger:wake`, name));
  const [a = 0, b = 0, c = 0, other = 0] = await Promise.all(names.map(at));
  assert.deepEqual([b - a, c - b, other - a], [10_000, 10_000, 0]);
  assert.equal((await claim({}, 'a/newsroom-x')).to, 'publish');
  const directive = await claim({}, 'b/newsroom-x');
  assert.ok(directive.to === 'wait' && directive.inMs > 9_000);
});

test('what a pause has made too late is missed, one after the other', async () => {
  const bench = openLedger();
  const { ledger, claim, state } = bench;
  for (const name of ['a/newsroom-x', 'b/newsroom-x', 'c/newsroom-x']) {
    await ledger.add(anIntent({ publication: name, publishByMs: 15_000 }));
  }
  await ledger.pause('newsroom-x', aHold());
  for (const name of ['a/newsroom-x', 'b/newsroom-x', 'c/newsroom-x']) await claim({}, name);

  const answer = await ledger.resume('newsroom-x', 'ada', 10_000);

  assert.deepEqual(answer, { wasHeld: true, resumed: 2, missed: 1 });
  assert.equal(await state('c/newsroom-x'), 'missed');
  assert.equal((await ledger.get('c/newsroom-x'))?.error?.code, 'held-too-long');
  assert.deepEqual(await inconsistenciesOf(bench), []);
});

test('what is due first goes out first after a pause, whether it was held or not', async () => {
  const { ledger, claim, redis, prefix } = openLedger();
  const now = await ledger.now();
  const held = 'held/newsroom-x';
  const waiting = 'waiting/newsroom-x';
  await ledger.add(anIntent({ publication: held, due: now - 1_000 }));
  await ledger.add(anIntent({ publication: waiting, due: now - 2_000 }));
  await ledger.pause('newsroom-x', aHold());
  await claim({}, held);

  await ledger.resume('newsroom-x', 'ada', 5_000);

  assert.deepEqual(await redis.zrange(`${prefix}:ledger:wake`, 0, '-1'), [waiting, held]);
});

test('a wait of its own is not cut short by the end of a pause', async () => {
  const { ledger, startSending, claim } = openLedger();
  await ledger.add(anIntent());
  const { fence } = await startSending();
  await ledger.finish(NAME, fence, notSent({ retryInMs: 50_000, spendsAttempt: false }));
  await ledger.pause('*', aHold());

  await ledger.resume('*', 'ada', 1_000);

  const directive = await claim();
  assert.ok(directive.to === 'wait' && directive.inMs > 45_000, JSON.stringify(directive));
});

test('resuming one account leaves the others held, and all of them while all are paused', async () => {
  const { ledger, claim, state } = openLedger();
  const other = 'spring-report/other-x';
  await ledger.add(anIntent());
  await ledger.add(anIntent({ publication: other }));
  await ledger.pause('newsroom-x', aHold());
  await ledger.pause('other-x', aHold());
  await claim();
  await claim({}, other);

  await ledger.resume('newsroom-x', 'ada', 1_000);

  assert.deepEqual([await state(), await state(other)], ['scheduled', 'held']);

  await ledger.pause('*', aHold());
  const answer = await ledger.resume('other-x', 'ada', 1_000);

  assert.deepEqual(answer, { wasHeld: true, resumed: 0, missed: 0 });
  assert.equal(await state(other), 'held');
});

test('resuming all does not let go an account that is held for itself', async () => {
  const { ledger, startSending, claim, state } = openLedger();
  await ledger.add(anIntent());
  await ledger.finish(NAME, (await startSending()).fence, accountRefused());
  await ledger.pause('*', aHold());

  await ledger.resume('*', 'ada', 1_000);

  assert.equal(await state(), 'held');
  assert.deepEqual([...(await ledger.holds()).keys()], ['newsroom-x']);
  await ledger.resume('newsroom-x', 'ada', 1_000);
  assert.equal((await claim()).to, 'publish');
});

test('resuming what is not paused changes nothing', async () => {
  const { ledger, generation } = openLedger();
  await ledger.add(anIntent());

  assert.deepEqual(await ledger.resume('*', 'ada', 1_000), {
    wasHeld: false,
    resumed: 0,
    missed: 0,
  });
  assert.equal(await generation(), 1);
});

test('an older job goes home after a pause has ended', async () => {
  const { ledger, claim, claimToPublish } = openLedger();
  await ledger.add(anIntent());
  await ledger.pause('*', aHold());
  await claim();
  await ledger.resume('*', 'ada', 0);

  const directive = await ledger.claim(NAME, 1, {
    sender: 'host:1:1',
    leaseMs: 1_000,
    assisted: false,
    lookIfLateMs: 900_000,
  });

  assert.deepEqual(directive, { to: 'go-home', because: 'superseded' });
  assert.deepEqual((await claimToPublish()).post, aPost());
});

test('what is held until after its last moment is missed', async () => {
  const { ledger, claim, endTime } = openLedger();
  await ledger.add(anIntent());
  await ledger.pause('*', aHold());
  await claim();
  assert.equal((await ledger.miss(NAME)).changed, false);
  await endTime('publishBy');

  const step = await ledger.miss(NAME);

  assert.deepEqual([step.changed, step.state], [true, 'missed']);
  assert.equal((await ledger.get(NAME))?.error?.code, 'held-too-long');
});

test('a thread that a pause has stopped is finished afterwards', async () => {
  const bench = openLedger();
  const { ledger, startSending, endTime } = bench;
  await ledger.add(anIntent({ post: aThread('One', 'Two') }));
  const { fence } = await startSending();
  await ledger.finish(NAME, fence, posted({ receipt: aReceipt('1') }));
  await ledger.pause('*', aHold());
  assert.deepEqual(await ledger.begin(NAME, fence, 1, 1_000), { begun: false, because: 'paused' });
  await endTime('publishBy');

  const answer = await ledger.resume('*', 'ada', 0);

  assert.equal(answer.resumed, 1);
  assert.equal((await publishAll(bench)).state, 'published');
});
