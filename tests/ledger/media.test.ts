import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Media } from '../../src/core/post.ts';
import {
  anError,
  anIntent,
  aPost,
  type Bench,
  NAME,
  pass,
  posted,
  publishAll,
  rejected,
  useLedgers,
} from '../support/ledger.ts';

const openLedger = useLedgers();
const bytes = Buffer.from([0, 255, 10]);
const DAY = 86_400_000;

function anImage(hash = 'a'): Media {
  return { hash, type: 'image/png', size: 3, alt: '', file: 'a.png' };
}

/** A publication with an image, long after both were stored. */
async function openBench({ due }: { due?: number } = {}): Promise<Bench> {
  const bench = openLedger();
  await bench.ledger.putMedia(anImage(), bytes);
  await bench.ledger.add(anIntent({ due, post: aPost({ media: [anImage()] }) }));
  await pass(5);
  return bench;
}

const options = { unwantedMs: 1, retryMs: DAY };

test('an image stays while its publication may be sent, whatever its state', async () => {
  const states: Readonly<Record<string, (bench: Bench) => Promise<unknown>>> = {
    scheduled: async () => {},
    claimed: ({ claimToPublish }) => claimToPublish(),
    held: async ({ ledger, claim }) => {
      await ledger.pause('*', { kind: 'operator', by: 'ada', reason: '', at: 0 });
      await claim();
    },
    handoff: ({ claim }) => claim({ assisted: true }),
    sending: ({ startSending }) => startSending(),
    unconfirmed: ({ fallIntoDoubt }) => fallIntoDoubt(),
    failed: async ({ ledger, startSending }) =>
      ledger.finish(NAME, (await startSending()).fence, rejected()),
  };
  for (const [state, reach] of Object.entries(states)) {
    const bench = await openBench();
    await reach(bench);

    assert.equal(await bench.ledger.removeMedia(options), 0, state);

    assert.deepEqual(await bench.ledger.media('a'), bytes, state);
  }
});

test('a failed publication whose image stayed is sent again with it', async () => {
  const { ledger, startSending, claimToPublish } = await openBench();
  await ledger.finish(NAME, (await startSending()).fence, rejected());
  await ledger.removeMedia(options);
  await ledger.retry(NAME, 'ada', { notPosted: false, publishByMs: 60_000 });

  const { post } = await claimToPublish();

  assert.deepEqual(await ledger.media(post.media[0]?.hash ?? ''), bytes);
});

test('an image goes once its publication is up, or is taken out', async () => {
  const ends: Readonly<Record<string, (bench: Bench) => Promise<unknown>>> = {
    published: (bench) => publishAll(bench),
    cancelled: ({ ledger }) => ledger.cancel(NAME, 'ada'),
  };
  for (const [state, reach] of Object.entries(ends)) {
    const bench = await openBench();
    await reach(bench);
    await pass(5);

    assert.equal(await bench.ledger.removeMedia(options), 1, state);

    assert.equal(await bench.ledger.wantMedia('a'), false, state);
    assert.equal(await bench.ledger.removeMedia(options), 0, state);
  }
});

test('the image of a publication that was missed long ago goes', async () => {
  const bench = openLedger();
  await bench.ledger.putMedia(anImage(), bytes);
  const due = (await bench.ledger.now()) - 2 * DAY;
  await bench.ledger.addMissed(anIntent({ due, post: aPost({ media: [anImage()] }) }), anError());
  await pass(5);

  assert.equal(await bench.ledger.removeMedia({ ...options, retryMs: 3 * DAY }), 0);
  await pass(5);
  assert.equal(await bench.ledger.removeMedia(options), 1);
});

test('an image that somebody has just wanted stays, though nothing names it yet', async () => {
  const { ledger } = openLedger();
  await ledger.putMedia(anImage(), bytes);
  const unwantedMs = 300;
  await pass(unwantedMs);

  assert.equal(await ledger.wantMedia('a'), true);

  assert.equal(await ledger.removeMedia({ ...options, unwantedMs }), 0);
  assert.deepEqual(await ledger.media('a'), bytes);
});

test('an image that two publications share stays until both are up', async () => {
  const bench = await openBench();
  const other = 'spring-report/newsroom-page';
  await bench.ledger.add(anIntent({ publication: other, post: aPost({ media: [anImage()] }) }));

  await publishAll(bench);
  await pass(5);
  assert.equal(await bench.ledger.removeMedia(options), 0);

  const { fence } = await bench.startSending({ publication: other });
  await bench.ledger.finish(
    other,
    fence,
    posted({ receipt: { remoteId: '2', url: 'https://x.example/2' } }),
  );
  await pass(5);
  assert.equal(await bench.ledger.removeMedia(options), 1);
});
