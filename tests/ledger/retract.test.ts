import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  absent,
  aHold,
  anError,
  anIntent,
  aReceipt,
  aRetraction,
  aTestimony,
  aThread,
  type Bench,
  found,
  inconsistenciesOf,
  NAME,
  notSent,
  posted,
  rejected,
  useLedgers,
} from '../support/ledger.ts';

const openLedger = useLedgers();
const wish = { by: 'ada', reason: 'wrong figures', isByHand: false };

async function aPublished(bench: Bench, ...texts: string[]): Promise<void> {
  const post = aThread(...(texts.length === 0 ? ['One'] : texts));
  await bench.ledger.add(anIntent({ post }));
  const { fence } = await bench.startSending();
  for (const part of texts.length === 0 ? [0] : texts.keys()) {
    if (part > 0) await bench.ledger.begin(NAME, fence, part, 60_000);
    await bench.ledger.finish(NAME, fence, posted({ part, receipt: aReceipt(String(100 + part)) }));
  }
  assert.equal(await bench.state(), 'published');
}

async function retractAll({ ledger }: Bench): Promise<void> {
  await ledger.retract(NAME, wish);
  for (const { remoteId } of (await ledger.takeRetraction('twitter', 1_000, NAME))?.parts ?? []) {
    await ledger.partGone(NAME, remoteId);
  }
}

test('what is published is retracted once all of its parts are gone, and the story tells who wanted it and why', async () => {
  const bench = openLedger();
  await aPublished(bench, 'One', 'Two');

  const step = await bench.ledger.retract(NAME, wish);
  const taken = await bench.ledger.takeRetraction('twitter', 60_000);
  await bench.ledger.partGone(NAME, '101');
  assert.equal(await bench.state(), 'published');
  await bench.ledger.partGone(NAME, '100');

  assert.equal(step.changed, true);
  assert.deepEqual(
    taken?.parts.map(({ remoteId }) => remoteId),
    ['100', '101'],
  );
  assert.equal(await bench.state(), 'retracted');
  const record = await bench.ledger.get(NAME);
  assert.deepEqual([record?.retraction?.by, record?.retraction?.reason], ['ada', 'wrong figures']);
  assert.equal(record?.error, undefined);
  assert.deepEqual((await bench.kinds()).slice(-4), [
    'to be taken back',
    'deleted',
    'deleted',
    'retracted',
  ]);
  assert.equal(await bench.ledger.takeRetraction('twitter', 1_000), undefined);
  assert.deepEqual(await inconsistenciesOf(bench), []);
});

test('to want it twice, or to hear twice that a part is gone, changes nothing', async () => {
  const bench = openLedger();
  await aPublished(bench);

  await bench.ledger.retract(NAME, wish);
  await bench.ledger.retract(NAME, { ...wish, by: 'grace' });
  await bench.ledger.partGone(NAME, '100');
  const again = await bench.ledger.partGone(NAME, '100');
  const after = await bench.ledger.retract(NAME, wish);

  assert.deepEqual([again.changed, after.changed, after.state], [false, false, 'retracted']);
  assert.equal((await bench.ledger.get(NAME))?.retraction?.by, 'ada');
  const kinds = await bench.kinds();
  assert.equal(kinds.filter((kind) => kind === 'to be taken back').length, 1);
  assert.equal(kinds.filter((kind) => kind === 'deleted').length, 1);
});

test('what has not gone out is refused, and stays as it is', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent());

  const scheduled = await bench.ledger.retract(NAME, wish);
  await bench.ledger.cancel(NAME, 'ada');
  const cancelled = await bench.ledger.retract(NAME, wish);
  const missing = await bench.ledger.retract('nothing/newsroom-x', wish);

  assert.deepEqual(
    [scheduled, cancelled, missing].map(({ changed, state }) => [changed, state]),
    [
      [false, 'scheduled'],
      [false, 'cancelled'],
      [false, 'missing'],
    ],
  );
});

test('one that is in doubt is taken back as soon as it is found', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent());
  await bench.fallIntoDoubt();

  assert.equal((await bench.ledger.retract(NAME, wish)).changed, true);
  assert.equal(await bench.ledger.takeRetraction('twitter', 1_000), undefined);
  const look = await bench.claimToLook();
  await bench.ledger.judge(NAME, look, found());

  const taken = await bench.ledger.takeRetraction('twitter', 1_000);
  assert.deepEqual(
    taken?.parts.map(({ remoteId }) => remoteId),
    ['100'],
  );
  assert.deepEqual(await inconsistenciesOf(bench), []);
});

test('one that is in doubt and proven absent stays unsent for ever', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent());
  await bench.fallIntoDoubt();
  await bench.ledger.retract(NAME, wish);

  const look = await bench.claimToLook();
  await bench.ledger.judge(NAME, look, absent({ isFinal: true }));

  const record = await bench.ledger.get(NAME);
  assert.deepEqual([record?.state, record?.cancelledBy], ['cancelled', 'ada']);
  assert.equal((await bench.claim()).to, 'go-home');
  assert.equal((await bench.ledger.add(anIntent())).changed, false);
  assert.deepEqual(await inconsistenciesOf(bench), []);
});

test('one that is in doubt, on an account that nobody can read, is given up once a person says that it is not there', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent());
  await bench.fallIntoDoubt();
  await bench.ledger.retract(NAME, wish);
  const retried = await bench.ledger.retry(NAME, 'ada', { notPosted: true, publishByMs: 1_000 });
  const look = await bench.claimToLook();
  const error = anError({ message: 'The account cannot be read.' });
  await bench.ledger.judge(NAME, look, { kind: 'unreadable', error, lookInMs: 60_000 });
  const said = (await bench.ledger.get(NAME))?.error;

  const step = await bench.ledger.retractedByHand(NAME, 'ada', 'wrong figures');

  assert.equal(retried.changed, false);
  assert.match(said?.message ?? '', /The account cannot be read/);
  assert.match(said?.advice ?? '', /carillon retract \S+ --done/);
  assert.deepEqual([step.changed, step.state], [true, 'cancelled']);
  assert.equal((await bench.claim()).to, 'go-home');
  assert.deepEqual(await inconsistenciesOf(bench), []);
});

test('what a person took for absent is taken back all the same once its receipt comes', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent());
  const { fence } = await bench.fallIntoDoubt();
  await bench.ledger.retractedByHand(NAME, 'ada', 'wrong figures');

  const { state } = await bench.ledger.finish(NAME, fence, posted());

  assert.equal(state, 'published');
  assert.notEqual(await bench.ledger.retraction(NAME), undefined);
  assert.deepEqual(await inconsistenciesOf(bench), []);
});

test('one that is in doubt is not given up while its sender may be at work, and a thread of it only as a whole', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent({ post: aThread('One', 'Two') }));
  const { fence } = await bench.startSending();
  await bench.ledger.finish(NAME, fence, posted());
  await bench.ledger.begin(NAME, fence, 1, 0);
  const over = { senderIsGone: false, lookAfterMs: 0 };
  assert.equal((await bench.ledger.expire(NAME, fence, over)).state, 'unconfirmed');

  assert.equal((await bench.ledger.retractedByHand(NAME, 'ada', '')).changed, false);
  await bench.endTime('doubtAt', 900_001);
  const step = await bench.ledger.retractedByHand(NAME, 'ada', '');

  assert.deepEqual([step.changed, step.state], [true, 'retracted']);
  assert.deepEqual(await inconsistenciesOf(bench), []);
});

test('one that is being sent is taken back once the network has answered, and is not sent if it was not', async () => {
  for (const outcome of [posted(), notSent(), rejected()]) {
    const bench = openLedger();
    await bench.ledger.add(anIntent());
    const { fence } = await bench.startSending();

    assert.equal((await bench.ledger.retract(NAME, wish)).state, 'sending');
    const answer = await bench.ledger.finish(NAME, fence, outcome);

    const isUp = outcome.kind === 'posted';
    assert.equal(answer.state, isUp ? 'published' : 'cancelled');
    assert.equal((await bench.ledger.takeRetraction('twitter', 1_000)) !== undefined, isUp);
    assert.equal((await bench.claim()).to, 'go-home');
    assert.deepEqual(await inconsistenciesOf(bench), []);
  }
});

test('a thread that is half up is stopped, and what is up of it is taken back', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent({ post: aThread('One', 'Two') }));
  const { fence } = await bench.startSending();
  await bench.ledger.finish(NAME, fence, posted());

  await bench.ledger.retract(NAME, wish);
  const begun = await bench.ledger.begin(NAME, fence, 1, 60_000);

  assert.equal(begun.begun, false);
  assert.equal(await bench.state(), 'failed');
  assert.equal(
    (await bench.ledger.retry(NAME, 'ada', { notPosted: true, publishByMs: 1 })).changed,
    false,
  );
  assert.equal((await bench.ledger.takeRetraction('twitter', 1_000))?.parts.length, 1);
  await bench.ledger.partGone(NAME, '100');
  assert.equal(await bench.state(), 'retracted');
  assert.deepEqual(await inconsistenciesOf(bench), []);
});

test('a part that goes up while the thread is to be gone is taken back with it', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent({ post: aThread('One', 'Two', 'Three') }));
  const { fence } = await bench.startSending();
  await bench.ledger.finish(NAME, fence, posted());
  await bench.ledger.begin(NAME, fence, 1, 60_000);

  await bench.ledger.retract(NAME, wish);
  assert.equal(await bench.ledger.takeRetraction('twitter', 1_000), undefined);
  const answer = await bench.ledger.finish(
    NAME,
    fence,
    posted({ part: 1, receipt: aReceipt('101') }),
  );

  assert.equal(answer.state, 'failed');
  assert.equal((await bench.ledger.takeRetraction('twitter', 1_000))?.parts.length, 2);
});

test('nothing that people, apply, a job or a journal do sends what is retracted again', async () => {
  const bench = openLedger();
  const { ledger } = bench;
  await aPublished(bench);
  await retractAll(bench);
  const generation = await bench.generation();

  const refused = [
    await ledger.add(anIntent()),
    await ledger.amend(anIntent({ fingerprint: 'other' }), generation),
    await ledger.move(NAME, (await ledger.now()) + 5_000, 'ada'),
    await ledger.retry(NAME, 'ada', { notPosted: true, publishByMs: 60_000 }),
    await ledger.confirm(NAME, aReceipt('200'), 'ada'),
    await ledger.cancel(NAME, 'ada'),
    await ledger.renew(NAME, generation),
    await ledger.witness(aTestimony({ fence: 90 })),
  ];

  assert.deepEqual(
    refused.map(({ changed }) => changed),
    refused.map(() => false),
  );
  assert.deepEqual(await bench.claim(), { to: 'go-home', because: 'retracted' });
  assert.equal(await bench.state(), 'retracted');
});

test('a second post of what is retracted is recorded as a duplicate, and it stays retracted', async () => {
  for (const part of [0, 1]) {
    const bench = openLedger();
    await aPublished(bench);
    await retractAll(bench);

    const answer = await bench.ledger.finish(NAME, 77, posted({ part, receipt: aReceipt('200') }));
    const again = await bench.ledger.finish(NAME, 1, posted());

    assert.deepEqual([answer.isDuplicate, answer.state], [true, 'retracted']);
    assert.equal(again.isDuplicate, false);
    assert.equal((await bench.ledger.duplicates()).length, 1);
  }
});

test('what the network puts off waits, what it refuses needs a person, and both say so', async () => {
  const bench = openLedger();
  await aPublished(bench);
  await bench.ledger.retract(NAME, wish);

  await bench.ledger.retractionFailed(NAME, anError({ message: 'X asks to wait.' }), 60_000);
  const early = await bench.ledger.takeRetraction('twitter', 1_000);
  const waiting = await bench.ledger.get(NAME);
  await bench.ledger.retractionFailed(NAME, anError({ message: 'X refuses.' }), undefined);
  const stuck = await bench.ledger.get(NAME);

  assert.equal(early, undefined);
  assert.deepEqual(
    [waiting?.error?.message, waiting?.retraction?.needsPerson],
    ['X asks to wait.', false],
  );
  assert.deepEqual([stuck?.state, stuck?.error?.message], ['published', 'X refuses.']);
  assert.equal(stuck?.retraction?.needsPerson, true);
  assert.equal(await bench.ledger.takeRetraction('twitter', 1_000, NAME), undefined);
  await bench.ledger.retract(NAME, wish);
  assert.notEqual(await bench.ledger.takeRetraction('twitter', 1_000), undefined);
});

test('what a person deletes is recorded, also where nobody had wanted it before', async () => {
  const bench = openLedger();
  await aPublished(bench, 'One', 'Two');

  const step = await bench.ledger.retractedByHand(NAME, 'ada', 'by hand');

  assert.equal(step.changed, true);
  assert.equal(await bench.state(), 'retracted');
  assert.deepEqual((await bench.ledger.retraction(NAME))?.gone, ['100', '101']);
});

test('while its account is paused it is taken back all the same', async () => {
  const bench = openLedger();
  await aPublished(bench);
  await bench.ledger.pause('*', aHold());

  await retractAll(bench);

  assert.equal(await bench.state(), 'retracted');
});

const known = aRetraction({ gone: ['100'] });

test('a ledger that has lost everything learns from a journal what was taken back, and does not send it', async () => {
  const bench = openLedger();

  await bench.ledger.recallRetraction(known);
  const again = await bench.ledger.recallRetraction(known);
  const added = await bench.ledger.add(anIntent());

  assert.deepEqual([added.changed, added.state, again.changed], [false, 'retracted', false]);
  assert.equal(await bench.ledger.ownerOf('newsroom-x', '100'), NAME);
  assert.deepEqual(await inconsistenciesOf(bench), []);
});

test('a ledger that was rolled back to any state before is told, whatever it believes', async () => {
  const before: Record<string, (bench: Bench) => Promise<unknown>> = {
    scheduled: async () => undefined,
    claimed: async (bench) => bench.claimToPublish(),
    unconfirmed: async (bench) => bench.fallIntoDoubt(),
    published: async (bench) => {
      const { fence } = await bench.startSending();
      await bench.ledger.finish(NAME, fence, posted());
    },
    cancelled: async (bench) => bench.ledger.cancel(NAME, 'apply'),
  };
  for (const [state, take] of Object.entries(before)) {
    const bench = openLedger();
    await bench.ledger.add(anIntent());
    await take(bench);

    await bench.ledger.recallRetraction(known);

    assert.equal(await bench.state(), 'retracted', state);
    assert.equal((await bench.claim()).to, 'go-home');
    assert.deepEqual(await inconsistenciesOf(bench), []);
  }
});

test('a ledger that was rolled back into the midst of sending sends it no more', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent());
  const { fence } = await bench.startSending({ windowMs: 0 });

  await bench.ledger.recallRetraction(known);
  await bench.ledger.expire(NAME, fence, { senderIsGone: true, lookAfterMs: 0 });
  const look = await bench.claimToLook();
  await bench.ledger.judge(NAME, look, absent({ isFinal: true }));

  assert.equal((await bench.claim()).to, 'go-home');
  const taken = await bench.ledger.takeRetraction('twitter', 1_000);
  assert.deepEqual(taken?.gone, ['100']);
  await bench.ledger.partGone(NAME, '100');
  assert.equal(await bench.state(), 'retracted');
});

test('a retraction that a journal knows to have been begun goes on', async () => {
  const bench = openLedger();

  await bench.ledger.recallRetraction({ ...known, gone: [] });

  assert.equal(await bench.state(), 'published');
  assert.equal((await bench.ledger.takeRetraction('twitter', 1_000))?.publication, NAME);
});
