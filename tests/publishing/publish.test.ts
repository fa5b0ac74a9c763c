import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import {
  OutcomeUnknownError,
  RateLimitedError,
  RejectedError,
  TransientError,
  UnauthorizedError,
} from '../../src/core/errors.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { absent, aHold, anIntent, aThread, NAME, useLedgers } from '../support/ledger.ts';
import { aSession, openDesk, someSettings } from '../support/publishing.ts';

const openLedger = useLedgers();
const publishes = (calls: readonly string[]) => calls.filter((call) => call.startsWith('publish'));

test('a publication that is due is prepared, sent once and recorded', async () => {
  const bench = openLedger();
  const session = aSession();
  await using desk = openDesk(bench, session);
  await bench.ledger.add(anIntent());

  const next = await desk.wake();

  assert.deepEqual(next, { kind: 'done', because: 'published' });
  assert.deepEqual(session.calls, ['prepare 0', 'publish 0']);
  const record = await bench.ledger.get(NAME);
  assert.equal(record?.state, 'published');
  assert.equal(record?.receipt?.remoteId, 'id-1');
  assert.deepEqual(
    desk.journal.testimonies().map(({ kind, receipt }) => [kind, receipt?.remoteId]),
    [['posted', 'id-1']],
  );
  assert.equal(desk.publishing.inFlight.size, 0);
});

test('a job that runs again after the post goes home', async () => {
  const bench = openLedger();
  const session = aSession();
  await using desk = openDesk(bench, session);
  await bench.ledger.add(anIntent());
  await desk.wake();

  assert.deepEqual(await desk.wake(), { kind: 'done', because: 'published' });
  assert.equal(session.posts.length, 1);
});

test('twenty jobs for one publication at once make one post', async () => {
  const bench = openLedger();
  const session = aSession();
  await using desk = openDesk(bench, session);
  await bench.ledger.add(anIntent());

  await Promise.all(Array.from({ length: 20 }, () => desk.wake()));

  assert.equal(session.posts.length, 1);
  assert.deepEqual(desk.recoveries, []);
});

test('the intent is in the journal, and the mark in the ledger, before the request', async () => {
  const bench = openLedger();
  const seen: unknown[] = [];
  const session = aSession({
    async publish() {
      seen.push(desk.journal.testimonies()[0]?.kind, await bench.state());
      return { remoteId: '1', url: 'https://x.example/1' };
    },
  });
  await using desk = openDesk(bench, session);
  await bench.ledger.add(anIntent());

  await desk.wake();

  assert.deepEqual(seen, ['may-be-posted', 'sending']);
});

test('a thread is sent part by part, each once, each as a reply to those before', async () => {
  const bench = openLedger();
  const session = aSession();
  await using desk = openDesk(bench, session);
  await bench.ledger.add(anIntent({ post: aThread() }));

  await desk.wake();

  assert.deepEqual(publishes(session.calls), ['publish 0', 'publish 1', 'publish 2']);
  assert.deepEqual(
    session.windows.map(({ earlier }) => earlier),
    [[], ['id-1'], ['id-1', 'id-2']],
  );
  assert.equal(await bench.state(), 'published');
});

test('a thread that breaks off is resumed at the part that is missing', async () => {
  const bench = openLedger();
  let tries = 0;
  const session = aSession({
    async publish(post, part) {
      if (part === 1 && tries++ === 0) throw new TransientError('away', { code: 'twitter:503' });
      const text = [post.text, ...(post.thread ?? [])][part] ?? '';
      return session.show(text);
    },
  });
  await using desk = openDesk(bench, session);
  await bench.ledger.add(anIntent({ post: aThread('One', 'Two') }));

  assert.equal(await desk.wakeUntilDone(), 'published');

  assert.deepEqual(publishes(session.calls), ['publish 0', 'publish 1', 'publish 1']);
  assert.deepEqual(
    session.posts.map(({ text }) => text),
    ['One', 'Two'],
  );
});

test('each error leads to its state, with one request', async () => {
  const code = { code: 'twitter:x' };
  const cases = [
    [new TransientError('away', code), 'scheduled', 'again', 1],
    [
      new RateLimitedError('slow', { ...code, retryAt: new Date(Date.now() + 5_000) }),
      'scheduled',
      'again',
      0,
    ],
    [new OutcomeUnknownError('reset', code), 'unconfirmed', 'again', 1],
    [new RejectedError('too long', code), 'failed', 'done', 1],
    [new RejectedError('twice', { ...code, isDuplicate: true }), 'failed', 'done', 1],
    [new UnauthorizedError('dead', code), 'held', 'done', 0],
    [new Error('a bug'), 'unconfirmed', 'again', 1],
    ['not even an error', 'unconfirmed', 'again', 1],
  ] as const;
  for (const [error, state, kind, attempts] of cases) {
    const bench = openLedger();
    const session = aSession({
      async publish() {
        throw error;
      },
    });
    await using desk = openDesk(bench, session);
    await bench.ledger.add(anIntent());

    const next = await desk.wake();

    assert.equal(await bench.state(), state, String(error));
    assert.equal(next.kind, kind, String(error));
    assert.equal((await bench.ledger.get(NAME))?.attempts, attempts, String(error));
    assert.deepEqual(publishes(session.calls), ['publish 0']);
    const isOpen = desk.journal.testimonies().length === 1;
    assert.equal(isOpen, state === 'unconfirmed', String(error));
  }
});

test('an error before the request never leaves a doubt', async () => {
  const cases = [
    [new TransientError('away', { code: 'twitter:503' }), 'scheduled'],
    [new OutcomeUnknownError('upload reset', { code: 'twitter:reset' }), 'scheduled'],
    [new Error('a bug'), 'scheduled'],
    [new RejectedError('bad image', { code: 'twitter:324' }), 'failed'],
    [new UnauthorizedError('dead', { code: 'twitter:401' }), 'held'],
  ] as const;
  for (const [error, state] of cases) {
    const bench = openLedger();
    const session = aSession({
      async prepare() {
        throw error;
      },
    });
    await using desk = openDesk(bench, session);
    await bench.ledger.add(anIntent());

    await desk.wake();

    assert.equal(await bench.state(), state, String(error));
    assert.deepEqual(publishes(session.calls), []);
    assert.deepEqual(desk.journal.testimonies(), []);
  }
});

test('an account that cannot be opened is no doubt either', async () => {
  const bench = openLedger();
  await using desk = openDesk(bench, aSession(), {
    sessionOf: () =>
      Promise.reject(new UnauthorizedError('no secrets', { code: 'twitter:secrets' })),
  });
  await bench.ledger.add(anIntent());

  await desk.wake();

  assert.equal(await bench.state(), 'held');
  assert.match((await bench.ledger.get(NAME))?.error?.advice ?? '', /carillon resume newsroom-x/);
});

test('its attempts are used up in the end, one request each', async () => {
  const bench = openLedger();
  const session = aSession({
    async publish() {
      throw new TransientError('away', { code: 'twitter:503' });
    },
  });
  await using desk = openDesk(bench, session);
  await bench.ledger.add(anIntent());

  assert.equal(await desk.wakeUntilDone(), 'failed');
  assert.equal(publishes(session.calls).length, 3);
});

test('nothing is sent when the begin is refused', async () => {
  const refusals = {
    paused: (ledger: Ledger) => ledger.pause('*', aHold()),
    frozen: (ledger: Ledger) => ledger.freeze('a restore', 'ada'),
    lost: (ledger: Ledger) => ledger.cancel(NAME, 'ada'),
  };
  for (const [because, refuse] of Object.entries(refusals)) {
    const bench = openLedger();
    const session = aSession({
      async prepare() {
        await refuse(bench.ledger);
        return { part: 0 };
      },
    });
    await using desk = openDesk(bench, session);
    await bench.ledger.add(anIntent());

    const next = await desk.wake();

    assert.deepEqual(publishes(session.calls), [], because);
    assert.deepEqual(desk.journal.testimonies(), []);
    assert.equal(next.kind, because === 'frozen' ? 'again' : 'done');
  }
});

test('nothing is sent when the lease ends during the preparations', async () => {
  const bench = openLedger();
  const session = aSession({
    async prepare(post, part) {
      const [under] = await bench.ledger.underWay();
      const gone = { senderIsGone: true, lookAfterMs: 0 };
      await bench.ledger.expire(NAME, under?.fence ?? 0, gone);
      return { part, text: post.text };
    },
  });
  await using desk = openDesk(bench, session);
  await bench.ledger.add(anIntent());

  const next = await desk.wake();

  assert.deepEqual(next, { kind: 'done', because: 'claim lost' });
  assert.deepEqual(publishes(session.calls), []);
  assert.equal(await bench.state(), 'scheduled');
});

test('a network that never answers ends in doubt, once, and in time', async () => {
  const bench = openLedger();
  const session = aSession({ publish: () => new Promise(() => {}) });
  await using desk = openDesk(bench, session, {
    settings: someSettings({ requestTimeoutMs: 50 }),
  });
  await bench.ledger.add(anIntent());
  const startedAt = performance.now();

  await desk.wake();

  assert.ok(performance.now() - startedAt < 5_000);
  assert.equal(await bench.state(), 'unconfirmed');
  assert.deepEqual(publishes(session.calls), ['publish 0']);
  assert.equal((await bench.ledger.get(NAME))?.error?.code, 'carillon:timeout');
  assert.equal(session.windows[0]?.isFresh(), false);
  assert.equal(session.windows[0]?.signal.aborted, true);
});

test('what a network stores after the end of the attempt is found', async () => {
  const bench = openLedger();
  const session = aSession({
    async publish(post) {
      await wait(700);
      session.show(post.text);
      throw new Error('too late for anybody');
    },
  });
  await using desk = openDesk(bench, session, {
    settings: someSettings({ requestTimeoutMs: 50 }),
  });
  await bench.ledger.add(anIntent());
  await desk.wake();
  await wait(800);

  assert.equal(await desk.wakeUntilDone(), 'published');
  assert.equal(session.posts.length, 1);
});

test('the window closes by either clock', async () => {
  const bench = openLedger();
  const clock = { wall: 1_000, steady: 0 };
  const session = aSession();
  await using desk = openDesk(bench, session, {
    clock: { now: () => clock.wall, monotonic: () => clock.steady },
  });
  await bench.ledger.add(anIntent());
  await desk.wake();
  const [window] = session.windows;
  const isFreshAt = (wall: number, steady: number) => {
    Object.assign(clock, { wall, steady });
    return window?.isFresh();
  };

  assert.equal(isFreshAt(1_500, 500), true);
  assert.equal(isFreshAt(1_500, 2_000), false);
  assert.equal(isFreshAt(3_000, 500), false);
  assert.equal(isFreshAt(-1_000, 500), false);
});

test('a journal that cannot be written sends nothing, says so and gives the claim back', async () => {
  const bench = openLedger();
  const session = aSession();
  await using desk = openDesk(bench, session, {});
  const { journal } = desk;
  const broken = {
    ...journal,
    intend() {
      throw new Error('The journal twitter.jsonl cannot be written (ENOSPC).');
    },
  };
  Object.assign(desk.publishing, { journal: broken });
  await bench.ledger.add(anIntent());

  const next = await desk.wake();

  assert.deepEqual(publishes(session.calls), []);
  assert.equal(next.kind, 'again');
  const record = await bench.ledger.get(NAME);
  assert.deepEqual(
    [record?.state, record?.attempts, record?.error?.code],
    ['scheduled', 0, 'carillon:journal'],
  );
  assert.match(record?.error?.message ?? '', /ENOSPC/);
  Object.assign(desk.publishing, { journal });
  assert.equal(await desk.wakeUntilDone(), 'published');
});

test('a receipt reaches the ledger even if the journal cannot take it', async () => {
  const bench = openLedger();
  const session = aSession();
  await using desk = openDesk(bench, session);
  const broken = {
    ...desk.journal,
    settle() {
      throw new Error('The journal cannot be written (ENOSPC).');
    },
  };
  Object.assign(desk.publishing, { journal: broken });
  await bench.ledger.add(anIntent());

  assert.deepEqual(await desk.wake(), { kind: 'done', because: 'published' });
  assert.ok(desk.said.some((line) => line.includes('ENOSPC')));
});

test('a ledger that does not answer the begin sends nothing, and nothing is left open', async () => {
  for (const wasMade of [true, false]) {
    const bench = openLedger();
    const session = aSession();
    let isAway = true;
    const ledger: Ledger = {
      ...bench.ledger,
      async begin(...args) {
        if (wasMade || !isAway) {
          const answer = await bench.ledger.begin(...args);
          if (!isAway) return answer;
        }
        isAway = false;
        throw new Error('Command timed out');
      },
    };
    await using desk = openDesk(bench, session, { ledger });
    await bench.ledger.add(anIntent());

    const next = await desk.wake();

    assert.deepEqual(publishes(session.calls), []);
    assert.equal(next.kind, 'again');
    assert.deepEqual(desk.journal.testimonies(), []);
    assert.equal((await bench.ledger.get(NAME))?.attempts, 0);
    assert.equal(await desk.wakeUntilDone(), 'published');
    assert.deepEqual(desk.recoveries, []);
    assert.equal(session.posts.length, 1);
  }
});

test('an outcome is told until the ledger has taken it', async () => {
  const bench = openLedger();
  const session = aSession();
  let failures = 0;
  const ledger: Ledger = {
    ...bench.ledger,
    async finish(...args) {
      if (failures++ < 2) throw new Error('Connection is closed.');
      return bench.ledger.finish(...args);
    },
  };
  await using desk = openDesk(bench, session, { ledger });
  await bench.ledger.add(anIntent());

  assert.deepEqual(await desk.wake(), { kind: 'done', because: 'published' });
  assert.equal(session.posts.length, 1);
  assert.equal(failures, 3);
});

test('"this is already there" after a doubt is looked up', async () => {
  const bench = openLedger();
  const errors: Error[] = [
    new OutcomeUnknownError('reset', { code: 'twitter:reset' }),
    new RejectedError('twice', { code: 'twitter:187', isDuplicate: true }),
  ];
  let shown = false;
  const session = aSession({
    async publish() {
      throw errors.shift() ?? new Error('asked once too often');
    },
    // The network stored the post and shows it late.
    find: async () => (shown ? [session.show('Our spring report is out', '7')] : []),
  });
  await using desk = openDesk(bench, session);
  await bench.ledger.add(anIntent());
  await desk.wake();
  await desk.wake();
  await desk.wake();
  assert.equal(await bench.state(), 'scheduled');
  await desk.wake();
  assert.equal(await bench.state(), 'unconfirmed');
  shown = true;

  assert.equal(await desk.wakeUntilDone(), 'published');
  assert.equal((await bench.ledger.get(NAME))?.receipt?.remoteId, '7');
});

test('what the network says to have is never given up, nor sent again, before a person says so', async () => {
  const bench = openLedger();
  const duplicate = () => new RejectedError('twice', { code: 'twitter:187', isDuplicate: true });
  const errors: Error[] = [
    new OutcomeUnknownError('reset', { code: 'twitter:reset' }),
    duplicate(),
    duplicate(),
  ];
  const session = aSession({
    async publish() {
      throw errors.shift() ?? new Error('asked once too often');
    },
  });
  // Two attempts: one more look that finds nothing would use them up.
  await using desk = openDesk(bench, session, { settings: someSettings({ attempts: 2 }) });
  await bench.ledger.add(anIntent());
  for (let wake = 0; wake < 6; wake++) {
    await desk.wake();
    await bench.redis.hset(`${bench.prefix}:ledger:publication:${NAME}`, 'lookAt', 0);
  }

  const record = await bench.ledger.get(NAME);
  assert.deepEqual([record?.state, errors.length], ['unconfirmed', 1]);
  assert.match(record?.error?.message ?? '', /refuses it as already posted/);
  assert.match(record?.error?.advice ?? '', /carillon confirm .*carillon retry .* --not-posted/);

  const options = { notPosted: true, publishByMs: 60_000 };
  await bench.ledger.retry(NAME, 'ann', options);
  await desk.wake();
  assert.equal(await bench.state(), 'failed', 'a person has said that it is another post');
});

test('a receipt that belongs to another publication is not believed', async () => {
  const bench = openLedger();
  const other = 'other/newsroom-x';
  const session = aSession({
    publish: async () => ({ remoteId: '7', url: 'https://x.example/7' }),
  });
  await using desk = openDesk(bench, session);
  await bench.ledger.add(anIntent());
  await bench.ledger.add(anIntent({ publication: other }));
  await desk.wake(other);

  await desk.wake();

  assert.equal(await bench.state(), 'sending');
  assert.ok(desk.said.some((line) => /^error: .*belongs to another/.test(line)));
});

test('a worker that is told to stop gives back what has not begun, for another to take', async () => {
  const bench = openLedger();
  const session = aSession({
    async prepare(_post, part, _draft, signal) {
      desk.stop();
      signal.throwIfAborted();
      return { part };
    },
  });
  await using desk = openDesk(bench, session);
  await bench.ledger.add(anIntent());

  const next = await desk.wake();

  assert.equal(next.kind, 'again');
  const record = await bench.ledger.get(NAME);
  assert.deepEqual([record?.state, record?.attempts], ['scheduled', 0]);
  assert.equal((await bench.claimToPublish()).attempt, 1);
});

test('a worker that is told to stop does not begin, even if the preparations went through', async () => {
  const bench = openLedger();
  const session = aSession({
    async prepare(_post, part) {
      desk.stop();
      return { part, mediaIds: ['9'] };
    },
  });
  await using desk = openDesk(bench, session);
  await bench.ledger.add(anIntent());

  await desk.wake();

  assert.deepEqual(publishes(session.calls), []);
  assert.deepEqual((await bench.claimToPublish()).draft, { part: 0, mediaIds: ['9'] });
});

test('a worker that is told to stop waits for the request that is under way', async () => {
  const bench = openLedger();
  const session = aSession({
    async publish(post) {
      desk.stop();
      await wait(30);
      return session.show(post.text);
    },
  });
  await using desk = openDesk(bench, session);
  await bench.ledger.add(anIntent());

  assert.deepEqual(await desk.wake(), { kind: 'done', because: 'published' });
});

test('a publication that was judged absent while its sender was still at work is not lost twice', async () => {
  const bench = openLedger();
  const session = aSession({
    async publish(post) {
      // Everybody takes this worker for dead, and looks before its request arrives.
      const [under] = await bench.ledger.underWay();
      const gone = { senderIsGone: true, lookAfterMs: 0 };
      await bench.ledger.expire(NAME, under?.fence ?? 0, gone);
      await bench.ledger.judge(NAME, await bench.claimToLook(), absent({ isFinal: true }));
      return session.show(post.text);
    },
  });
  await using desk = openDesk(bench, session);
  await bench.ledger.add(anIntent());

  await desk.wake();

  assert.equal(await bench.state(), 'published');
  assert.deepEqual(await desk.wake(), { kind: 'done', because: 'published' });
  assert.equal(session.posts.length, 1);
});
