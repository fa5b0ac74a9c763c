import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readKeys } from '../../src/backup/read-keys.ts';
import { writeKeys } from '../../src/backup/write-keys.ts';
import { ageLedger, archiveBench, DAY_MS, useArchives } from '../support/archive.ts';
import {
  absent,
  aClaimant,
  aHold,
  anIntent,
  aThread,
  type Bench,
  found,
  inconsistenciesOf,
  NAME,
  openBench,
  publishAll,
  rejected,
  useLedgers,
} from '../support/ledger.ts';

const openLedger = useLedgers();
const openArchive = useArchives();

const MONTH_MS = 30 * DAY_MS;

/** The ledger as a backup brings it back. */
async function restored({ redis, prefix }: Bench): Promise<Bench> {
  const copy = openBench(redis, prefix.replace('{', '{restored-'));
  await writeKeys(redis, copy.prefix, readKeys(redis, prefix), async (names) => {
    for (const name of names) await copy.ledger.settle(name, MONTH_MS);
  });
  await copy.ledger.lookForNew(8 * DAY_MS);
  return copy;
}

test('records of every state come back into the sets that belong to it', async () => {
  const bench = openLedger();
  const { ledger } = bench;
  const id = await ledger.id();
  const folder = openArchive();
  const add = (name: string, over = {}) =>
    ledger.add(anIntent({ publication: `${name}/newsroom-x`, ...over }));
  await add('archived');
  await publishAll(bench, 'archived/newsroom-x');
  await ageLedger(bench.redis, bench.prefix, 500 * DAY_MS);
  await archiveBench(bench, folder);
  for (const name of ['published', 'retracted', 'unwanted']) {
    await add(name);
    await publishAll(bench, `${name}/newsroom-x`);
  }
  await ledger.retractedByHand('retracted/newsroom-x', 'ada', '');
  await ledger.retract('unwanted/newsroom-x', { by: 'ada', reason: '', isByHand: false });
  await add('claimed');
  await bench.claimToPublish({}, 'claimed/newsroom-x');
  await add('sending');
  await bench.startSending({ publication: 'sending/newsroom-x' });
  await add('doubtful');
  await bench.fallIntoDoubt('doubtful/newsroom-x');
  await add('failed');
  const { fence } = await bench.startSending({ publication: 'failed/newsroom-x' });
  await ledger.finish('failed/newsroom-x', fence, rejected());
  await add('half', { post: aThread('One', 'Two') });
  await add('handoff');
  await bench.claim({ assisted: true }, 'handoff/newsroom-x');
  await add('cancelled');
  await ledger.cancel('cancelled/newsroom-x', 'ada');
  await ledger.addMissed(anIntent({ publication: 'missed/newsroom-x', due: 5 }), {
    ...{ code: 'late', message: 'Late.', advice: '' },
  });
  await add('waiting', { approval: { status: 'required' } });
  await add('scheduled', { due: Date.now() + 60_000 });
  await ledger.pause('newsroom-x', aHold());

  const copy = await restored(bench);

  const states = (await copy.ledger.list()).map(({ entry, state }) => [entry, state] as const);
  assert.deepEqual(Object.fromEntries(states), {
    ...{ published: 'published', retracted: 'retracted', unwanted: 'published' },
    ...{ claimed: 'scheduled', sending: 'unconfirmed', doubtful: 'unconfirmed', failed: 'failed' },
    ...{ half: 'scheduled', handoff: 'handoff', cancelled: 'cancelled', missed: 'missed' },
    ...{ waiting: 'held', scheduled: 'scheduled' },
  });
  assert.deepEqual(await inconsistenciesOf(copy), []);
  assert.equal(await copy.ledger.countArchived(), 1);
  assert.deepEqual(await copy.ledger.archivedLike([anIntent()]), ['archived/newsroom-x']);
  assert.deepEqual([...(await copy.ledger.holds()).keys()], ['newsroom-x']);
  assert.equal(await copy.ledger.lastFence(), await ledger.lastFence());
  assert.equal(await copy.ledger.id(), id);
  const taken = await copy.ledger.takeRetraction('twitter', 1_000);
  assert.equal(taken?.publication, 'unwanted/newsroom-x');
  assert.deepEqual((await copy.ledger.sightsDue(10)).map(({ publication }) => publication).sort(), [
    'published/newsroom-x',
    'unwanted/newsroom-x',
  ]);
});

test('what was planned at the time of the backup is looked for before it is sent', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent());
  const copy = await restored(bench);

  const look = await copy.claimToLook();
  const answer = await copy.ledger.judge(NAME, look, found('7'));

  assert.equal(look.isPrecaution, true);
  assert.ok(Date.now() - look.since > 29 * DAY_MS);
  assert.equal(answer.state, 'published');
});

test('absent, it is sent once if there is time, and else missed', async () => {
  for (const isLate of [false, true]) {
    const bench = openLedger();
    await bench.ledger.add(anIntent());
    const copy = await restored(bench);
    if (isLate) await copy.endTime('publishBy');

    assert.equal((await copy.ledger.miss(NAME)).changed, false);
    const look = await copy.claimToLook();
    const answer = await copy.ledger.judge(NAME, look, absent({ isFinal: true }));

    assert.equal(answer.state, isLate ? 'missed' : 'scheduled');
    if (!isLate) assert.equal((await publishAll(copy)).state, 'published');
  }
});

test('what is handed over to people is not, once it is too late', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent());
  const copy = await restored(bench);
  await copy.endTime('publishBy');

  const directive = await copy.claim({ assisted: true });

  assert.deepEqual([directive.to, await copy.state()], ['go-home', 'missed']);
});

test('what comes new after a restore is looked for too', async () => {
  const copy = await restored(openLedger());
  await copy.ledger.add(anIntent());
  await copy.ledger.addMissed(anIntent({ publication: 'missed/newsroom-x', due: 5 }), {
    ...{ code: 'late', message: 'Late.', advice: '' },
  });
  await copy.ledger.retry('missed/newsroom-x', 'ada', { notPosted: false, publishByMs: 60_000 });

  assert.equal((await copy.claim(aClaimant())).to, 'look');
  assert.equal((await copy.claim(aClaimant(), 'missed/newsroom-x')).to, 'look');
});

test('what is due in more than a month is not: what was sent by then is out of sight', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent({ due: Date.now() + 31 * DAY_MS }));
  const copy = await restored(bench);

  assert.equal(await copy.field('mayBeOut'), null);
});
