import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  absent,
  accountRefused,
  anError,
  anIntent,
  aReceipt,
  aThread,
  inconsistenciesOf,
  NAME,
  notSent,
  pass,
  posted,
  publishAll,
  rejected,
  unknown,
  useLedgers,
} from '../support/ledger.ts';

const openLedger = useLedgers();
const SECOND = 'other/newsroom-x';

test('a receipt publishes, for good', async () => {
  const { ledger, startSending, claim } = openLedger();
  await ledger.add(anIntent());
  const { fence } = await startSending();

  const answer = await ledger.finish(NAME, fence, posted({ receipt: aReceipt('7') }));

  assert.deepEqual(answer, {
    state: 'published',
    accepted: true,
    generation: 1,
    nextInMs: undefined,
    isDuplicate: false,
  });
  const record = await ledger.get(NAME);
  assert.deepEqual(record?.receipt, aReceipt('7'));
  assert.equal(record?.evidence, 'answered');
  assert.ok(record?.publishedAt);
  assert.equal(record?.nextAt, undefined);
  assert.deepEqual(await claim(), { to: 'go-home', because: 'published' });
});

test('no other word ends what is published', async () => {
  const { ledger, startSending, state } = openLedger();
  await ledger.add(anIntent());
  const { fence } = await startSending();
  await ledger.finish(NAME, fence, posted());

  const answers = [
    await ledger.finish(NAME, fence, rejected()),
    await ledger.finish(NAME, fence, notSent()),
    await ledger.finish(NAME, fence, unknown()),
    await ledger.finish(NAME, fence, accountRefused()),
  ];

  assert.deepEqual(
    answers.map(({ accepted }) => accepted),
    [false, false, false, false],
  );
  assert.equal(await state(), 'published');
  assert.equal((await ledger.holds()).size, 0);
});

test('the same receipt told twice is one post', async () => {
  const { ledger, startSending, kinds } = openLedger();
  await ledger.add(anIntent());
  const { fence } = await startSending();
  await ledger.finish(NAME, fence, posted());

  const again = await ledger.finish(NAME, fence, posted());

  assert.deepEqual([again.accepted, again.isDuplicate], [true, false]);
  assert.deepEqual(await kinds(), ['planned', 'sending', 'posted']);
  assert.deepEqual(await ledger.duplicates(), []);
});

test('a second, different receipt is a duplicate, and is recorded once', async () => {
  const { ledger, startSending, kinds } = openLedger();
  await ledger.add(anIntent());
  const { fence } = await startSending();
  await ledger.finish(NAME, fence, posted({ receipt: aReceipt('1') }));

  const first = await ledger.finish(NAME, fence, posted({ receipt: aReceipt('2') }));
  const again = await ledger.finish(NAME, fence, posted({ receipt: aReceipt('2') }));

  assert.deepEqual([first.isDuplicate, again.isDuplicate], [true, true]);
  assert.equal((await ledger.duplicates()).length, 1);
  assert.match((await ledger.duplicates())[0] ?? '', /"remoteId":"2"/);
  assert.deepEqual(await kinds(), ['planned', 'sending', 'posted', 'duplicate']);
  assert.deepEqual((await ledger.get(NAME))?.receipt, aReceipt('1'));
});

test('a receipt counts from an attempt that was fenced off, whatever happens meanwhile', async () => {
  for (const stage of ['scheduled', 'claimed', 'sending', 'failed', 'held', 'cancelled'] as const) {
    const bench = openLedger();
    const { ledger, fallIntoDoubt, claimToLook, claimToPublish, startSending } = bench;
    await ledger.add(anIntent());
    const late = await fallIntoDoubt();
    await ledger.judge(NAME, await claimToLook(), absent({ isFinal: true }));
    if (stage === 'claimed') await claimToPublish();
    if (stage === 'sending') await startSending();
    if (stage === 'failed') await ledger.finish(NAME, (await startSending()).fence, rejected());
    if (stage === 'held')
      await ledger.finish(NAME, (await claimToPublish()).fence, accountRefused());
    if (stage === 'cancelled') await ledger.cancel(NAME, 'ada');

    const answer = await ledger.finish(NAME, late.fence, posted());

    assert.deepEqual([answer.state, answer.accepted], ['published', true], stage);
    assert.equal((await ledger.get(NAME))?.error, undefined);
    assert.deepEqual(await inconsistenciesOf(bench), []);
  }
});

test('after a late receipt, the attempt that was under way may not begin', async () => {
  const { ledger, fallIntoDoubt, claimToLook, claimToPublish } = openLedger();
  await ledger.add(anIntent());
  const late = await fallIntoDoubt();
  await ledger.judge(NAME, await claimToLook(), absent({ isFinal: true }));
  const { fence } = await claimToPublish();

  await ledger.finish(NAME, late.fence, posted());

  assert.deepEqual(await ledger.begin(NAME, fence, 0, 1_000), { begun: false, because: 'lost' });
});

test('after a late receipt, what the attempt under way has posted is a duplicate', async () => {
  const { ledger, fallIntoDoubt, claimToLook, startSending } = openLedger();
  await ledger.add(anIntent());
  const late = await fallIntoDoubt();
  await ledger.judge(NAME, await claimToLook(), absent({ isFinal: true }));
  const { fence } = await startSending();
  await ledger.finish(NAME, late.fence, posted({ receipt: aReceipt('1') }));

  const answer = await ledger.finish(NAME, fence, posted({ receipt: aReceipt('2') }));

  assert.equal(answer.isDuplicate, true);
  assert.equal((await ledger.duplicates()).length, 1);
});

test('a post that belongs to another publication is no receipt', async () => {
  const { ledger, startSending, state } = openLedger();
  await ledger.add(anIntent());
  await ledger.add(anIntent({ publication: SECOND }));
  await ledger.finish(NAME, (await startSending()).fence, posted({ receipt: aReceipt('7') }));
  const { fence } = await startSending({ publication: SECOND });

  const answer = await ledger.finish(SECOND, fence, posted({ receipt: aReceipt('7') }));

  assert.deepEqual([answer.state, answer.accepted], ['sending', false]);
  assert.equal(await state(SECOND), 'sending');
});

test('the same id on another account is another post', async () => {
  const { ledger, startSending } = openLedger();
  await ledger.add(anIntent());
  await ledger.add(anIntent({ publication: 'spring-report/other-x' }));
  await ledger.finish(NAME, (await startSending()).fence, posted({ receipt: aReceipt('7') }));
  const { fence } = await startSending({ publication: 'spring-report/other-x' });

  const answer = await ledger.finish(
    'spring-report/other-x',
    fence,
    posted({ receipt: aReceipt('7') }),
  );

  assert.equal(answer.state, 'published');
});

test('a post that is one part of a thread is not taken for another part', async () => {
  const { ledger, startSending, state } = openLedger();
  await ledger.add(anIntent({ post: aThread('Same', 'Same') }));
  const { fence } = await startSending();
  await ledger.finish(NAME, fence, posted({ receipt: aReceipt('1') }));
  await ledger.begin(NAME, fence, 1, 60_000);
  await ledger.finish(NAME, fence, unknown());

  const answer = await ledger.judge(
    NAME,
    { number: 0, doubtAt: 0 },
    { kind: 'found', part: 1, receipt: aReceipt('1') },
  );

  assert.equal(answer.accepted, false);
  assert.equal(await state(), 'unconfirmed');
});

test('a refusal fails for good, and says what the network said', async () => {
  const { ledger, startSending, claim } = openLedger();
  await ledger.add(anIntent());
  const { fence } = await startSending();

  const answer = await ledger.finish(NAME, fence, rejected());

  assert.deepEqual([answer.state, answer.nextInMs], ['failed', undefined]);
  const record = await ledger.get(NAME);
  assert.equal(record?.error?.code, 'twitter:186');
  assert.equal(record?.attempts, 1);
  assert.deepEqual(await claim(), { to: 'go-home', because: 'failed' });
});

test('what was not sent is tried again, later', async () => {
  const { ledger, startSending, claim } = openLedger();
  await ledger.add(anIntent());
  const { fence } = await startSending();

  const answer = await ledger.finish(NAME, fence, notSent({ retryInMs: 30_000 }));

  assert.equal(answer.state, 'scheduled');
  assert.ok((answer.nextInMs ?? 0) > 29_000 && (answer.nextInMs ?? 0) <= 30_000);
  assert.equal(answer.generation, 1);
  const directive = await claim();
  assert.ok(directive.to === 'wait' && directive.inMs > 28_000);
  assert.equal((await ledger.get(NAME))?.error?.message, 'X is away.');
});

test('what was not sent is told once, also if the answer was lost', async () => {
  const { ledger, startSending, kinds } = openLedger();
  await ledger.add(anIntent());
  const { fence } = await startSending();

  const first = await ledger.finish(NAME, fence, notSent({ retryInMs: 30_000 }));
  const again = await ledger.finish(NAME, fence, notSent({ retryInMs: 30_000 }));

  assert.equal(again.accepted, false);
  assert.deepEqual([again.state, again.generation], [first.state, first.generation]);
  assert.ok((again.nextInMs ?? 0) > 29_000);
  assert.deepEqual(await kinds(), ['planned', 'sending', 'not sent']);
});

test('waiting for a network that asks to wait spends no attempt', async () => {
  const { ledger, startSending } = openLedger();
  await ledger.add(anIntent());
  for (let round = 0; round < 5; round++) {
    const { fence, attempt } = await startSending();
    assert.equal(attempt, 1);
    await ledger.finish(NAME, fence, notSent({ spendsAttempt: false, maxAttempts: 2 }));
  }

  assert.equal((await ledger.get(NAME))?.attempts, 0);
});

test('when its attempts are used up it fails', async () => {
  const { ledger, startSending } = openLedger();
  await ledger.add(anIntent());
  for (let attempt = 1; attempt < 3; attempt++) {
    const { fence } = await startSending();
    assert.equal(
      (await ledger.finish(NAME, fence, notSent({ maxAttempts: 3 }))).state,
      'scheduled',
    );
  }

  const { fence } = await startSending();
  const answer = await ledger.finish(NAME, fence, notSent({ maxAttempts: 3 }));

  assert.equal(answer.state, 'failed');
  const record = await ledger.get(NAME);
  assert.match(record?.error?.message ?? '', /All 3 attempts were used up.*X is away/);
});

test('when the next try would come after its last moment it is missed at once', async () => {
  const { ledger, startSending } = openLedger();
  await ledger.add(anIntent({ publishByMs: 10_000 }));
  const { fence } = await startSending();

  const answer = await ledger.finish(NAME, fence, notSent({ retryInMs: 20_000 }));

  assert.equal(answer.state, 'missed');
  assert.match((await ledger.get(NAME))?.error?.message ?? '', /last moment comes before/);
});

test('an account that is refused is held with what was tried, and so is the rest of it', async () => {
  const { ledger, startSending, claim } = openLedger();
  await ledger.add(anIntent());
  await ledger.add(anIntent({ publication: SECOND }));
  await ledger.add(anIntent({ publication: 'other/other-x' }));
  const { fence } = await startSending();

  const answer = await ledger.finish(NAME, fence, accountRefused());

  assert.equal(answer.state, 'held');
  const record = await ledger.get(NAME);
  assert.deepEqual([record?.attempts, record?.error?.code], [0, 'twitter:401']);
  const hold = (await ledger.holds()).get('newsroom-x');
  assert.deepEqual([hold?.kind, hold?.code], ['refused', 'twitter:401']);
  assert.deepEqual(await claim({}, SECOND), { to: 'go-home', because: 'held' });
  assert.equal((await claim({}, 'other/other-x')).to, 'publish');
});

test('an outcome counts only under the token that is alive', async () => {
  for (const outcome of [rejected(), notSent(), unknown(), accountRefused()]) {
    const { ledger, startSending, state } = openLedger();
    await ledger.add(anIntent());
    const { fence } = await startSending();

    const answer = await ledger.finish(NAME, fence + 1, outcome);

    assert.equal(answer.accepted, false, outcome.kind);
    assert.equal(await state(), 'sending', outcome.kind);
  }
});

test('an outcome that comes after its attempt was taken back is not believed', async () => {
  for (const outcome of [rejected(), notSent(), unknown(), accountRefused()]) {
    const { ledger, startSending, state } = openLedger();
    await ledger.add(anIntent());
    const { fence } = await startSending({ windowMs: 5 });
    await pass(5);
    await ledger.expire(NAME, fence, { senderIsGone: false, lookAfterMs: 0 });

    const answer = await ledger.finish(NAME, fence, outcome);

    assert.equal(answer.accepted, false, outcome.kind);
    assert.equal(await state(), 'unconfirmed', outcome.kind);
  }
});

test('an outcome for nothing changes nothing', async () => {
  const { ledger } = openLedger();

  const answer = await ledger.finish('nothing/newsroom-x', 1, posted());

  assert.deepEqual([answer.state, answer.accepted], ['missing', false]);
});

test('an unclear outcome is looked for', async () => {
  const { ledger, startSending, claim } = openLedger();
  await ledger.add(anIntent());
  const { fence } = await startSending();

  const answer = await ledger.finish(NAME, fence, unknown(15_000));

  assert.equal(answer.state, 'unconfirmed');
  assert.ok((answer.nextInMs ?? 0) > 14_000 && (answer.nextInMs ?? 0) <= 15_000);
  assert.equal((await ledger.get(NAME))?.error?.code, 'twitter:timeout');
  const directive = await claim();
  assert.ok(directive.to === 'wait' && directive.inMs > 13_000);
});

test('words of a network that are no whole text are kept all the same', async () => {
  for (const kind of ['rejected', 'not-sent', 'account-refused', 'unknown'] as const) {
    const { ledger, startSending } = openLedger();
    await ledger.add(anIntent());
    const { fence } = await startSending();
    const error = anError({ message: 'Cut in two: \ud83d' });
    const outcomes = {
      rejected: { kind: 'rejected', error },
      'not-sent': notSent({ error }),
      'account-refused': { ...accountRefused(), error },
      unknown: { ...unknown(), error },
    } as const;

    const answer = await ledger.finish(NAME, fence, outcomes[kind] as never);

    assert.equal(answer.accepted, true, kind);
    assert.equal((await ledger.get(NAME))?.error?.message, error.message);
    assert.equal((await ledger.story(NAME)).at(-1)?.detail.message, error.message);
  }
});

test('a thread that stops in the middle goes on with the part that is missing', async () => {
  const bench = openLedger();
  const { ledger, startSending, claimToPublish } = bench;
  await ledger.add(anIntent({ post: aThread() }));
  const { fence } = await startSending();
  await ledger.finish(NAME, fence, posted({ receipt: aReceipt('1') }));
  await ledger.begin(NAME, fence, 1, 60_000);
  await ledger.finish(NAME, fence, notSent());

  const claim = await claimToPublish();
  await ledger.finish(NAME, claim.fence, notSent({ spendsAttempt: false }));
  const answer = await publishAll(bench);

  assert.deepEqual(claim.parts, [aReceipt('1')]);
  assert.equal(answer.state, 'published');
});

test('a thread under way is finished, however late it is', async () => {
  const bench = openLedger();
  const { ledger, startSending, endTime } = bench;
  await ledger.add(anIntent({ post: aThread('One', 'Two') }));
  const { fence } = await startSending();
  await ledger.finish(NAME, fence, posted({ receipt: aReceipt('1') }));
  await endTime('publishBy');

  const answer = await ledger.finish(NAME, fence, notSent());

  assert.equal(answer.state, 'scheduled');
  assert.equal((await ledger.miss(NAME)).changed, false);
  assert.equal((await publishAll(bench)).state, 'published');
});

test('the receipt of a part that comes late lets the thread go on after it', async () => {
  const { ledger, startSending, claimToPublish } = openLedger();
  await ledger.add(anIntent({ post: aThread('One', 'Two') }));
  const { fence } = await startSending({ windowMs: 5 });
  await pass(5);
  await ledger.expire(NAME, fence, { senderIsGone: false, lookAfterMs: 60_000 });

  const answer = await ledger.finish(NAME, fence, posted({ receipt: aReceipt('1') }));

  assert.deepEqual([answer.state, answer.accepted], ['scheduled', true]);
  assert.equal(answer.generation, 3);
  assert.deepEqual((await claimToPublish()).parts, [aReceipt('1')]);
});

test('a part whose predecessor is not known to be up is no receipt', async () => {
  const { ledger, startSending } = openLedger();
  await ledger.add(anIntent({ post: aThread() }));
  const { fence } = await startSending();

  const answer = await ledger.finish(NAME, fence, posted({ part: 2 }));

  assert.deepEqual([answer.accepted, answer.state], [false, 'sending']);
});
