import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  anIntent,
  aPost,
  aThread,
  NAME,
  posted,
  publishAll,
  rejected,
  useLedgers,
} from '../support/ledger.ts';

const openLedger = useLedgers();
const HOUR = 3_600_000;

test('what is moved goes out at its new time, and the story says by whom', async () => {
  const { ledger, claim } = openLedger();
  const now = await ledger.now();
  await ledger.add(anIntent({ due: now }));

  const step = await ledger.move(NAME, now + HOUR, 'ada');

  assert.equal(step.changed, true);
  const record = await ledger.get(NAME);
  assert.deepEqual([record?.due, record?.nextAt], [now + HOUR, now + HOUR]);
  assert.equal(record?.publishBy, now + HOUR + 60_000);
  assert.deepEqual(record?.moved, { by: 'ada', asked: String(now) });
  assert.equal((await claim()).to, 'wait');
  const told = (await ledger.story(NAME)).find(({ kind }) => kind === 'moved');
  assert.deepEqual(told?.detail, { due: now + HOUR, by: 'ada' });
});

test('the job of the old time finds that it is not meant', async () => {
  const { ledger, generation, claim } = openLedger();
  await ledger.add(anIntent());
  const old = await generation();

  await ledger.move(NAME, (await ledger.now()) - 1, 'ada');

  const directive = await ledger.claim(NAME, old, {
    sender: 'host:1:1',
    leaseMs: 1_000,
    assisted: false,
    lookIfLateMs: 900_000,
  });
  assert.deepEqual(directive, { to: 'go-home', because: 'superseded' });
  assert.equal((await claim()).to, 'publish');
});

test('it stays where it was moved while the config asks for the same, and goes where the config newly says', async () => {
  const { ledger, generation } = openLedger();
  const now = await ledger.now();
  const intent = anIntent({ due: now + HOUR });
  await ledger.add(intent);
  await ledger.move(NAME, now + 3 * HOUR, 'ada');

  const words = anIntent({ due: now + HOUR, post: aPost({ text: 'Better words' }) });
  await ledger.amend(words, await generation());
  assert.equal((await ledger.get(NAME))?.due, now + 3 * HOUR);
  assert.equal((await ledger.get(NAME))?.moved?.by, 'ada');

  await ledger.amend({ ...words, due: now + 2 * HOUR }, await generation());
  assert.equal((await ledger.get(NAME))?.due, now + 2 * HOUR);
  assert.equal((await ledger.get(NAME))?.moved, undefined);
});

test('moved twice, it is still the first word of the config that counts', async () => {
  const { ledger, generation } = openLedger();
  const now = await ledger.now();
  const intent = anIntent({ due: now + HOUR });
  await ledger.add(intent);
  await ledger.move(NAME, now + 2 * HOUR, 'ada');
  await ledger.move(NAME, now + 3 * HOUR, 'ben');

  assert.deepEqual((await ledger.get(NAME))?.moved, { by: 'ben', asked: String(now + HOUR) });
  await ledger.amend({ ...intent, publishByMs: 5_000 }, await generation());
  assert.equal((await ledger.get(NAME))?.due, now + 3 * HOUR);
});

test('what the config plans for now can be moved, too', async () => {
  const { ledger, generation } = openLedger();
  await ledger.add(anIntent());
  const later = (await ledger.now()) + HOUR;
  await ledger.move(NAME, later, 'ada');

  await ledger.amend(anIntent({ post: aPost({ text: 'Better' }) }), await generation());

  assert.equal((await ledger.get(NAME))?.due, later);
});

test('what failed or was missed goes out again at its new time', async () => {
  const { ledger, startSending, endTime, claim } = openLedger();
  await ledger.add(anIntent());
  await ledger.finish(NAME, (await startSending()).fence, rejected());
  assert.equal((await ledger.move(NAME, await ledger.now(), 'ada')).state, 'scheduled');

  await endTime('publishBy');
  await ledger.miss(NAME);
  assert.equal((await ledger.move(NAME, await ledger.now(), 'ada')).state, 'scheduled');

  assert.equal((await claim()).to, 'publish');
});

test('what is out, on its way or half out is not moved', async () => {
  const bench = openLedger();
  const { ledger, startSending, fallIntoDoubt } = bench;
  const later = (await ledger.now()) + HOUR;
  await ledger.add(anIntent());
  await bench.claimToPublish();
  assert.equal((await ledger.move(NAME, later, 'ada')).state, 'claimed');

  const other = 'other/newsroom-x';
  await ledger.add(anIntent({ publication: other }));
  await fallIntoDoubt(other);
  assert.equal((await ledger.move(other, later, 'ada')).changed, false);

  const done = 'done/newsroom-x';
  await ledger.add(anIntent({ publication: done }));
  await publishAll(bench, done);
  assert.equal((await ledger.move(done, later, 'ada')).state, 'published');

  const thread = 'thread/newsroom-x';
  await ledger.add(anIntent({ publication: thread, post: aThread('One', 'Two') }));
  const { fence } = await startSending({ publication: thread });
  await ledger.finish(thread, fence, posted({ leaseMs: 0 }));
  await ledger.expire(thread, fence, { senderIsGone: true, lookAfterMs: 0 });
  const step = await ledger.move(thread, later, 'ada');
  assert.deepEqual([step.changed, step.state], [false, 'scheduled']);
});

test('a time whose last moment has passed is refused', async () => {
  const { ledger } = openLedger();
  const now = await ledger.now();
  await ledger.add(anIntent({ due: now + HOUR }));

  assert.equal((await ledger.move(NAME, now - HOUR, 'ada')).changed, false);
  assert.equal((await ledger.get(NAME))?.due, now + HOUR);
});

test('a move asks for approval again', async () => {
  const { ledger, state } = openLedger();
  const now = await ledger.now();
  await ledger.add(anIntent({ due: now + HOUR, approval: { status: 'approved', by: 'anna' } }));
  assert.equal(await state(), 'scheduled');

  const step = await ledger.move(NAME, now + 2 * HOUR, 'ada');

  assert.equal(step.state, 'held');
});

test('what may have gone out before a recovery is looked for also when it was moved since', async () => {
  for (const how of ['by hand', 'in the config'] as const) {
    const { ledger, claim, claimToLook, generation } = openLedger();
    const now = await ledger.now();
    const intent = anIntent({ due: now - 60_000, publishByMs: HOUR });
    await ledger.add({ ...intent, due: now + 10_000 });
    await ledger.freeze('a restore', 'ada');
    await ledger.thaw('ada', { fence: 100, lookUntil: now + 60_000 });

    const later = now + 70_000;
    if (how === 'by hand') await ledger.move(NAME, later, 'ada');
    else await ledger.amend({ ...intent, due: later }, await generation());
    await ledger.move(NAME, await ledger.now(), 'ada');

    const look = await claimToLook();
    assert.equal(look.isPrecaution, true, how);
    await ledger.judge(NAME, look, { kind: 'absent', isFinal: true, lookAt: 0, maxAttempts: 6 });
    assert.equal((await claim()).to, 'publish', how);
  }
});
