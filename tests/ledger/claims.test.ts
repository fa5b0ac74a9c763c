import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  absent,
  aClaimant,
  aHold,
  anIntent,
  aPost,
  aReceipt,
  aThread,
  NAME,
  notSent,
  pass,
  posted,
  useLedgers,
} from '../support/ledger.ts';

const openLedger = useLedgers();

test('what is due may be published, under a token that was never given before', async () => {
  const { ledger, claimToPublish } = openLedger();
  await ledger.add(anIntent());
  await ledger.add(anIntent({ publication: 'other/newsroom-x' }));

  const claim = await claimToPublish();
  const other = await claimToPublish({}, 'other/newsroom-x');

  assert.deepEqual(claim, {
    fence: 1,
    begunFence: 0,
    begunPart: 0,
    attempt: 1,
    post: aPost(),
    draft: undefined,
    parts: [],
    hadDoubt: false,
    due: (await ledger.get(NAME))?.due,
  });
  assert.equal(other.fence, 2);
  assert.equal(await ledger.lastFence(), 2);
  assert.equal((await ledger.get(NAME))?.state, 'scheduled');
});

test('a job that comes early waits until the time, by the clock of Redis', async () => {
  const { ledger, claim } = openLedger();
  await ledger.add(anIntent({ due: (await ledger.now()) + 5_000 }));

  const directive = await claim();

  assert.ok(directive.to === 'wait' && directive.inMs > 4_000 && directive.inMs <= 5_000);
  assert.equal(directive.because, 'early');
});

test('a job that comes after the last moment finds it missed', async () => {
  const { ledger, claim } = openLedger();
  await ledger.add(anIntent({ due: (await ledger.now()) - 70_000 }));

  assert.deepEqual(await claim(), { to: 'go-home', because: 'missed' });

  const record = await ledger.get(NAME);
  assert.equal(record?.state, 'missed');
  assert.equal(record?.error?.code, 'too-late');
  assert.equal(record?.attempts, 0);
});

test('a job of an older generation goes home', async () => {
  const { ledger } = openLedger();
  const { generation } = await ledger.add(anIntent());
  await ledger.renew(NAME, generation);

  const directive = await ledger.claim(NAME, generation, aClaimant());

  assert.deepEqual(directive, { to: 'go-home', because: 'superseded' });
});

test('a job for nothing goes home', async () => {
  const { claim } = openLedger();

  assert.deepEqual(await claim({}, 'nothing/newsroom-x'), {
    to: 'go-home',
    because: 'unknown publication',
  });
});

test('while one worker has it, another waits for the end of its lease', async () => {
  const { ledger, claimToPublish, claim } = openLedger();
  await ledger.add(anIntent());
  await claimToPublish({ leaseMs: 20_000 });

  const directive = await claim({ sender: 'host:2:2' });

  assert.ok(directive.to === 'wait' && directive.inMs > 19_000 && directive.inMs <= 20_000);
});

test('of twenty workers that ask at once, one may publish', async () => {
  const { ledger, claim } = openLedger();
  await ledger.add(anIntent());

  const directives = await Promise.all(
    Array.from({ length: 20 }, (_, i) => claim({ sender: `host:${i}:1` })),
  );

  assert.equal(directives.filter(({ to }) => to === 'publish').length, 1);
});

test('after the lease another worker has it, and the first is refused whatever it does', async () => {
  const { ledger, claimToPublish, field } = openLedger();
  await ledger.add(anIntent());
  const first = await claimToPublish({ leaseMs: 5 });
  await pass(5);

  const second = await claimToPublish({ sender: 'host:2:2' });

  assert.ok(second.fence > first.fence);
  assert.equal(second.attempt, 1);
  assert.equal(await ledger.saveDraft(NAME, first.fence, { part: 0 }), false);
  assert.deepEqual(await ledger.begin(NAME, first.fence, 0, 1_000), {
    begun: false,
    because: 'lost',
  });
  assert.equal((await ledger.finish(NAME, first.fence, notSent())).accepted, false);
  assert.equal(await field('draft'), null);
  assert.deepEqual(await ledger.begin(NAME, second.fence, 0, 1_000), { begun: true });
});

test('nothing begins once the lease is over, even if nobody else has claimed it', async () => {
  const { ledger, claimToPublish } = openLedger();
  await ledger.add(anIntent());
  const { fence } = await claimToPublish({ leaseMs: 5 });
  await pass(5);

  assert.deepEqual(await ledger.begin(NAME, fence, 0, 1_000), { begun: false, because: 'lost' });
});

test('while it is being sent, a second job waits for the deadline', async () => {
  const { ledger, startSending, claim } = openLedger();
  await ledger.add(anIntent());
  await startSending({ windowMs: 9_000 });

  const directive = await claim();

  assert.ok(directive.to === 'wait' && directive.inMs > 8_000 && directive.inMs <= 9_000);
  assert.equal(directive.because, 'it is being sent');
});

test('what was prepared is there for the next attempt', async () => {
  const { ledger, claimToPublish } = openLedger();
  await ledger.add(anIntent());
  const { fence } = await claimToPublish();
  assert.equal(await ledger.saveDraft(NAME, fence, { part: 0, mediaIds: ['9'] }), true);
  await ledger.finish(NAME, fence, notSent());

  assert.deepEqual((await claimToPublish()).draft, { part: 0, mediaIds: ['9'] });
});

test('a claim whose answer was lost is given again to the client that asks again', async () => {
  const { ledger, redis, prefix } = openLedger();
  const { generation } = await ledger.add(anIntent());
  const ask = () =>
    runScript(redis, 'claim', prefix, [NAME, generation, 'host:1:1', 60_000, '0', 900_000, 'ask']);

  const first = await ask();
  const second = await ask();

  assert.equal(first[0], 'publish');
  assert.deepEqual(second, first);
  assert.equal(await ledger.lastFence(), 1);
  assert.equal((await ledger.get(NAME))?.attempts, 1);
});

test('a begin whose answer was lost is answered again, and marks one attempt', async () => {
  const { ledger, claimToPublish, kinds } = openLedger();
  await ledger.add(anIntent());
  const { fence } = await claimToPublish();

  const answers = [
    await ledger.begin(NAME, fence, 0, 60_000),
    await ledger.begin(NAME, fence, 0, 60_000),
  ];

  assert.deepEqual(answers, [{ begun: true }, { begun: true }]);
  assert.deepEqual(await kinds(), ['planned', 'sending']);
});

test('a begin that is asked again after its deadline is refused', async () => {
  const { ledger, claimToPublish } = openLedger();
  await ledger.add(anIntent());
  const { fence } = await claimToPublish();
  await ledger.begin(NAME, fence, 0, 5);
  await pass(5);

  assert.deepEqual(await ledger.begin(NAME, fence, 0, 5), { begun: false, because: 'lost' });
});

test('a begin that is asked again after the outcome is refused', async () => {
  const { ledger, startSending } = openLedger();
  await ledger.add(anIntent());
  const { fence } = await startSending();
  await ledger.finish(NAME, fence, posted());

  assert.deepEqual(await ledger.begin(NAME, fence, 0, 60_000), { begun: false, because: 'lost' });
});

test('a pause holds what is due, and what is claimed up to its last byte', async () => {
  const { ledger, claim, claimToPublish } = openLedger();
  await ledger.add(anIntent());
  await ledger.add(anIntent({ publication: 'other/newsroom-x' }));
  const { fence } = await claimToPublish();

  await ledger.pause('newsroom-x', aHold());

  assert.deepEqual(await ledger.begin(NAME, fence, 0, 1_000), { begun: false, because: 'paused' });
  assert.deepEqual(await claim({}, 'other/newsroom-x'), { to: 'go-home', because: 'held' });
  const record = await ledger.get(NAME);
  assert.equal(record?.state, 'held');
  assert.equal(record?.attempts, 0);
  assert.equal(record?.error?.code, 'held');
});

test('a pause of one account leaves the others, a pause of all does not', async () => {
  const { ledger, claim } = openLedger();
  await ledger.add(anIntent({ publication: 'a/newsroom-x' }));
  await ledger.add(anIntent({ publication: 'a/other-x' }));
  await ledger.add(anIntent({ publication: 'b/other-x' }));

  await ledger.pause('newsroom-x', aHold());

  assert.equal((await claim({}, 'a/newsroom-x')).to, 'go-home');
  assert.equal((await claim({}, 'a/other-x')).to, 'publish');

  await ledger.pause('*', aHold());

  assert.equal((await claim({}, 'b/other-x')).to, 'go-home');
});

test('what is not due yet is not held by a pause', async () => {
  const { ledger, claim, state } = openLedger();
  await ledger.add(anIntent({ due: (await ledger.now()) + 60_000 }));
  await ledger.pause('*', aHold());

  assert.equal((await claim()).to, 'wait');
  assert.equal(await state(), 'scheduled');
});

test('while the ledger is frozen nothing is claimed and nothing begins', async () => {
  const { ledger, claim, claimToPublish } = openLedger();
  await ledger.add(anIntent());
  await ledger.add(anIntent({ publication: 'other/newsroom-x' }));
  const { fence } = await claimToPublish();

  await ledger.freeze('a restore', 'ada');

  assert.deepEqual(await claim({}, 'other/newsroom-x'), {
    to: 'wait',
    inMs: 1_000,
    because: 'the ledger is frozen',
  });
  assert.deepEqual(await ledger.begin(NAME, fence, 0, 1_000), { begun: false, because: 'frozen' });
});

test('the last moment counts at the begin too', async () => {
  const { ledger, claimToPublish, endTime } = openLedger();
  await ledger.add(anIntent());
  const { fence } = await claimToPublish();
  await endTime('publishBy');

  assert.deepEqual(await ledger.begin(NAME, fence, 0, 1_000), {
    begun: false,
    because: 'too-late',
  });
  const record = await ledger.get(NAME);
  assert.deepEqual([record?.state, record?.attempts], ['missed', 0]);
});

test('for an assisted account a person takes over when it is due', async () => {
  const { ledger, claim } = openLedger();
  await ledger.add(anIntent());

  assert.deepEqual(await claim({ assisted: true }), { to: 'go-home', because: 'handoff' });

  const record = await ledger.get(NAME);
  assert.deepEqual([record?.state, record?.nextAt], ['handoff', undefined]);
  assert.equal(record?.error?.code, 'handoff');
  assert.deepEqual(await claim({ assisted: true }), { to: 'go-home', because: 'handoff' });
});

test('what is late and was never tried is looked for once before it is sent', async () => {
  const { ledger, claimToLook, claimToPublish } = openLedger();
  const due = (await ledger.now()) - 20_000;
  await ledger.add(anIntent({ due }));

  const look = await claimToLook({ lookIfLateMs: 10_000 });
  const answer = await ledger.judge(NAME, look, {
    kind: 'absent',
    isFinal: look.isPrecaution,
    lookAt: 0,
    maxAttempts: 6,
  });

  assert.equal(look.isPrecaution, true);
  assert.equal(look.sender, undefined);
  assert.equal(look.since, due - 60_000);
  assert.equal(answer.state, 'scheduled');
  const claim = await claimToPublish({ lookIfLateMs: 10_000 });
  assert.deepEqual([claim.attempt, claim.hadDoubt], [1, false]);
});

test('what was tried already is not looked for just because it is late', async () => {
  const { ledger, startSending, claimToPublish } = openLedger();
  await ledger.add(anIntent());
  await ledger.finish(NAME, (await startSending()).fence, notSent());
  await pass(20);

  assert.equal((await claimToPublish({ lookIfLateMs: 10 })).attempt, 2);
});

test('what came into the ledger after its time is looked for, however little late it is', async () => {
  const { ledger, claimToLook, claimToPublish } = openLedger();
  const due = (await ledger.now()) - 6_000;
  await ledger.add(anIntent({ due }));

  const look = await claimToLook({ lookIfLateMs: 900_000 });
  await ledger.judge(NAME, look, absent({ isFinal: look.isPrecaution }));

  assert.deepEqual([look.isPrecaution, look.since], [true, due - 60_000]);
  assert.equal((await claimToPublish()).attempt, 1);
});

test('what came in after its time and was moved is on time again', async () => {
  const { ledger, claimToPublish, generation } = openLedger();
  const now = await ledger.now();
  await ledger.add(anIntent({ due: now - 6_000 }));
  await ledger.amend(anIntent({ due: now }), await generation());

  assert.equal((await claimToPublish()).attempt, 1);
});

test('a thread goes on part by part under one claim', async () => {
  const { ledger, claimToPublish } = openLedger();
  await ledger.add(anIntent({ post: aThread('One', 'Two') }));
  const { fence } = await claimToPublish();

  await ledger.begin(NAME, fence, 0, 1_000);
  const first = await ledger.finish(NAME, fence, posted({ receipt: aReceipt('1') }));
  const begin = await ledger.begin(NAME, fence, 1, 1_000);
  const second = await ledger.finish(NAME, fence, posted({ part: 1, receipt: aReceipt('2') }));

  assert.equal(first.state, 'claimed');
  assert.deepEqual(begin, { begun: true });
  assert.equal(second.state, 'published');
  assert.deepEqual((await ledger.get(NAME))?.receipt, aReceipt('1'));
});

/** Runs a script as a client does that keeps its arguments for a second try. */
async function runScript(
  redis: unknown,
  name: string,
  prefix: string,
  args: readonly (string | number)[],
): Promise<unknown[]> {
  const scripts = redis as Record<string, (...args: (string | number)[]) => Promise<unknown[]>>;
  const run = scripts[`ledger_${name}`];
  assert.ok(run);
  return run.call(redis, `${prefix}:ledger:`, ...args);
}
