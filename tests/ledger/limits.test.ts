import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AccountLimits, LimitSighting } from '../../src/core/limits.ts';
import {
  aHold,
  anIntent,
  aReceipt,
  aThread,
  type Bench,
  inconsistenciesOf,
  NAME,
  notSent,
  pass,
  posted,
  rejected,
  unknown,
  useLedgers,
} from '../support/ledger.ts';

const openLedger = useLedgers();
const HOUR = 3_600_000;

const known = (posts: number, perMs = HOUR): AccountLimits => ({
  known: [{ name: 'posts', of: 'account', posts, perMs }],
});
const windowOf = (over: Partial<Extract<LimitSighting, { kind: 'window' }>>): LimitSighting => ({
  ...{ kind: 'window', of: 'account', name: 'posts', most: 100, left: 0 },
  ...{ perMs: HOUR, resetInMs: HOUR, ...over },
});
const nameOf = (i: number, account = 'newsroom-x') => `entry-${i}/${account}`;

/** Publications of one account that are due in the order of their numbers, a millisecond apart. */
async function addMany({ ledger }: Bench, count: number, account?: string): Promise<void> {
  const due = (await ledger.now()) - 1_000;
  for (let i = 0; i < count; i++) {
    await ledger.add(anIntent({ publication: nameOf(i, account), due: due + i }));
  }
}

async function send(bench: Bench, name: string, limits: AccountLimits) {
  const { fence } = await bench.claimToPublish({ limits }, name);
  assert.deepEqual(await bench.ledger.begin(name, fence, 0, 60_000), { begun: true });
  return bench.ledger.finish(name, fence, posted({ receipt: aReceipt(name) }));
}

test('no more is let go than the limit leaves, what is in hand included', async () => {
  const bench = openLedger();
  await addMany(bench, 5);
  const limits = known(3);

  const directives = [];
  for (let i = 0; i < 5; i++) directives.push(await bench.claim({ limits }, nameOf(i)));

  assert.deepEqual(
    directives.map(({ to }) => to),
    ['publish', 'publish', 'publish', 'wait', 'wait'],
  );
  assert.deepEqual(await inconsistenciesOf(bench), []);
});

test('what waits for a limit spends no attempt and says until when', async () => {
  const bench = openLedger();
  await addMany(bench, 2);
  const limits = known(1);
  await send(bench, nameOf(0), limits);

  const directive = await bench.claim({ limits }, nameOf(1));

  assert.ok(directive.to === 'wait' && directive.because === 'limited');
  const record = await bench.ledger.get(nameOf(1));
  assert.equal(record?.attempts, 0);
  assert.equal(record?.state, 'scheduled');
  const inMs = (record?.limit?.until ?? 0) - (await bench.ledger.now());
  assert.ok(inMs > HOUR - 5_000 && inMs <= HOUR, `until in ${inMs} ms`);
  assert.equal((await bench.kinds(nameOf(1))).at(-1), 'limited');
});

test('a limit is told once, whomever it holds back', async () => {
  const bench = openLedger();
  await addMany(bench, 4);
  const limits = known(1);
  await send(bench, nameOf(0), limits);

  const told = [];
  for (const i of [1, 2, 3, 1]) {
    const directive = await bench.claim({ limits }, nameOf(i));
    told.push(directive.to === 'wait' && directive.limit !== undefined);
  }

  assert.deepEqual(told, [true, false, false, false]);
});

test('what was reserved and not sent is given back: after a failure, a pause, a dead worker, a cancel', async () => {
  const limits = known(1);
  const ways: Record<string, (bench: Bench, fence: number) => Promise<unknown>> = {
    'not sent': ({ ledger }, fence) =>
      ledger.finish(nameOf(0), fence, notSent({ retryInMs: HOUR })),
    'refused before it was sent': ({ ledger }, fence) =>
      ledger.finish(nameOf(0), fence, rejected()),
    paused: async ({ ledger }, fence) => {
      await ledger.pause('newsroom-x', aHold());
      await ledger.begin(nameOf(0), fence, 0, 60_000);
      await ledger.cancel(nameOf(0), 'ada');
      await ledger.resume('newsroom-x', 'ada', 0);
    },
    'a dead worker': async ({ ledger }, fence) => {
      await ledger.expire(nameOf(0), fence, { senderIsGone: true, lookAfterMs: 0 });
      await ledger.cancel(nameOf(0), 'ada');
    },
    cancelled: ({ ledger }) => ledger.cancel(nameOf(0), 'ada'),
  };
  for (const [way, happen] of Object.entries(ways)) {
    const bench = openLedger();
    await addMany(bench, 2);
    const { fence } = await bench.claimToPublish({ limits }, nameOf(0));
    await happen(bench, fence);

    assert.equal((await bench.claim({ limits }, nameOf(1))).to, 'publish', way);
  }
});

test('a claim whose lease ended gives its reservation back to the next claim', async () => {
  const bench = openLedger();
  await addMany(bench, 1);
  await bench.claimToPublish({ limits: known(1), leaseMs: 0 }, nameOf(0));
  await pass(1);

  assert.equal((await bench.claim({ limits: known(1) }, nameOf(0))).to, 'publish');
});

test('what may have left counts, though nobody knows', async () => {
  const bench = openLedger();
  await addMany(bench, 2);
  const { fence } = await bench.startSending({
    publication: nameOf(0),
    claimant: { limits: known(1) },
  });
  await bench.ledger.finish(nameOf(0), fence, unknown(HOUR));

  assert.equal((await bench.claim({ limits: known(1) }, nameOf(1))).to, 'wait');
});

test('a thread reserves all of its posts, and gives back those that did not leave', async () => {
  const bench = openLedger();
  const due = (await bench.ledger.now()) - 1_000;
  await bench.ledger.add(anIntent({ post: aThread('One', 'Two', 'Three'), due }));
  await addMany(bench, 3);
  const limits = known(4);
  const { fence } = await bench.startSending({ claimant: { limits } });

  assert.equal((await bench.claim({ limits }, nameOf(0))).to, 'publish');
  assert.equal((await bench.claim({ limits }, nameOf(1))).to, 'wait');
  await bench.ledger.finish(NAME, fence, posted({ part: 0 }));
  await bench.ledger.finish(NAME, fence, notSent({ retryInMs: HOUR }));
  await bench.ledger.cancel(nameOf(0), 'ada');

  // One post of the thread is up: three of four are left.
  for (const i of [1, 2]) await send(bench, nameOf(i), limits);
  assert.deepEqual(await inconsistenciesOf(bench), []);
});

test('a thread longer than the limit goes once nothing else does', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent({ post: aThread('One', 'Two', 'Three') }));

  assert.equal((await bench.claim({ limits: known(2) })).to, 'publish');
});

test('what the network says takes the place of what is known beforehand', async () => {
  const bench = openLedger();
  await addMany(bench, 3);
  const limits = known(1);
  await send(bench, nameOf(0), limits);

  await bench.ledger.sawLimits('newsroom-x', undefined, [windowOf({ most: 1_000, left: 999 })]);
  assert.equal((await bench.claim({ limits }, nameOf(1))).to, 'publish');

  await bench.ledger.sawLimits('newsroom-x', undefined, [windowOf({ most: 1_000, left: 0 })]);
  assert.equal((await bench.claim({ limits }, nameOf(2))).to, 'wait');
});

test('answers that come in another order than the posts do not raise what is left', async () => {
  const bench = openLedger();
  await addMany(bench, 1);

  await bench.ledger.sawLimits('newsroom-x', undefined, [
    windowOf({ left: 0 }),
    windowOf({ left: 1 }),
    windowOf({ left: 40, resetInMs: 60_000 }),
  ]);

  assert.equal((await bench.claim({}, nameOf(0))).to, 'wait');
});

test('a window that is over begins anew with all it has', async () => {
  const bench = openLedger();
  await addMany(bench, 3);
  await bench.ledger.sawLimits('newsroom-x', undefined, [
    windowOf({ most: 2, left: 0, resetInMs: 20 }),
  ]);
  assert.equal((await bench.claim({ limits: known(2) }, nameOf(0))).to, 'wait');
  await pass(25);

  for (const i of [0, 1]) await send(bench, nameOf(i), known(2));

  assert.equal((await bench.claim({ limits: known(2) }, nameOf(2))).to, 'wait');
});

test('a limit of the account itself holds, whatever the network would take', async () => {
  const bench = openLedger();
  await addMany(bench, 2);
  const own = { name: `own-${HOUR}`, of: 'account', posts: 1, perMs: HOUR } as const;
  const limits = { known: [...known(100).known, own] };
  await bench.ledger.sawLimits('newsroom-x', undefined, [windowOf({ left: 90 })]);
  await send(bench, nameOf(0), limits);

  assert.equal((await bench.claim({ limits }, nameOf(1))).to, 'wait');
});

test('one refusal for a limit stops every other publication of the account, and no other account', async () => {
  const bench = openLedger();
  await addMany(bench, 3);
  await addMany(bench, 1, 'other-x');
  const first = await bench.claimToPublish({}, nameOf(0));
  const second = await bench.claimToPublish({}, nameOf(1));
  await bench.ledger.begin(nameOf(0), first.fence, 0, 60_000);
  const limited = notSent({ retryInMs: HOUR, spendsAttempt: false, limit: 'account' });

  const answer = await bench.ledger.finish(nameOf(0), first.fence, limited);

  assert.equal(answer.isNewLimit, true);
  assert.equal((await bench.claim({}, nameOf(2))).to, 'wait');
  assert.deepEqual(await bench.ledger.begin(nameOf(1), second.fence, 0, 60_000), {
    begun: false,
    because: 'limited',
  });
  assert.equal((await bench.ledger.get(nameOf(1)))?.attempts, 0);
  assert.equal((await bench.claim({}, nameOf(0, 'other-x'))).to, 'publish');
  assert.deepEqual(await inconsistenciesOf(bench), []);
});

test('accounts of one app share its limit, those of another do not', async () => {
  const bench = openLedger();
  const rule = { name: 'day', of: 'app', posts: 1, perMs: HOUR } as const;
  for (const account of ['a-x', 'b-x', 'c-x']) await addMany(bench, 1, account);
  await send(bench, nameOf(0, 'a-x'), { app: 'one', known: [rule] });

  const same = await bench.claim({ limits: { app: 'one', known: [rule] } }, nameOf(0, 'b-x'));
  const other = await bench.claim({ limits: { app: 'two', known: [rule] } }, nameOf(0, 'c-x'));

  assert.deepEqual([same.to, other.to], ['wait', 'publish']);
  assert.equal((await bench.ledger.get(nameOf(0, 'b-x')))?.limit?.of, 'app');
});

test('what a limit held back goes out one by one, in order of time and then of name', async () => {
  const bench = openLedger();
  const due = (await bench.ledger.now()) - 1_000;
  const stop: LimitSighting = { kind: 'stop', of: 'account', what: 'posts', forMs: 30 };
  await bench.ledger.sawLimits('newsroom-x', undefined, [stop]);
  const names = ['c', 'a', 'b', 'd'].map((letter) => `${letter}/newsroom-x`);
  for (const [i, publication] of names.entries()) {
    await bench.ledger.add(anIntent({ publication, due: due + (i === 0 ? -1 : 0) }));
    assert.equal((await bench.claim({}, publication)).to, 'wait');
  }
  await pass(40);

  const order: string[] = [];
  for (let round = 0; round < 4; round++) {
    const free: string[] = [];
    for (const name of names.toReversed()) {
      if ((await bench.state(name)) === 'published') continue;
      if ((await bench.claim({}, name)).to === 'publish') free.push(name);
    }
    assert.equal(free.length, 1, `${free} at once`);
    const [name = ''] = free;
    order.push(name);
    const { fence } = (await bench.ledger.underWay())[0] ?? { fence: 0 };
    await bench.ledger.begin(name, fence, 0, 60_000);
    const answer = await bench.ledger.finish(name, fence, posted({ receipt: aReceipt(name) }));
    // The next one is given a job at once.
    assert.equal(answer.wakes?.publication, ['a', 'b', 'd'].map((l) => `${l}/newsroom-x`)[round]);
  }
  assert.deepEqual(
    order,
    ['c', 'a', 'b', 'd'].map((letter) => `${letter}/newsroom-x`),
  );
  assert.deepEqual(await bench.ledger.lines(), []);
});

test('near its limit an account sends one at a time, at a distance', async () => {
  const bench = openLedger();
  await addMany(bench, 3);
  const pace = (gapMs: number): LimitSighting => ({
    ...{ kind: 'pace', of: 'account', name: 'pages', gapMs, forMs: HOUR },
  });
  await bench.ledger.sawLimits('newsroom-x', undefined, [pace(60_000)]);
  const directive = await bench.claim({}, nameOf(0));
  assert.ok(directive.to === 'wait' && directive.inMs > 50_000 && directive.inMs <= 60_000);

  await bench.ledger.sawLimits('newsroom-x', undefined, [pace(0)]);

  await send(bench, nameOf(0), { known: [] });
});

test('a line that nobody drives goes on by the scheduler', async () => {
  const bench = openLedger();
  await addMany(bench, 3);
  const limits = known(2, 40);
  const { fence } = await bench.claimToPublish({ limits, sender: 'gone:1:1' }, nameOf(0));
  await send(bench, nameOf(1), limits);
  assert.equal((await bench.claim({ limits }, nameOf(2))).to, 'wait');
  assert.deepEqual(await bench.ledger.advanceLines(), []);
  await bench.ledger.expire(nameOf(0), fence, { senderIsGone: true, lookAfterMs: 0 });
  await pass(45);

  const overdue = await bench.ledger.wakeable(await bench.ledger.now(), 10);

  assert.ok(overdue.some(({ publication }) => publication === nameOf(2)));
});

test('looks wait where the network takes no reads, and posts do not', async () => {
  const bench = openLedger();
  await addMany(bench, 1);
  await bench.ledger.add(anIntent());
  await bench.fallIntoDoubt();
  await bench.ledger.sawLimits('newsroom-x', undefined, [
    { kind: 'stop', of: 'account', what: 'reads', forMs: HOUR },
  ]);

  const look = await bench.claim();

  assert.ok(look.to === 'wait' && look.inMs > HOUR - 5_000);
  assert.equal((await bench.claim({}, nameOf(0))).to, 'publish');
});

test('paused, moved or taken out, a publication leaves the line, and resume goes its way', async () => {
  const bench = openLedger();
  await addMany(bench, 4);
  const limits = known(1, 50);
  await send(bench, nameOf(0), limits);
  for (const i of [1, 2, 3]) await bench.claim({ limits }, nameOf(i));
  await bench.ledger.cancel(nameOf(1), 'ada');
  await bench.ledger.move(nameOf(2), (await bench.ledger.now()) + HOUR, 'ada');
  await bench.ledger.pause('newsroom-x', aHold());
  await pass(50);

  assert.deepEqual(await bench.claim({ limits }, nameOf(3)), { to: 'go-home', because: 'held' });
  assert.deepEqual(await bench.ledger.lines(), []);
  assert.equal((await bench.ledger.resume('newsroom-x', 'ada', 0)).resumed, 1);
  assert.equal((await bench.claim({ limits }, nameOf(3))).to, 'publish');
  assert.deepEqual(await inconsistenciesOf(bench), []);
});

test('one that the limit leaves no time is missed, and says why', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent({ publishByMs: 30 }));
  const stop: LimitSighting = { kind: 'stop', of: 'account', what: 'posts', forMs: HOUR };
  await bench.ledger.sawLimits('newsroom-x', undefined, [stop]);
  const directive = await bench.claim();
  assert.ok(directive.to === 'wait' && directive.inMs <= 31);
  await pass(31);

  assert.equal((await bench.ledger.miss(NAME)).changed, true);
  assert.equal((await bench.ledger.get(NAME))?.error?.code, 'limited');
});

test('long held back by a limit is not late for want of a worker: it is not looked for first', async () => {
  const bench = openLedger();
  await addMany(bench, 2);
  const stop: LimitSighting = { kind: 'stop', of: 'account', what: 'posts', forMs: 30 };
  await bench.ledger.sawLimits('newsroom-x', undefined, [stop]);
  await bench.claim({ lookIfLateMs: 60_000 }, nameOf(0));
  await pass(35);

  assert.equal((await bench.claim({ lookIfLateMs: 900 }, nameOf(0))).to, 'publish');
  assert.equal((await bench.claim({ lookIfLateMs: 900 }, nameOf(1))).to, 'look');
});

test('the post whose answer says what is left is not counted a second time', async () => {
  const bench = openLedger();
  await addMany(bench, 2);
  const limits = known(100);
  const { fence } = await bench.claimToPublish({ limits }, nameOf(0));
  await bench.ledger.begin(nameOf(0), fence, 0, 60_000);
  await pass(2);

  await bench.ledger.sawLimits('newsroom-x', undefined, [windowOf({ most: 17, left: 1 })]);
  await pass(2);
  await bench.ledger.finish(nameOf(0), fence, posted());

  assert.equal((await bench.claim({ limits }, nameOf(1))).to, 'publish');
});
