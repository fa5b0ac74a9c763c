import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fingerprintOf } from '../../src/planning/fingerprint.ts';
import { startTestDesk } from '../support/desk.ts';
import {
  aHold,
  anIntent,
  aPost,
  type Bench,
  NAME,
  posted,
  rejected,
  useLedgers,
} from '../support/ledger.ts';

const openLedger = useLedgers();
const HOUR = 3_600_000;
const publication = { publication: NAME };
const guarded = { approval: { status: 'required' } } as const;

async function planAt({ ledger }: Bench, over: Parameters<typeof anIntent>[0] = {}) {
  const due = (await ledger.now()) + HOUR;
  await ledger.add(anIntent({ due, ...over }));
  return { ...publication, fingerprint: fingerprintOf(aPost()), due: String(due) };
}

async function fail(bench: Bench) {
  await bench.ledger.add(anIntent());
  const { fence } = await bench.startSending();
  await bench.ledger.finish(NAME, fence, rejected());
}

async function publish(bench: Bench) {
  await bench.ledger.add(anIntent());
  const { fence } = await bench.startSending();
  await bench.ledger.finish(NAME, fence, posted());
}

test('approves exactly what was shown, under the name of the visitor', async () => {
  const bench = openLedger();
  const shown = await planAt(bench, guarded);
  const desk = await startTestDesk(bench);
  const edda = await desk.enter('edda');

  const told = await edda.carryOut('approve', shown);

  const record = await bench.ledger.get(NAME);
  assert.equal(record?.state, 'scheduled');
  assert.equal(record?.approval?.given?.by, 'edda');
  assert.match(told, /is approved by edda/);
  assert.equal(desk.woken.length, 1);
});

test('approves nothing that has changed since it was shown, before or after it was asked', async () => {
  const bench = openLedger();
  const shown = await planAt(bench, guarded);
  const edda = await (await startTestDesk(bench)).enter('edda');
  const sure = await edda.ask('approve', shown);
  const other = aPost({ text: 'Other words' });
  await bench.ledger.amend(
    anIntent({ ...guarded, due: Number(shown.due), post: other }),
    await bench.generation(),
  );

  const late = await edda.toldAfter(await edda.send('approve', sure));
  const before = await edda.toldAfter(await edda.send('approve', shown));

  assert.match(late, /changed since it was shown/);
  assert.match(before, /changed since it was shown/);
  assert.equal(await bench.state(), 'held');
});

test('holds with a reason, and releases', async () => {
  const bench = openLedger();
  await planAt(bench);
  const edda = await (await startTestDesk(bench)).enter('edda');

  await edda.carryOut('hold', { ...publication, reason: 'the <b>lawyer</b> reads it' });
  const held = await bench.ledger.get(NAME);
  const page = await edda.read(`/publications/${NAME}`);
  const told = await edda.carryOut('release', publication);

  assert.equal(held?.error?.message, 'Held by edda: the <b>lawyer</b> reads it.');
  assert.match(page, /Held by edda: the &lt;b&gt;lawyer/);
  assert.match(told, /is released/);
  assert.equal(await bench.state(), 'scheduled');
});

test('cancels, and says so when somebody else was first', async () => {
  const bench = openLedger();
  await planAt(bench);
  const desk = await startTestDesk(bench);
  const [edda, olga] = [await desk.enter('edda'), await desk.enter('olga')];
  const [ofEdda, ofOlga] = [
    await edda.ask('cancel', publication),
    await olga.ask('cancel', publication),
  ];

  const answers = await Promise.all([edda.send('cancel', ofEdda), olga.send('cancel', ofOlga)]);
  const told = [
    await edda.toldAfter(answers[0] as Response),
    await olga.toldAfter(answers[1] as Response),
  ];

  assert.equal(told.filter((one) => /is cancelled\. It stays out/.test(one)).length, 1);
  assert.equal(told.filter((one) => /is not cancelled\. It is out already/.test(one)).length, 1);
  assert.equal((await bench.kinds()).filter((kind) => kind === 'cancelled').length, 1);
});

test('sends again what failed, once, however often the form is sent', async () => {
  const bench = openLedger();
  await fail(bench);
  const desk = await startTestDesk(bench);
  const olga = await desk.enter('olga');
  const sure = await olga.ask('retry', publication);

  const twice = await Promise.all([olga.send('retry', sure), olga.send('retry', sure)]);
  await Promise.all(twice.map((answer) => olga.toldAfter(answer)));
  const { fence } = await bench.startSending();
  await bench.ledger.finish(NAME, fence, rejected());
  const fromHistory = await olga.toldAfter(await olga.send('retry', sure));

  assert.match(fromHistory, /asked for already/);
  assert.equal(await bench.state(), 'failed');
  assert.equal((await bench.kinds()).filter((kind) => kind === 'sent again').length, 1);
});

test('offers nothing unsafe for what may be live, and does not do it either', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent());
  await bench.fallIntoDoubt();
  const olga = await (await startTestDesk(bench)).enter('olga');

  const page = await olga.read(`/publications/${NAME}`);
  const told = await olga.carryOut('retry', publication);

  assert.doesNotMatch(page, /action="\/deeds\/retry"/);
  assert.match(page, /action="\/deeds\/confirm"/);
  assert.match(told, /is not sent again\. It may be live/);
  assert.equal(await bench.state(), 'unconfirmed');
});

test('confirms with the address of a post on that network, and with no other', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent());
  await bench.fallIntoDoubt();
  const edda = await (await startTestDesk(bench)).enter('edda');

  const wrong = await edda.toldAfter(
    await edda.send('confirm', { ...publication, url: 'https://example.org/"><script>' }),
  );
  const told = await edda.carryOut('confirm', {
    ...publication,
    url: 'https://x.com/newsroom/status/2125214447571042304',
  });

  assert.match(wrong, /is not the address of a post on X/);
  assert.match(told, /is published: https:\/\/x\.com/);
  assert.equal((await bench.ledger.get(NAME))?.evidence, 'confirmed by edda');
});

test('moves by the clocks of the config, and to no time that is past or that they skip', async () => {
  const bench = openLedger();
  await planAt(bench);
  const edda = await (await startTestDesk(bench)).enter('edda');
  const move = (time: string) => edda.send('move', { ...publication, time });

  const past = await edda.toldAfter(await move('2001-01-01T09:00'));
  const skipped = await edda.toldAfter(await move('2036-03-30T02:30'));
  const nonsense = await edda.toldAfter(await move('<b>soon</b>'));
  await edda.carryOut('move', { ...publication, time: '2036-12-01T09:00' });

  assert.match(past, /is past/);
  assert.match(skipped, /2036-03-30/);
  assert.doesNotMatch(nonsense, /<b>/);
  const record = await bench.ledger.get(NAME);
  assert.equal(record?.due, Date.UTC(2036, 11, 1, 8));
  assert.equal(record?.moved?.by, 'edda');
});

test('takes back what is published, with the reason and who wanted it', async () => {
  const bench = openLedger();
  await publish(bench);
  const olga = await (await startTestDesk(bench)).enter('olga');

  const told = await olga.carryOut('retract', { ...publication, reason: 'wrong figures' });

  const { retraction } = (await bench.ledger.get(NAME)) ?? {};
  assert.deepEqual([retraction?.by, retraction?.reason], ['olga', 'wrong figures']);
  assert.match(told, /is to be gone/);
});

test('takes the word of a person who has deleted by hand what a person had posted', async () => {
  const bench = openLedger();
  const name = 'spring-report/newsroom-tube';
  const post = aPost({ network: 'youtube' });
  await bench.ledger.add(anIntent({ publication: name, post }));
  const url = 'https://www.youtube.com/post/UgkxwxxVDJ_GdTRQ3zYKFo1U7Va3wQh4HpXB';
  await bench.claim({ assisted: true }, name);
  await bench.ledger.confirm(name, { remoteId: 'UgkxwxxVDJ', url }, 'ada');
  const olga = await (await startTestDesk(bench)).enter('olga');

  const before = await olga.read(`/publications/${name}`);
  await olga.carryOut('retract', { publication: name, reason: 'wrong' });
  const wanted = await olga.read(`/publications/${name}`);
  const told = await olga.carryOut('deleted', { publication: name });

  assert.doesNotMatch(before, /action="\/deeds\/deleted"/);
  assert.match(wanted, /action="\/deeds\/deleted"/);
  assert.match(told, /is retracted, as you say/);
  assert.equal(await bench.state(name), 'retracted');
});

test('pauses and lets go on one account, and everything from any page', async () => {
  const bench = openLedger();
  const olga = await (await startTestDesk(bench)).enter('olga');

  await olga.carryOut('pause', { account: 'newsroom-x' });
  const one = [...(await bench.ledger.holds()).keys()];
  await olga.carryOut('stop', {});
  const all = await bench.ledger.holds();
  const page = await olga.read('/accounts');
  await olga.carryOut('resume', { account: '*' });
  await olga.carryOut('resume', { account: 'newsroom-x' });

  assert.deepEqual(one, ['newsroom-x']);
  assert.equal(all.get('*')?.by, 'olga');
  assert.match(page, /Let everything go on/);
  assert.equal((await bench.ledger.holds()).size, 0);
});

test('keeps a pause of the network’s, and says whose it is', async () => {
  const bench = openLedger();
  await bench.ledger.pause(
    'newsroom-x',
    aHold({ kind: 'refused', by: 'carillon', reason: 'dead' }),
  );
  const olga = await (await startTestDesk(bench)).enter('olga');

  await olga.carryOut('pause', { account: 'newsroom-x' });

  assert.equal((await bench.ledger.holds()).get('newsroom-x')?.kind, 'refused');
});

const EDITORS = ['approve', 'hold', 'release', 'move', 'cancel', 'confirm'];
const OPERATORS = ['retry', 'retract', 'deleted', 'pause', 'resume', 'stop'];

test('lets viewers look and do nothing, editors edit, and operators do all', async () => {
  const bench = openLedger();
  await planAt(bench);
  const desk = await startTestDesk(bench);
  const [vera, edda] = [await desk.enter('vera'), await desk.enter('edda')];
  const fields = { ...publication, account: 'newsroom-x', sure: 'yes', once: 'a' };

  for (const deed of [...EDITORS, ...OPERATORS]) {
    assert.equal((await vera.send(deed, fields)).status, 403, deed);
  }
  for (const deed of OPERATORS) {
    assert.equal((await edda.send(deed, fields)).status, 403, deed);
  }
  const [ofVera, ofEdda] = [
    await vera.read(`/publications/${NAME}`),
    await edda.read(`/publications/${NAME}`),
  ];
  assert.doesNotMatch(ofVera, /action="\/deeds\//);
  assert.match(ofEdda, /action="\/deeds\/cancel"/);
  assert.doesNotMatch(ofEdda, /action="\/deeds\/stop"/);
  assert.equal(await bench.state(), 'scheduled');
  assert.equal((await bench.ledger.holds()).size, 0);
});

async function tokenOf(visit: { read(path: string): Promise<string> }): Promise<string> {
  return /name="form" value="([^"]+)"/.exec(await visit.read('/'))?.[1] ?? '';
}

test('only operators let anything go beyond a budget', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent({ charges: [{ post: 1 }] }));
  const months = [{ name: '2026-11', from: 0 }];
  await bench.claim({ terms: { currency: 'USD', prices: { post: 5 }, budget: 1, months } });
  const record = await bench.ledger.get(NAME);
  const desk = await startTestDesk(bench);
  const [edda, olga] = [await desk.enter('edda'), await desk.enter('olga')];
  const shown = {
    ...publication,
    fingerprint: fingerprintOf(aPost()),
    due: String(record?.due),
  };

  const refused = await edda.send('approve', shown);
  await olga.carryOut('approve', shown);

  assert.equal(record?.error?.code, 'over-budget');
  assert.equal(refused.status, 403);
  assert.equal(await bench.state(), 'scheduled');
});

test('does nothing for a forged form, and nothing without having asked', async () => {
  const bench = openLedger();
  await planAt(bench);
  const desk = await startTestDesk(bench);
  const [edda, olga] = [await desk.enter('edda'), await desk.enter('olga')];
  const sure = { ...publication, sure: 'yes', once: 'x' };

  const without = await edda.send('cancel', { ...sure, form: '' });
  const ofAnother = await edda.send('cancel', { ...sure, form: await tokenOf(olga) });
  const unasked = await edda.send('cancel', { ...publication, sure: 'yes' });
  const read = await desk.get('/deeds/cancel', { cookie: edda.cookie });

  assert.deepEqual([without.status, ofAnother.status], [403, 403]);
  assert.equal(unasked.status, 200);
  assert.equal(read.status, 404);
  assert.equal(await bench.state(), 'scheduled');
});

test('says nothing on a page that others have put into its address', async () => {
  const bench = openLedger();
  await planAt(bench);
  const desk = await startTestDesk(bench);
  const [edda, olga] = [await desk.enter('edda'), await desk.enter('olga')];
  const sure = await olga.ask('hold', publication);
  const to = (await olga.send('hold', sure)).headers.get('location') ?? '';
  const told = new URL(to, 'http://x').searchParams.get('told') ?? '';

  const own = await olga.read(to);
  const ofAnother = await edda.read(to);
  const elsewhere = await olga.read(`/accounts?told=${told}`);
  const altered = await olga.read(`/publications/${NAME}?told=${told.slice(0, -3)}abc`);
  const plain = await olga.read(`/publications/${NAME}?told=Call+this+number`);

  assert.match(own, /role="status"/);
  for (const page of [ofAnother, elsewhere, altered, plain]) {
    assert.doesNotMatch(page, /role="status"/);
  }
});

test('knows when a publication or an account is none', async () => {
  const bench = openLedger();
  const desk = await startTestDesk(bench);
  const olga = await desk.enter('olga');

  const page = await desk.get('/publications/no/such', {
    cookie: olga.cookie,
    'accept-language': 'en',
  });
  const deed = await olga.send('cancel', { publication: '<b>no</b>' });
  const account = await olga.toldAfter(await olga.send('pause', { account: 'nobody' }));

  assert.equal(page.status, 404);
  assert.match(await page.text(), /There is no publication no\/such\./);
  assert.equal(deed.status, 404);
  assert.doesNotMatch(await deed.text(), /<b>no/);
  assert.match(account, /has no account nobody/);
  assert.equal((await bench.ledger.holds()).size, 0);
});
