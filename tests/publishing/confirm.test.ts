import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { RateLimitedError, TransientError, UnauthorizedError } from '../../src/core/errors.ts';
import { thisSender } from '../../src/core/sender.ts';
import {
  anIntent,
  aPost,
  aReceipt,
  aThread,
  type Bench,
  NAME,
  pass,
  posted,
  useLedgers,
} from '../support/ledger.ts';
import { aSession, openDesk, someSettings } from '../support/publishing.ts';

const openLedger = useLedgers();
const TEXT = 'Our spring report is out';

test('what is on the account is published, and not sent again', async () => {
  const bench = openLedger();
  const session = aSession();
  await using desk = openDesk(bench, session);
  await bench.ledger.add(anIntent());
  await bench.fallIntoDoubt();
  session.show(TEXT, '7');

  assert.deepEqual(await desk.wake(), { kind: 'done', because: 'published' });

  assert.deepEqual(session.calls, ['find 0']);
  const record = await bench.ledger.get(NAME);
  assert.deepEqual([record?.receipt?.remoteId, record?.evidence], ['7', 'found']);
});

test('what is absent at every look is sent again, in a job of its own', async () => {
  const bench = openLedger();
  const session = aSession();
  await using desk = openDesk(bench, session, {
    settings: someSettings({ confirmAfterMs: [0, 0, 0] }),
  });
  await bench.ledger.add(anIntent());
  await bench.fallIntoDoubt();

  const nexts = [await desk.wake(), await desk.wake(), await desk.wake()];

  assert.deepEqual(session.calls, ['find 0', 'find 0', 'find 0']);
  assert.deepEqual(
    nexts.map((next) => next.kind === 'again' && [next.because, next.generation]),
    [
      ['unconfirmed', 1],
      ['unconfirmed', 1],
      ['scheduled', 2],
    ],
  );
  assert.equal(await desk.wakeUntilDone(), 'published');
  assert.equal(session.posts.length, 1);
});

test('looks come when the settings say, counted from the doubt', async () => {
  const bench = openLedger();
  await using desk = openDesk(bench, aSession(), {
    settings: someSettings({ confirmAfterMs: [0, 20_000, 60_000] }),
  });
  await bench.ledger.add(anIntent());
  await bench.fallIntoDoubt();

  const next = await desk.wake();

  assert.ok(next.kind === 'again' && next.inMs > 15_000 && next.inMs <= 20_000);
  const early = await desk.wake();
  assert.ok(early.kind === 'again' && early.inMs > 15_000 && early.inMs <= 20_000);
});

test('posts that belong to other publications are passed over', async () => {
  const bench = openLedger();
  const session = aSession();
  await using desk = openDesk(bench, session);
  const other = 'other/newsroom-x';
  await bench.ledger.add(anIntent());
  await bench.ledger.add(anIntent({ publication: other }));
  session.show(TEXT, 'mine');
  session.show(TEXT, 'theirs');
  const { fence } = await bench.startSending({ publication: other });
  await bench.ledger.finish(other, fence, posted({ receipt: aReceipt('theirs') }));
  await bench.fallIntoDoubt();

  await desk.wake();

  assert.equal((await bench.ledger.get(NAME))?.receipt?.remoteId, 'mine');
});

test('two publications that say the same, both in doubt, take one post each', async () => {
  const bench = openLedger();
  const session = aSession();
  await using desk = openDesk(bench, session);
  const other = 'other/newsroom-x';
  await bench.ledger.add(anIntent());
  await bench.ledger.add(anIntent({ publication: other }));
  await bench.fallIntoDoubt();
  await bench.fallIntoDoubt(other);
  session.show(TEXT, '1');
  session.show(TEXT, '2');

  await desk.wake();
  await desk.wake(other);

  const ids = (await bench.ledger.getMany([NAME, other])).map((one) => one?.receipt?.remoteId);
  assert.deepEqual(ids.toSorted(), ['1', '2']);
  assert.deepEqual(await bench.ledger.duplicates(), []);
});

test('the first part of a thread is not taken for a later one that says the same', async () => {
  const bench = openLedger();
  const session = aSession();
  await using desk = openDesk(bench, session);
  await bench.ledger.add(anIntent({ post: aThread('Same', 'Same') }));
  const { fence } = await bench.startSending();
  session.show('Same', '1');
  await bench.ledger.finish(NAME, fence, posted({ receipt: aReceipt('1') }));
  await bench.ledger.begin(NAME, fence, 1, 60_000);
  await bench.ledger.expire(NAME, fence, { senderIsGone: true, lookAfterMs: 0 });

  assert.equal(await desk.wakeUntilDone(), 'published');

  assert.equal(session.posts.length, 2);
});

test('an account that cannot be read is looked at again, ever more seldom, and a person is asked', async () => {
  const bench = openLedger();
  const session = aSession({
    async find() {
      throw new TransientError('X is away.', { code: 'twitter:503' });
    },
  });
  await using desk = openDesk(bench, session, {
    settings: someSettings({ confirmAfterMs: [1_000, 2_000] }),
  });
  await bench.ledger.add(anIntent());
  await bench.fallIntoDoubt();
  const waits: number[] = [];
  const advice: (string | undefined)[] = [];

  for (let look = 0; look < 3; look++) {
    const next = await desk.wake();
    waits.push(next.kind === 'again' ? Math.round(next.inMs / 1_000) : 0);
    advice.push((await bench.ledger.get(NAME))?.error?.advice);
    await lookNow(bench);
  }

  assert.deepEqual(waits, [1, 2, 4]);
  assert.match(advice[1] ?? '', /^Nothing to do yet/);
  assert.match(
    advice[2] ?? '',
    /carillon confirm spring-report\/newsroom-x ADDRESS.*carillon retry .* --not-posted/,
  );
  assert.equal(await bench.state(), 'unconfirmed');
});

test('an account that may never be read asks a person at once', async () => {
  const bench = openLedger();
  const session = aSession({
    async find() {
      throw new UnauthorizedError('No access to read.', { code: 'twitter:403' });
    },
  });
  await using desk = openDesk(bench, session);
  await bench.ledger.add(anIntent());
  await bench.fallIntoDoubt();

  await desk.wake();

  assert.match((await bench.ledger.get(NAME))?.error?.advice ?? '', /Look at the account/);
  assert.equal((await bench.ledger.holds()).size, 0);
});

test('a network that asks to wait is not looked at sooner', async () => {
  const bench = openLedger();
  const session = aSession({
    async find() {
      const retryAt = new Date(Date.now() + 30_000);
      throw new RateLimitedError('Slow down.', { code: 'twitter:429', retryAt });
    },
  });
  await using desk = openDesk(bench, session);
  await bench.ledger.add(anIntent());
  await bench.fallIntoDoubt();

  const next = await desk.wake();

  assert.ok(next.kind === 'again' && next.inMs > 25_000);
});

test('what was never tried needs one look, and what it finds is published', async () => {
  for (const isThere of [true, false]) {
    const bench = openLedger();
    const session = aSession();
    await using desk = openDesk(bench, session);
    await bench.ledger.add(
      anIntent({ due: (await bench.ledger.now()) - 16 * 60_000, publishByMs: 3_600_000 }),
    );
    if (isThere) session.show(TEXT, '7');

    assert.equal(await desk.wakeUntilDone(), 'published');

    assert.equal(session.posts.length, 1);
    assert.deepEqual(session.calls, isThere ? ['find 0'] : ['find 0', 'prepare 0', 'publish 0']);
  }
});

test('a worker that stops while it looks does not say that the account cannot be read', async () => {
  const bench = openLedger();
  const session = aSession({
    async find(_post, _part, { signal }) {
      desk.stop();
      signal.throwIfAborted();
      return [];
    },
  });
  await using desk = openDesk(bench, session);
  await bench.ledger.add(anIntent());
  await bench.fallIntoDoubt();

  assert.equal((await desk.wake()).kind, 'again');

  await lookNow(bench);
  assert.equal((await bench.claimToLook()).failures, 0);
});

test('nobody judges while this very process may still be sending', async () => {
  const bench = openLedger();
  const session = aSession();
  await using desk = openDesk(bench, session, { sender: thisSender() });
  await bench.ledger.add(anIntent());
  await vanish(bench, thisSender());
  desk.publishing.inFlight.add(NAME);

  assert.deepEqual(await desk.wake(), {
    kind: 'again',
    inMs: 500,
    because: 'its sender may still be sending',
  });
  assert.deepEqual(session.calls, []);

  desk.publishing.inFlight.delete(NAME);
  await lookNow(bench);
  await desk.wake();
  assert.deepEqual(session.calls, ['find 0']);
});

test('a sender on this host that did not end in time is ended before anybody looks', async () => {
  const bench = openLedger();
  const stuck = await startSender();
  const session = aSession();
  await using desk = openDesk(bench, session);
  await bench.ledger.add(anIntent());
  await vanish(bench, stuck.name);

  await desk.wake();

  assert.deepEqual(await stuck.ended, [null, 'SIGKILL']);
  assert.deepEqual(session.calls, ['find 0']);
  assert.ok(desk.said.some((line) => line.startsWith('warn: A worker did not end')));
});

test('a sender whose number another process has by now is gone, and nobody is ended', async () => {
  const bench = openLedger();
  const bystander = await startSender();
  const session = aSession();
  await using desk = openDesk(bench, session);
  await bench.ledger.add(anIntent());
  await vanish(bench, bystander.name.replace(/[^:]*$/, '1'));

  await desk.wake();

  assert.deepEqual(session.calls, ['find 0']);
  bystander.child.kill('SIGTERM');
  assert.deepEqual(await bystander.ended, [null, 'SIGTERM']);
});

test('a part that is found lets the rest of the thread follow', async () => {
  const bench = openLedger();
  const session = aSession();
  await using desk = openDesk(bench, session);
  await bench.ledger.add(anIntent({ post: aThread('One', 'Two') }));
  await bench.fallIntoDoubt();
  session.show('One', '1');

  assert.equal(await desk.wakeUntilDone(), 'published');

  assert.deepEqual(
    session.posts.map(({ text }) => text),
    ['One', 'Two'],
  );
  assert.deepEqual(session.windows[0]?.earlier, ['1']);
});

test('what changed its text in between is looked for as it was sent', async () => {
  const bench = openLedger();
  const session = aSession();
  await using desk = openDesk(bench, session);
  await bench.ledger.add(anIntent());
  await bench.fallIntoDoubt();
  session.show(TEXT, '7');
  await bench.ledger.amend(anIntent({ post: aPost({ text: 'New' }) }), await bench.generation());

  assert.equal(await desk.wakeUntilDone(), 'published');
  assert.equal(session.posts.length, 1);
});

/** A sender that began and was not heard of again. */
async function vanish({ ledger, startSending }: Bench, sender: string): Promise<void> {
  const { fence } = await startSending({ windowMs: 5, claimant: { sender } });
  await pass(5);
  await ledger.expire(NAME, fence, { senderIsGone: false, lookAfterMs: 0 });
}

/** Makes the next look due, as if its time had come. */
async function lookNow({ redis, prefix }: Bench): Promise<void> {
  await redis.hset(`${prefix}:ledger:publication:${NAME}`, 'lookAt', 0);
}

/** Another process of this host that may be sending. */
async function startSender() {
  const file = fileURLToPath(new URL('../support/idle-sender.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [name] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, ended, name: String(name).trim() };
}
