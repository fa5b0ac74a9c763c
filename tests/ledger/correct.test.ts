import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askedOf, correctionName } from '../../src/core/publication.ts';
import type { CorrectionAnew } from '../../src/ledger/retractions.ts';
import { fingerprintOf } from '../../src/planning/fingerprint.ts';
import { planChanges } from '../../src/planning/plan.ts';
import {
  anError,
  anIntent,
  aPost,
  aReceipt,
  type Bench,
  inconsistenciesOf,
  NAME,
  posted,
  useLedgers,
} from '../support/ledger.ts';

const openLedger = useLedgers();
const NEW = 'spring-report~2/newsroom-x';
const post = aPost({ text: 'Our spring report is out, with the right figures' });
const wanted = anIntent({ post });
const edit = { post, fingerprint: fingerprintOf(post), by: 'ada' };

function anew(over: Partial<CorrectionAnew> = {}): CorrectionAnew {
  const asked = askedOf(wanted);
  const more = { name: NEW, reason: 'corrected', isByHand: false, publishByMs: 60_000, asked };
  return { ...edit, ...more, ...over };
}

async function aPublished(bench: Bench): Promise<void> {
  await bench.ledger.add(anIntent());
  const { fence } = await bench.startSending();
  await bench.ledger.finish(NAME, fence, posted());
}

async function planFor({ ledger }: Bench, intents = [wanted]) {
  const records = await ledger.list();
  const known = new Map(records.map((record) => [record.publication, record]));
  return planChanges({ intents, ledger: known, now: await ledger.now() });
}

test('a text that was changed on the network becomes that of the publication, and nothing is left to plan', async () => {
  const bench = openLedger();
  await aPublished(bench);
  assert.equal((await planFor(bench)).changes[0]?.action, 'protected');

  await bench.ledger.wantCorrection(NAME, edit);
  const toCorrect = await bench.ledger.takeCorrection('twitter', 1_000);
  assert.ok(toCorrect);
  const step = await bench.ledger.corrected(NAME, toCorrect);
  const again = await bench.ledger.corrected(NAME, toCorrect);

  assert.deepEqual([step.changed, again.changed], [true, false]);
  assert.deepEqual(await bench.ledger.post(NAME), post);
  assert.deepEqual(await planFor(bench), { changes: [], unchanged: 1 });
  const [event] = (await bench.ledger.story(NAME)).slice(-1);
  assert.deepEqual(event?.detail, { by: 'ada', from: aPost().text, to: post.text });
});

test('of two corrections the later one counts, and the end of the first changes nothing', async () => {
  const bench = openLedger();
  await aPublished(bench);
  await bench.ledger.wantCorrection(NAME, edit);
  const first = await bench.ledger.takeCorrection('twitter', 1_000);
  const other = aPost({ text: 'Other' });

  await bench.ledger.wantCorrection(NAME, { ...edit, post: other, fingerprint: 'other' });
  assert.ok(first);
  const late = await bench.ledger.corrected(NAME, first);

  assert.equal(late.changed, false);
  assert.deepEqual((await bench.ledger.takeCorrection('twitter', 1_000))?.post, other);
});

test('a correction that the network refuses leaves the publication as it was, and says why', async () => {
  const bench = openLedger();
  await aPublished(bench);
  await bench.ledger.wantCorrection(NAME, edit);
  const toCorrect = await bench.ledger.takeCorrection('twitter', 1_000);
  assert.ok(toCorrect);

  await bench.ledger.correctionFailed(
    NAME,
    toCorrect,
    anError({ message: 'Not yours.' }),
    undefined,
  );

  const record = await bench.ledger.get(NAME);
  assert.deepEqual([record?.state, record?.error?.message], ['published', 'Not yours.']);
  assert.deepEqual(await bench.ledger.post(NAME), aPost());
  assert.equal(await bench.ledger.takeCorrection('twitter', 1_000, NAME), undefined);
});

test('what is to be gone is not corrected any more', async () => {
  const bench = openLedger();
  await aPublished(bench);
  await bench.ledger.wantCorrection(NAME, edit);

  await bench.ledger.retract(NAME, { by: 'ada', reason: '', isByHand: false });

  assert.equal(await bench.ledger.takeCorrection('twitter', 1_000), undefined);
  assert.equal((await bench.ledger.wantCorrection(NAME, edit)).changed, false);
  assert.equal((await bench.ledger.correctAnew(NAME, anew())).changed, false);
});

test('what is posted anew waits until the old one is gone, and then goes out at once', async () => {
  const bench = openLedger();
  await aPublished(bench);

  await bench.ledger.correctAnew(NAME, anew());
  await bench.ledger.correctAnew(NAME, anew());
  assert.equal((await bench.ledger.get(NEW))?.error?.code, 'waits-for-retraction');
  assert.equal((await bench.claim({}, NEW)).to, 'go-home');
  await bench.ledger.resume('*', 'ada', 0);
  await bench.ledger.amend({ ...wanted, publication: NEW }, await bench.generation(NEW));
  assert.equal(await bench.state(NEW), 'held');
  await bench.ledger.partGone(NAME, '100');

  assert.deepEqual([await bench.state(NAME), await bench.state(NEW)], ['retracted', 'scheduled']);
  const claim = await bench.claimToPublish({}, NEW);
  assert.deepEqual(claim.post, post);
  assert.deepEqual(await inconsistenciesOf(bench), []);
});

test('at every step of a correction there is nothing to plan, and a change of the config goes to the new one', async () => {
  const bench = openLedger();
  await aPublished(bench);
  const changes: unknown[] = [];
  const see = async () => changes.push(...(await planFor(bench)).changes);

  await bench.ledger.correctAnew(NAME, anew());
  await see();
  await bench.ledger.partGone(NAME, '100');
  await see();
  const { fence } = await bench.startSending({ publication: NEW });
  await see();
  await bench.ledger.finish(NEW, fence, posted({ receipt: aReceipt('101') }));
  await see();

  // While it is being sent, apply could not change it anyway.
  assert.deepEqual(changes, []);
  const third = anIntent({ post: aPost({ text: 'Third' }) });
  const [change] = (await planFor(bench, [third])).changes;
  assert.deepEqual([change?.action, change?.publication], ['protected', NEW]);
  assert.deepEqual((await planFor(bench, [])).changes, []);
  assert.equal(correctionName(NEW), 'spring-report~3/newsroom-x');
});

test('an entry that comes back under a new name is not posted again where its correction is out', async () => {
  const bench = openLedger();
  await aPublished(bench);
  await bench.ledger.correctAnew(NAME, anew());
  await bench.ledger.partGone(NAME, '100');
  const { fence } = await bench.startSending({ publication: NEW });
  await bench.ledger.finish(NEW, fence, posted({ receipt: aReceipt('101') }));

  const renamed = anIntent({ post, publication: 'report-of-spring/newsroom-x' });
  const [change] = (await planFor(bench, [renamed])).changes;

  assert.equal(change?.action, 'protected');
  assert.match(change?.reason ?? '', /already published as spring-report~2/);
});

test('who corrects an entry that needs approval approves what was shown', async () => {
  const bench = openLedger();
  await aPublished(bench);

  await bench.ledger.correctAnew(NAME, anew({ approval: { status: 'required' } }));
  await bench.ledger.partGone(NAME, '100');

  assert.equal(await bench.state(NEW), 'scheduled');
  assert.equal((await bench.ledger.get(NEW))?.approval?.given?.by, 'ada');
});
