import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  aHold,
  anIntent,
  aPost,
  aThread,
  NAME,
  posted,
  unknown,
  useLedgers,
} from '../support/ledger.ts';

const openLedger = useLedgers();
const HOUR = 3_600_000;

test('what somebody holds does not go out, and says who holds it and why', async () => {
  const { ledger, claim } = openLedger();
  await ledger.add(anIntent());

  const step = await ledger.holdOne(NAME, 'ada', 'the lawyer reads it.');

  assert.deepEqual([step.changed, step.state], [true, 'held']);
  assert.deepEqual(await claim(), { to: 'go-home', because: 'held' });
  const record = await ledger.get(NAME);
  assert.equal(record?.error?.code, 'held-by-hand');
  assert.equal(record?.error?.message, 'Held by ada: the lawyer reads it.');
  assert.equal(record?.heldByHand?.by, 'ada');
});

test('held twice it is held once, by whoever was first', async () => {
  const { ledger } = openLedger();
  await ledger.add(anIntent());
  await ledger.holdOne(NAME, 'ada', '');

  const again = await ledger.holdOne(NAME, 'grace', 'me too');

  assert.equal(again.changed, false);
  assert.equal((await ledger.get(NAME))?.heldByHand?.by, 'ada');
});

test('released it goes out, and a second release changes nothing', async () => {
  const { ledger, claim } = openLedger();
  await ledger.add(anIntent());
  await ledger.holdOne(NAME, 'ada', '');

  const step = await ledger.releaseOne(NAME, 'grace');
  const again = await ledger.releaseOne(NAME, 'ada');

  assert.deepEqual([step.changed, step.state], [true, 'scheduled']);
  assert.equal(again.changed, false);
  assert.equal((await claim()).to, 'publish');
  const kinds = (await ledger.story(NAME)).map(({ kind }) => kind);
  assert.deepEqual(kinds, ['planned', 'held by hand', 'released']);
});

test('a worker that has it in its hands loses it, and its attempt is not counted', async () => {
  const { ledger, claimToPublish } = openHolding();
  const { fence } = await claimToPublish();

  const step = await ledger.holdOne(NAME, 'ada', '');

  assert.equal(step.changed, true);
  assert.deepEqual(await ledger.begin(NAME, fence, 0, 1_000), { begun: false, because: 'lost' });
  assert.equal((await ledger.get(NAME))?.attempts, 0);
});

test('it stays held through another text, another time, an approval and the end of a pause', async () => {
  const { ledger, generation } = openLedger();
  const approval = { status: 'required' } as const;
  await ledger.add(anIntent({ approval }));
  await ledger.holdOne(NAME, 'ada', '');

  const words = anIntent({ approval, post: aPost({ text: 'Better words' }), fingerprint: 'other' });
  await ledger.amend(words, await generation());
  const now = await ledger.now();
  await ledger.move(NAME, now + HOUR, 'ada');
  await ledger.approve(NAME, { fingerprint: 'other', due: now + HOUR }, 'ada');
  await ledger.pause('newsroom-x', aHold());
  await ledger.resume('newsroom-x', 'ada', 0);

  const record = await ledger.get(NAME);
  assert.equal(record?.state, 'held');
  assert.equal(record?.error?.code, 'held-by-hand');
  assert.equal((await ledger.releaseOne(NAME, 'ada')).state, 'scheduled');
});

test('released it waits for the approval that nobody gave meanwhile', async () => {
  const { ledger } = openLedger();
  await ledger.add(anIntent({ approval: { status: 'required' } }));
  await ledger.holdOne(NAME, 'ada', '');

  const step = await ledger.releaseOne(NAME, 'ada');

  assert.equal(step.state, 'held');
  assert.notEqual((await ledger.get(NAME))?.error?.code, 'held-by-hand');
});

test('held beyond its last moment it is missed, and who sends it again releases it', async () => {
  const { ledger, claim } = openLedger();
  const now = await ledger.now();
  await ledger.add(anIntent({ due: now - HOUR, publishByMs: 1_000 }));
  await ledger.holdOne(NAME, 'ada', '');

  await ledger.miss(NAME);
  assert.equal((await ledger.get(NAME))?.error?.code, 'held-too-long');
  await ledger.retry(NAME, 'ada', { notPosted: false, publishByMs: HOUR });

  assert.equal((await ledger.get(NAME))?.state, 'scheduled');
  assert.notEqual((await claim()).to, 'go-home');
});

test('what may be live, is live or is over cannot be held', async () => {
  const { ledger, claimToPublish } = openHolding();
  const { fence } = await claimToPublish();
  await ledger.begin(NAME, fence, 0, 60_000);
  const sending = await ledger.holdOne(NAME, 'ada', '');
  await ledger.finish(NAME, fence, unknown());
  const unconfirmed = await ledger.holdOne(NAME, 'ada', '');
  await ledger.finish(NAME, fence, posted());
  const published = await ledger.holdOne(NAME, 'ada', '');
  const missing = await ledger.holdOne('nothing/newsroom-x', 'ada', '');

  assert.deepEqual(
    [sending, unconfirmed, published, missing].map(({ changed, state }) => [changed, state]),
    [
      [false, 'sending'],
      [false, 'unconfirmed'],
      [false, 'published'],
      [false, 'missing'],
    ],
  );
});

test('a thread of which a part is live is finished', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent({ post: aThread('One', 'Two') }));
  const directive = await bench.claim();
  assert.ok(directive.to === 'publish');
  await bench.ledger.begin(NAME, directive.claim.fence, 0, 1_000);
  await bench.ledger.finish(NAME, directive.claim.fence, posted());

  const step = await bench.ledger.holdOne(NAME, 'ada', '');

  assert.equal(step.changed, false);
});

function openHolding() {
  const bench = openLedger();
  return {
    ...bench,
    async claimToPublish() {
      await bench.ledger.add(anIntent());
      const directive = await bench.claim();
      assert.ok(directive.to === 'publish');
      return directive.claim;
    },
  };
}
