import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RejectedError, TransientError } from '../../src/core/errors.ts';
import type { Session } from '../../src/networks/network.ts';
import { correctDue } from '../../src/publishing/correct.ts';
import { anIntent, aPost, type Bench, NAME, useLedgers } from '../support/ledger.ts';
import { aSession, type FakeSession, openDesk, openTakingBackDesk } from '../support/publishing.ts';

const openLedger = useLedgers();
const post = aPost({ text: 'With the right figures' });
const wish = { post, fingerprint: 'new', by: 'ada' };
const noAnswer = new TransientError('No answer came.', { code: 'twitter:timeout' });

async function publish(bench: Bench, session: FakeSession): Promise<void> {
  await using desk = openDesk(bench, session);
  await bench.ledger.add(anIntent());
  assert.equal(await desk.wakeUntilDone(), 'published');
  session.calls.length = 0;
}

/** A post that is out and wanted to be corrected, on a network that answers an edit like this. */
async function aWish(edit?: (session: FakeSession) => Session['edit']) {
  const bench = openLedger();
  const session: FakeSession = aSession({
    edit: (...args) => edit?.(session)?.(...args) ?? change(session)(...args),
  });
  await publish(bench, session);
  await bench.ledger.wantCorrection(NAME, wish);
  return { bench, session, desk: openTakingBackDesk(bench, session) };
}

/** What a network does with an edit. */
function change(session: FakeSession): NonNullable<Session['edit']> {
  return async (remoteId, { text }) => {
    const at = session.posts.findIndex((one) => one.remoteId === remoteId);
    const known = session.posts[at];
    if (known !== undefined) session.posts[at] = { ...known, text };
  };
}

test('the text is changed on the network, and then in the ledger', async () => {
  const { bench, session, desk } = await aWish();

  await correctDue('twitter', desk);

  assert.deepEqual(session.calls, ['edit id-1']);
  assert.equal(session.posts[0]?.text, post.text);
  assert.deepEqual(await bench.ledger.post(NAME), post);
  assert.equal((await bench.ledger.get(NAME))?.fingerprint, 'new');
});

test('an edit without a clear answer is read back before anything is said', async () => {
  for (const isDone of [true, false]) {
    const { bench, session, desk } = await aWish((known) => async (...args) => {
      if (isDone) await change(known)?.(...args);
      throw noAnswer;
    });

    await correctDue('twitter', desk);

    assert.deepEqual(session.calls, ['edit id-1', 'read id-1']);
    const { fingerprint, error } = (await bench.ledger.get(NAME)) ?? {};
    assert.equal(fingerprint === 'new', isDone);
    if (!isDone) assert.match(error?.advice ?? '', /tries again by itself/);
  }
});

test('where only a letter is corrected, the old text is not taken for the new one', async () => {
  const bench = openLedger();
  const session = aSession({
    edit: async () => {
      throw noAnswer;
    },
  });
  await publish(bench, session);
  const spelt = aPost({ text: aPost().text.replace('spring', 'Spring') });
  await bench.ledger.wantCorrection(NAME, { ...wish, post: spelt });

  await correctDue('twitter', openTakingBackDesk(bench, session));

  assert.notEqual((await bench.ledger.get(NAME))?.fingerprint, 'new');
});

test('what an earlier attempt has done unheard is not done again', async () => {
  const { bench, session, desk } = await aWish(() => async () => {
    throw noAnswer;
  });
  await correctDue('twitter', desk);
  await change(session)?.('id-1', post, new AbortController().signal);
  session.calls.length = 0;
  await bench.redis.zadd(`${bench.prefix}:ledger:correcting:twitter`, 0, NAME);

  await correctDue('twitter', desk);

  assert.deepEqual(session.calls, ['read id-1']);
  assert.equal((await bench.ledger.get(NAME))?.fingerprint, 'new');
});

test('what the network refuses leaves the text as it was, and says so', async () => {
  const { bench, session, desk } = await aWish(() => async () => {
    throw new RejectedError('Not made by this app.', { code: 'facebook:200' });
  });

  await correctDue('twitter', desk);

  const { state, error } = (await bench.ledger.get(NAME)) ?? {};
  assert.equal(state, 'published');
  assert.match(
    error?.message ?? '',
    /could not be changed, and is as it was: Not made by this app/,
  );
  assert.deepEqual(await bench.ledger.post(NAME), aPost());
  assert.equal(session.posts[0]?.text, aPost().text);
});
