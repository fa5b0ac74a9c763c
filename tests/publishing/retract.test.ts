import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  OutcomeUnknownError,
  RateLimitedError,
  RejectedError,
  TransientError,
  UnauthorizedError,
} from '../../src/core/errors.ts';
import { carryOutRetraction, retractDue } from '../../src/publishing/retract.ts';
import { aHold, anIntent, aThread, type Bench, NAME, useLedgers } from '../support/ledger.ts';
import { aSession, type FakeSession, openDesk, openTakingBackDesk } from '../support/publishing.ts';

const openLedger = useLedgers();
const wish = { by: 'ada', reason: 'wrong figures', isByHand: false };

async function publish(bench: Bench, session: FakeSession, ...texts: string[]): Promise<void> {
  await using desk = openDesk(bench, session);
  await bench.ledger.add(anIntent({ post: aThread(...texts) }));
  assert.equal(await desk.wakeUntilDone(), 'published');
  session.calls.length = 0;
}

test('every part of a thread is deleted, the last first, and each is written down before the ledger hears of it', async () => {
  const bench = openLedger();
  const session = aSession();
  await publish(bench, session, 'One', 'Two', 'Three');
  const desk = openTakingBackDesk(bench, session);

  await bench.ledger.retract(NAME, wish);
  await retractDue('twitter', desk);

  assert.deepEqual(session.calls, ['remove id-3', 'remove id-2', 'remove id-1']);
  assert.deepEqual(session.posts, []);
  assert.equal(await bench.state(), 'retracted');
  assert.deepEqual(
    desk.noted.map(({ gone }) => gone),
    [[], ['id-3'], ['id-3', 'id-2'], ['id-3', 'id-2', 'id-1']],
  );
});

test('what stands beside it on the account with the same text is not touched', async () => {
  const bench = openLedger();
  const session = aSession();
  await publish(bench, session, 'One');
  const twin = session.show('One', 'twin');

  await bench.ledger.retract(NAME, wish);
  await retractDue('twitter', openTakingBackDesk(bench, session));

  assert.deepEqual(session.calls, ['remove id-1']);
  assert.deepEqual(session.posts, [twin]);
});

test('what the network asks to wait for, or does not answer, goes on by itself', async () => {
  const retryAt = new Date(Date.now() + 90_000);
  const failures = [
    [new RateLimitedError('X asks to wait.', { code: 'twitter:429', retryAt }), 80_000, 90_000],
    [new TransientError('X did not answer.', { code: 'twitter:timeout' }), 4_000, 5_000],
    [new OutcomeUnknownError('X failed.', { code: 'twitter:503' }), 4_000, 5_000],
    [new Error('a bug'), 4_000, 5_000],
  ] as const;
  for (const [failure, least, most] of failures) {
    const bench = openLedger();
    const session = aSession({
      remove: async () => {
        throw failure;
      },
    });
    await publish(bench, session, 'One');

    await bench.ledger.retract(NAME, wish);
    await retractDue('twitter', openTakingBackDesk(bench, session));

    const { state, error } = (await bench.ledger.get(NAME)) ?? {};
    assert.equal(state, 'published');
    assert.match(error?.advice ?? '', /tries again by itself/);
    const at = await bench.redis.zscore(`${bench.prefix}:ledger:retracting:twitter`, NAME);
    const inMs = Number(at) - (await bench.ledger.now());
    assert.ok(inMs > least && inMs <= most, `${failure.message}: ${inMs}`);
  }
});

test('what the network refuses stays published, with a sentence and one thing to do', async () => {
  for (const Refusal of [RejectedError, UnauthorizedError]) {
    const bench = openLedger();
    const session = aSession({
      remove: async () => {
        throw new Refusal('X refused the request.', { code: 'twitter:403' });
      },
    });
    await publish(bench, session, 'One');

    await bench.ledger.retract(NAME, wish);
    await retractDue('twitter', openTakingBackDesk(bench, session));

    const { state, error, retraction } = (await bench.ledger.get(NAME)) ?? {};
    assert.deepEqual([state, retraction?.needsPerson], ['published', true]);
    assert.match(error?.message ?? '', /still live and could not be deleted: X refused/);
    assert.match(
      error?.advice ?? '',
      /Delete https:.* by hand, then run "carillon retract .* --done"/,
    );
    const canBeMended = /carillon connect newsroom-x.*"carillon retract \S+" again/;
    assert.equal(canBeMended.test(error?.advice ?? ''), Refusal === UnauthorizedError);
    assert.equal((await bench.ledger.holds()).size, 0);
  }
});

test('a pause does not stop it', async () => {
  const bench = openLedger();
  const session = aSession();
  await publish(bench, session, 'One');
  await bench.ledger.pause('*', aHold());

  await bench.ledger.retract(NAME, wish);
  await retractDue('twitter', openTakingBackDesk(bench, session));

  assert.equal(await bench.state(), 'retracted');
});

test('a journal that cannot be written does not keep it up', async () => {
  const bench = openLedger();
  const session = aSession();
  await publish(bench, session, 'One');
  const note = () => {
    throw new Error('The disk is full.');
  };

  await bench.ledger.retract(NAME, wish);
  await retractDue('twitter', openTakingBackDesk(bench, session, { note }));

  assert.equal(await bench.state(), 'retracted');
});

test('two that delete the same at once do no harm', async () => {
  const bench = openLedger();
  const session = aSession();
  await publish(bench, session, 'One', 'Two');
  await bench.ledger.retract(NAME, wish);
  const desk = openTakingBackDesk(bench, session);
  const mine = await bench.ledger.takeRetraction('twitter', 1_000, NAME);
  const theirs = await bench.ledger.takeRetraction('twitter', 1_000, NAME);
  assert.ok(mine && theirs);

  await Promise.all([carryOutRetraction(mine, desk), carryOutRetraction(theirs, desk)]);

  assert.equal(await bench.state(), 'retracted');
  const kinds = await bench.kinds();
  assert.equal(kinds.filter((kind) => kind === 'deleted').length, 2);
  assert.equal(kinds.filter((kind) => kind === 'retracted').length, 1);
});

test('what is in doubt and wanted to be gone is deleted once it is found', async () => {
  const bench = openLedger();
  const session = aSession();
  await using desk = openDesk(bench, session);
  await bench.ledger.add(anIntent());
  await bench.fallIntoDoubt();
  session.show('Our spring report is out', '7');

  await bench.ledger.retract(NAME, wish);
  await desk.wakeUntilDone();
  await retractDue('twitter', openTakingBackDesk(bench, session));

  assert.equal(await bench.state(), 'retracted');
  assert.deepEqual(session.posts, []);
});
