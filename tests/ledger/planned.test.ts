import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  accountRefused,
  anError,
  anIntent,
  aPost,
  aReceipt,
  aThread,
  NAME,
  notSent,
  posted,
  rejected,
  useLedgers,
} from '../support/ledger.ts';

const openLedger = useLedgers();

test('a new publication is scheduled for its time', async () => {
  const { ledger } = openLedger();
  const due = (await ledger.now()) + 3_600_000;

  const step = await ledger.add(anIntent({ due }));

  assert.equal(step.changed, true);
  assert.equal(step.due, due);
  assert.ok(step.dueInMs > 3_590_000 && step.dueInMs <= 3_600_000);
  const record = await ledger.get(NAME);
  assert.equal(record?.state, 'scheduled');
  assert.equal(record?.due, due);
  assert.equal(record?.publishBy, due + 60_000);
  assert.equal(record?.nextAt, due);
  assert.equal(record?.isPlannedNow, false);
  assert.deepEqual(await ledger.post(NAME), aPost());
});

test('what is planned for now is due at the instant of its first apply', async () => {
  const { ledger } = openLedger();
  const before = await ledger.now();

  const step = await ledger.add(anIntent());

  assert.ok(step.due >= before && step.due <= (await ledger.now()));
  assert.equal((await ledger.get(NAME))?.isPlannedNow, true);
});

test('now that a rule has put off keeps its time and is known as now', async () => {
  const { ledger } = openLedger();
  const due = (await ledger.now()) + 3_600_000;
  await ledger.add(anIntent({ due, isPlannedNow: true }));
  const added = await ledger.get(NAME);

  await ledger.amend(anIntent({ due: due + 1, isPlannedNow: true }), added?.generation ?? 0);

  const amended = await ledger.get(NAME);
  assert.deepEqual([added?.due, added?.isPlannedNow], [due, true]);
  assert.deepEqual([amended?.due, amended?.isPlannedNow], [due + 1, true]);
});

test('adding twice changes nothing', async () => {
  const { ledger, kinds } = openLedger();
  const first = await ledger.add(anIntent());

  const second = await ledger.add(anIntent({ post: aPost({ text: 'Another text' }) }));

  assert.equal(second.changed, false);
  assert.equal(second.generation, first.generation);
  assert.equal(second.due, first.due);
  assert.deepEqual(await ledger.post(NAME), aPost());
  assert.deepEqual(await kinds(), ['planned']);
});

test('of two applies at once, one adds', async () => {
  const { ledger, kinds } = openLedger();

  const steps = await Promise.all(Array.from({ length: 20 }, () => ledger.add(anIntent())));

  assert.equal(steps.filter(({ changed }) => changed).length, 1);
  assert.deepEqual(await kinds(), ['planned']);
});

test('a change of time and text gives a new generation', async () => {
  const { ledger, kinds } = openLedger();
  const { generation } = await ledger.add(anIntent());
  const due = (await ledger.now()) + 60_000;

  const step = await ledger.amend(
    anIntent({ due, post: aPost({ text: 'Better words' }) }),
    generation,
  );

  assert.equal(step.changed, true);
  assert.equal(step.generation, generation + 1);
  assert.equal((await ledger.get(NAME))?.due, due);
  assert.equal((await ledger.post(NAME))?.text, 'Better words');
  assert.deepEqual(await kinds(), ['planned', 'moved', 'rewritten']);
});

test('a change that rests on an older generation is refused', async () => {
  const { ledger } = openLedger();
  const { generation } = await ledger.add(anIntent());
  await ledger.amend(anIntent({ post: aPost({ text: 'Second' }) }), generation);

  const late = await ledger.amend(anIntent({ post: aPost({ text: 'Late' }) }), generation);

  assert.equal(late.changed, false);
  assert.equal((await ledger.post(NAME))?.text, 'Second');
});

test('an update keeps the instant of what was planned for now', async () => {
  const { ledger } = openLedger();
  const { generation, due } = await ledger.add(anIntent());

  const step = await ledger.amend(anIntent({ post: aPost({ text: 'Better words' }) }), generation);

  assert.equal(step.due, due);
});

test('a fixed time that becomes now is due at once', async () => {
  const { ledger } = openLedger();
  const { generation } = await ledger.add(anIntent({ due: (await ledger.now()) + 86_400_000 }));

  const step = await ledger.amend(anIntent(), generation);

  assert.ok(Math.abs(step.due - (await ledger.now())) < 1_000);
  assert.equal((await ledger.get(NAME))?.isPlannedNow, true);
});

test('a publication that a worker has claimed, sends or has published is not changed', async () => {
  for (const stage of ['claimed', 'sending', 'unconfirmed', 'published'] as const) {
    const { ledger, claimToPublish, startSending, fallIntoDoubt, generation } = openLedger();
    await ledger.add(anIntent());
    if (stage === 'claimed') await claimToPublish();
    if (stage === 'sending') await startSending();
    if (stage === 'unconfirmed') await fallIntoDoubt();
    if (stage === 'published') await ledger.finish(NAME, (await startSending()).fence, posted());

    const step = await ledger.amend(
      anIntent({ post: aPost({ text: 'Too late' }) }),
      await generation(),
    );

    assert.equal(step.changed, false, stage);
    assert.equal(step.state, stage);
    assert.deepEqual(await ledger.post(NAME), aPost());
  }
});

test('new words for a failed publication schedule it anew, with all its attempts', async () => {
  const { ledger, startSending, generation, claimToPublish } = openLedger();
  await ledger.add(anIntent());
  await ledger.finish(NAME, (await startSending()).fence, rejected());

  const step = await ledger.amend(
    anIntent({ post: aPost({ text: 'Shorter' }) }),
    await generation(),
  );

  assert.equal(step.state, 'scheduled');
  const record = await ledger.get(NAME);
  assert.equal(record?.error, undefined);
  assert.equal(record?.attempts, 0);
  assert.equal((await claimToPublish()).post.text, 'Shorter');
});

test('new words for what waits for a person stay with the person', async () => {
  const { ledger, claim, generation, state } = openLedger();
  await ledger.add(anIntent());
  await claim({ assisted: true });

  await ledger.amend(anIntent({ post: aPost({ text: 'Better words' }) }), await generation());

  assert.equal(await state(), 'handoff');
  assert.equal((await ledger.post(NAME))?.text, 'Better words');
});

test('a later time takes back what waits for a person', async () => {
  const { ledger, claim, generation, state } = openLedger();
  await ledger.add(anIntent());
  await claim({ assisted: true });

  await ledger.amend(anIntent({ due: (await ledger.now()) + 60_000 }), await generation());

  assert.equal(await state(), 'scheduled');
});

test('a thread of which a part is up is neither changed nor cancelled', async () => {
  const { ledger, startSending, generation, state } = openLedger();
  await ledger.add(anIntent({ post: aThread() }));
  const { fence } = await startSending();
  await ledger.finish(NAME, fence, posted());
  await ledger.finish(NAME, fence, notSent({ retryInMs: 60_000 }));

  const amended = await ledger.amend(anIntent(), await generation());
  const cancelled = await ledger.cancel(NAME, 'ada');

  assert.equal(amended.changed, false);
  assert.equal(cancelled.changed, false);
  assert.equal(await state(), 'scheduled');
});

test('what apply has cancelled comes back when the config wants it again', async () => {
  const { ledger, claimToPublish, kinds } = openLedger();
  await ledger.add(anIntent());
  assert.equal((await ledger.cancel(NAME, 'apply')).changed, true);
  assert.equal((await ledger.get(NAME))?.cancelledBy, 'apply');

  const step = await ledger.add(anIntent({ post: aPost({ text: 'Once more' }) }));

  assert.equal(step.changed, true);
  assert.equal((await ledger.get(NAME))?.cancelledBy, undefined);
  assert.equal((await claimToPublish()).post.text, 'Once more');
  assert.deepEqual(await kinds(), ['planned', 'cancelled', 'planned again']);
});

test('what a person has cancelled stays cancelled', async () => {
  const { ledger, claim, state } = openLedger();
  await ledger.add(anIntent());
  await ledger.cancel(NAME, 'ada');

  const step = await ledger.add(anIntent());

  assert.equal(step.changed, false);
  assert.equal(await state(), 'cancelled');
  assert.deepEqual(await claim(), { to: 'go-home', because: 'cancelled' });
});

test('cancelling wins until the request may leave, and says so when it comes too late', async () => {
  const early = openLedger();
  await early.ledger.add(anIntent());
  const { fence } = await early.claimToPublish();

  const won = await early.ledger.cancel(NAME, 'ada');
  const begin = await early.ledger.begin(NAME, fence, 0, 1_000);

  assert.equal(won.changed, true);
  assert.deepEqual(begin, { begun: false, because: 'lost' });

  const late = openLedger();
  await late.ledger.add(anIntent());
  const sending = await late.startSending();

  const lost = await late.ledger.cancel(NAME, 'ada');

  assert.deepEqual([lost.changed, lost.state], [false, 'sending']);
  assert.equal((await late.ledger.finish(NAME, sending.fence, posted())).state, 'published');
});

test('cancelling is refused for what is over', async () => {
  const { ledger, startSending } = openLedger();
  await ledger.add(anIntent());
  await ledger.finish(NAME, (await startSending()).fence, posted());

  assert.deepEqual(await ledger.cancel(NAME, 'ada'), {
    changed: false,
    state: 'published',
    generation: 1,
  });
  assert.equal((await ledger.cancel('nothing/newsroom-x', 'ada')).state, 'missing');
});

test('what came into the config too late is recorded as missed, once', async () => {
  const { ledger } = openLedger();
  const intent = anIntent({ due: 1_000 });
  const error = anError({ code: 'late', message: 'Too late.' });

  const first = await ledger.addMissed(intent, error);
  const second = await ledger.addMissed(intent, error);

  assert.deepEqual([first.changed, second.changed], [true, false]);
  const record = await ledger.get(NAME);
  assert.equal(record?.state, 'missed');
  assert.equal(record?.error?.code, 'late');
  assert.equal(record?.nextAt, undefined);
});

test('what the rules leave no time any more is missed, unless the plan is older than the record', async () => {
  const { ledger, generation } = openLedger();
  const due = (await ledger.now()) + 60_000;
  await ledger.add(anIntent({ due }));
  const error = anError({ code: 'no-time', message: 'It is not planned any more.' });

  const stale = await ledger.leaveOut(anIntent({ due }), (await generation()) - 1, error);
  const left = await ledger.leaveOut(anIntent({ due }), await generation(), error);

  assert.deepEqual([stale.changed, left.changed, left.state], [false, true, 'missed']);
  const record = await ledger.get(NAME);
  assert.equal(record?.error?.message, 'It is not planned any more.');
  assert.equal(record?.nextAt, undefined);
  assert.deepEqual(await ledger.withWake(0, 10), []);
});

test('what is being sent is not left out', async () => {
  const { ledger, startSending, generation } = openLedger();
  await ledger.add(anIntent());
  const { fence } = await startSending();

  const left = await ledger.leaveOut(anIntent(), await generation(), anError());

  assert.deepEqual([left.changed, left.state], [false, 'sending']);
  assert.equal((await ledger.finish(NAME, fence, posted())).state, 'published');
});

test('what was prepared for words that changed is given out for removal, once', async () => {
  const { ledger, claimToPublish, generation } = openLedger();
  await ledger.add(anIntent());
  const { fence } = await claimToPublish();
  await ledger.saveDraft(NAME, fence, { part: 0, postId: '7' });
  await ledger.finish(NAME, fence, notSent());

  await ledger.amend(anIntent({ post: aPost({ text: 'Better words' }) }), await generation());

  assert.deepEqual(await ledger.takeDiscard('twitter'), {
    publication: NAME,
    account: 'newsroom-x',
    draft: { part: 0, postId: '7' },
  });
  assert.equal(await ledger.takeDiscard('twitter'), undefined);
  assert.equal((await claimToPublish()).draft, undefined);
});

test('the list is in the order of time, whatever the state', async () => {
  const { ledger } = openLedger();
  const now = await ledger.now();
  await ledger.add(anIntent({ publication: 'c/newsroom-x', due: now + 3_000 }));
  await ledger.add(anIntent({ publication: 'a/newsroom-x', due: now + 1_000 }));
  await ledger.addMissed(anIntent({ publication: 'b/newsroom-x', due: 2_000 }), anError());

  const names = (await ledger.list()).map(({ publication }) => publication);

  assert.deepEqual(names, ['b/newsroom-x', 'a/newsroom-x', 'c/newsroom-x']);
  assert.deepEqual(
    (await ledger.getMany(['a/newsroom-x', 'z/newsroom-x'])).map((one) => one?.publication),
    ['a/newsroom-x', undefined],
  );
});

test('a post of an account leads to its publication', async () => {
  const { ledger, startSending } = openLedger();
  await ledger.add(anIntent());

  await ledger.finish(NAME, (await startSending()).fence, posted({ receipt: aReceipt('7') }));

  assert.equal(await ledger.ownerOf('newsroom-x', '7'), NAME);
});

test('images are kept by their hash', async () => {
  const { ledger } = openLedger();
  const media = { hash: 'abc', type: 'image/png', size: 3, alt: '', file: 'a.png' } as const;
  assert.equal(await ledger.wantMedia('abc'), false);
  await assert.rejects(ledger.media('abc'), /abc is not in Redis/);

  await ledger.putMedia(media, Buffer.from([0, 255, 10]));

  assert.deepEqual(await ledger.media('abc'), Buffer.from([0, 255, 10]));
});

test('an account that is refused does not keep its publications from being changed', async () => {
  const { ledger, startSending, generation, claim } = openLedger();
  await ledger.add(anIntent());
  await ledger.finish(NAME, (await startSending()).fence, accountRefused());

  const step = await ledger.amend(
    anIntent({ post: aPost({ text: 'Better' }) }),
    await generation(),
  );

  assert.equal(step.state, 'scheduled');
  assert.deepEqual(await claim(), { to: 'go-home', because: 'held' });
});

test('the ledger tells when something happens next, if anything does', async () => {
  const { ledger } = openLedger();
  assert.equal(await ledger.nextWakeAt(), undefined);
  const due = (await ledger.now()) + 3_600_000;

  await ledger.add(anIntent({ due }));
  await ledger.add(anIntent({ publication: 'later/newsroom-x', due: due + 1 }));

  assert.equal(await ledger.nextWakeAt(), due);
});

test('posts are read by name, and those that are not there are left out', async () => {
  const { ledger } = openLedger();
  await ledger.add(anIntent());

  const posts = await ledger.posts([NAME, 'nowhere/newsroom-x']);

  assert.deepEqual([...posts], [[NAME, aPost()]]);
});

test('the story says from when a publication was moved, and why', async () => {
  const { ledger } = openLedger();
  const due = (await ledger.now()) + 3_600_000;
  await ledger.add(anIntent({ due }), 'a gap');
  const added = await ledger.get(NAME);

  await ledger.amend(anIntent({ due: due + 1 }), added?.generation ?? 0, 'quiet hours');

  const story = await ledger.story(NAME);
  const told = (kind: string) => story.find((event) => event.kind === kind)?.detail;
  assert.equal(told('planned')?.because, 'a gap');
  assert.equal(told('moved')?.because, 'quiet hours');
  assert.equal(told('moved')?.from, due);
});
