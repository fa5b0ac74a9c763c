import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AccountLimits } from '../../src/core/limits.ts';
import { type AttemptTally, LATENESS_BOUNDS_MS } from '../../src/ledger/tallies.ts';
import {
  accountRefused,
  aHold,
  anIntent,
  aThread,
  type Bench,
  found,
  NAME,
  notSent,
  pass,
  posted,
  publishAll,
  rejected,
  unknown,
  useLedgers,
} from '../support/ledger.ts';

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0);

/** Which bound a single publication fell under, in milliseconds. */
const boundOf = (counts: readonly number[]) => LATENESS_BOUNDS_MS[counts.indexOf(1)];

const inWords = (attempts: readonly AttemptTally[]) =>
  Object.fromEntries(attempts.map(({ outcome, count }) => [outcome, count]));

const limits: AccountLimits = {
  known: [{ name: 'posts', of: 'account', posts: 2, perMs: 60_000 }],
};

async function addDue(bench: Bench, agoMs: number, publication = NAME) {
  const { due } = await bench.ledger.add(anIntent({ publication, publishByMs: 10_000_000 }));
  const base = `${bench.prefix}:ledger:`;
  // As if it had been there all the time, and nobody had come for it.
  await bench.redis.hset(`${base}publication:${publication}`, 'due', due - agoMs);
  await bench.redis.zadd(`${base}wake`, due - agoMs, publication);
}

describe('the ledger counts', () => {
  const openBench = useLedgers();

  it('how late each publication went out, once', async () => {
    const bench = openBench();
    await addDue(bench, 7_000);
    const claim = await bench.startSending({ claimant: { lookIfLateMs: 60_000 } });
    await bench.ledger.finish(NAME, claim.fence, posted());
    await bench.ledger.finish(NAME, claim.fence, posted());

    const { lateness } = await bench.ledger.tallies();

    assert.equal(lateness.length, 1);
    const [one] = lateness;
    assert.equal(one?.network, 'twitter');
    assert.equal(one?.isHeldBack, false);
    assert.equal(sumOf(one?.counts ?? []), 1);
    assert.equal(boundOf(one?.counts ?? []), 10_000);
    assert.ok((one?.sumMs ?? 0) >= 7_000 && (one?.sumMs ?? 0) < 10_000, String(one?.sumMs));
  });

  it('what is later than every bound', async () => {
    const bench = openBench();
    await addDue(bench, 8_000_000);
    const claim = await bench.startSending({ claimant: { lookIfLateMs: 90_000_000 } });
    await bench.ledger.finish(NAME, claim.fence, posted());

    const { lateness } = await bench.ledger.tallies();

    assert.equal(lateness[0]?.counts.at(-1), 1);
  });

  it('a thread by the time at which all of it is up', async () => {
    const bench = openBench();
    await bench.ledger.add(anIntent({ post: aThread() }));

    await publishAll(bench);

    const { lateness, attempts } = await bench.ledger.tallies();
    assert.equal(sumOf(lateness[0]?.counts ?? []), 1);
    assert.deepEqual(inWords(attempts), { posted: 3 });
  });

  it('apart what waited for a person after its time', async () => {
    const bench = openBench();
    await bench.ledger.add(anIntent());
    await bench.ledger.pause('newsroom-x', aHold());
    await bench.claim();
    assert.equal(await bench.state(), 'held');
    await pass(20);
    await bench.ledger.resume('newsroom-x', 'ada', 0);

    await publishAll(bench);

    const { lateness } = await bench.ledger.tallies();
    assert.deepEqual(
      lateness.map(({ isHeldBack, counts }) => [isHeldBack, sumOf(counts)]),
      [[true, 1]],
    );
    assert.equal(await bench.field('heldBack'), null);
  });

  it('nobody as held back who was let go before the time', async () => {
    const bench = openBench();
    const due = (await bench.ledger.now()) + 300;
    const approval = { status: 'required' } as const;
    const intent = anIntent({ due, approval });
    await bench.ledger.add(intent);
    await bench.ledger.approve(NAME, { fingerprint: intent.fingerprint, due }, 'ada');
    await pass(300);

    await publishAll(bench);

    const { lateness } = await bench.ledger.tallies();
    assert.deepEqual(
      lateness.map(({ isHeldBack }) => isHeldBack),
      [false],
    );
  });

  it('apart what a limit held back', async () => {
    const bench = openBench();
    await bench.ledger.add(anIntent());
    await bench.ledger.sawLimits('newsroom-x', undefined, [
      { kind: 'stop', of: 'account', what: 'posts', forMs: 30 },
    ]);
    await bench.claim({ limits });
    await pass(40);

    await publishAll(bench);

    const { lateness } = await bench.ledger.tallies();
    assert.deepEqual(
      lateness.map(({ isHeldBack }) => isHeldBack),
      [true],
    );
  });

  it('nothing of what a person has confirmed', async () => {
    const bench = openBench();
    await bench.ledger.add(anIntent());
    await bench.fallIntoDoubt();
    await bench.ledger.confirm(NAME, { remoteId: '7', url: 'https://x.example/7' }, 'ada');

    const { lateness, attempts } = await bench.ledger.tallies();

    assert.deepEqual(lateness, []);
    assert.deepEqual(inWords(attempts), { unknown: 1 });
  });

  it('each attempt by how it ended, by account', async () => {
    const bench = openBench();
    const accounts = ['a-x', 'a-x', 'a-x', 'limited-x', 'a-x', 'a-x'];
    const names = accounts.map((account, i) => `entry-${i}/${account}`);
    const outcomes = [
      posted(),
      rejected(),
      notSent(),
      notSent({ spendsAttempt: false, limit: 'account', retryInMs: 1 }),
      unknown(),
      accountRefused(),
    ];
    for (const publication of names) await bench.ledger.add(anIntent({ publication }));
    for (const [i, publication] of names.entries()) {
      const { fence } = await bench.startSending({ publication });
      await bench.ledger.finish(publication, fence, outcomes[i] ?? posted());
      // Asked again, as after a lost answer.
      await bench.ledger.finish(publication, fence, outcomes[i] ?? posted());
    }

    const { attempts } = await bench.ledger.tallies();

    assert.deepEqual(inWords(attempts), {
      ...{ posted: 1, refused: 1, 'account-refused': 1, 'not-sent': 1, limited: 1, unknown: 1 },
    });
    assert.equal(attempts.find(({ outcome }) => outcome === 'limited')?.account, 'limited-x');
  });

  it('an attempt that was called off not at all', async () => {
    const bench = openBench();
    await bench.ledger.add(anIntent());
    const { fence } = await bench.claimToPublish();
    await bench.ledger.finish(NAME, fence, notSent({ spendsAttempt: false }));

    assert.deepEqual((await bench.ledger.tallies()).attempts, []);
  });

  it('a sender that vanished as unknown, and not again when its answer comes', async () => {
    const bench = openBench();
    await bench.ledger.add(anIntent());
    const { fence } = await bench.startSending();
    await bench.ledger.expire(NAME, fence, { senderIsGone: true, lookAfterMs: 0 });
    await bench.ledger.finish(NAME, fence, posted());

    const { attempts, lateness } = await bench.ledger.tallies();

    assert.deepEqual(inWords(attempts), { unknown: 1 });
    assert.equal(sumOf(lateness[0]?.counts ?? []), 1);
  });

  it('one that was found as on time or late like any other', async () => {
    const bench = openBench();
    await bench.ledger.add(anIntent());
    await bench.fallIntoDoubt();
    const look = await bench.claimToLook();
    await bench.ledger.judge(NAME, look, found());

    const { lateness, attempts } = await bench.ledger.tallies();

    assert.equal(sumOf(lateness[0]?.counts ?? []), 1);
    assert.deepEqual(inWords(attempts), { unknown: 1 });
  });

  it('what is due and does not move, but nothing that a pause or a limit keeps', async () => {
    const bench = openBench();
    await addDue(bench, 5_000, 'one/newsroom-x');
    await addDue(bench, 3_000, 'two/newsroom-x');
    await addDue(bench, 9_000, 'three/paused-x');
    await addDue(bench, -60_000, 'four/newsroom-x');
    await bench.ledger.pause('paused-x', aHold());

    const { due, now } = await bench.ledger.tallies();

    assert.deepEqual([...due.keys()], ['twitter']);
    assert.equal(due.get('twitter')?.count, 2);
    const agoMs = now - (due.get('twitter')?.since ?? 0);
    assert.ok(agoMs >= 5_000 && agoMs < 9_000, String(agoMs));
  });

  it('since when the longest is unconfirmed, and every post too many', async () => {
    const bench = openBench();
    await bench.ledger.add(anIntent());
    await bench.fallIntoDoubt();
    await bench.endTime('doubtAt', 4_000);

    const doubtful = await bench.ledger.tallies();
    assert.ok(doubtful.now - (doubtful.unconfirmedSince.get('twitter') ?? 0) >= 4_000);
    assert.equal(doubtful.duplicates, 0);

    const fence = Number(await bench.field('begunFence'));
    const second = { remoteId: '8', url: 'https://x.example/8' };
    await bench.ledger.finish(NAME, fence, posted());
    await bench.ledger.finish(NAME, fence, posted({ receipt: second }));
    const twice = await bench.ledger.tallies();
    assert.equal(twice.duplicates, 1);
    assert.equal(twice.unconfirmedSince.size, 0);
  });

  it('workers that had gone deaf', async () => {
    const bench = openBench();
    await bench.ledger.countReplacement('twitter');
    await bench.ledger.countReplacement('twitter');

    assert.deepEqual([...(await bench.ledger.tallies()).replacements], [['twitter', 2]]);
  });

  it('the room that limits leave, without what is under way', async () => {
    const bench = openBench();
    const accounts = [{ account: 'newsroom-x', limits: { ...limits, app: 'a1' } }];
    const leftNow = async () =>
      (await bench.ledger.limitRooms(accounts)).map(({ of, limit, left, most }) => [
        ...[of, limit, left, most],
      ]);
    assert.deepEqual(await leftNow(), [['account', 'posts', 2, 2]]);

    await bench.ledger.add(anIntent());
    const claim = await bench.claimToPublish({ limits: { ...limits, app: 'a1' } });
    assert.deepEqual(await leftNow(), [['account', 'posts', 1, 2]]);

    await bench.ledger.begin(NAME, claim.fence, 0, 60_000);
    await bench.ledger.finish(NAME, claim.fence, posted());
    await bench.ledger.sawLimits('newsroom-x', 'a1', [
      {
        ...{ kind: 'window', of: 'app', name: 'day', most: 50, left: 7 },
        ...{ perMs: 86_400_000, resetInMs: 60_000 },
      } as const,
    ]);
    assert.deepEqual(await leftNow(), [
      ['account', 'posts', 1, 2],
      ['app', 'day', 7, 50],
    ]);

    await bench.ledger.sawLimits('newsroom-x', 'a1', [
      { kind: 'stop', of: 'app', what: 'posts', forMs: 60_000 },
    ]);
    assert.deepEqual(
      (await bench.ledger.limitRooms(accounts)).map(({ left }) => left),
      [1, 0],
    );
    assert.deepEqual(await bench.ledger.limitRooms([]), []);
  });
});
