import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAccessStore } from '../../src/dashboard/access/access-store.ts';
import { type LinkWish, makeLink } from '../../src/dashboard/access/make-link.ts';
import { readLink } from '../../src/dashboard/access/signed-link.ts';
import { handOver, POST_URL, startHandOffDashboard, TUBE, tubePost } from '../support/hand-off.ts';
import { anIntent, aPost, type Bench, NAME, useLedgers } from '../support/ledger.ts';

const openLedger = useLedgers();
const DAY_MS = 86_400_000;
const DUE = Date.now() + DAY_MS;
const required = { status: 'required' } as const;
const toApprove = (over: Parameters<typeof anIntent>[0] = {}) =>
  anIntent({ due: DUE, approval: required, post: aPost(), ...over });

async function start(bench: Bench) {
  const dashboard = await startHandOffDashboard(bench);
  const { ledger } = bench;
  const parts = { ledger, store: dashboard.store, accountOf: dashboard.accountOf };
  return {
    ...dashboard,
    async link(wish: Partial<LinkWish> = {}) {
      const made = await makeLink(
        { deed: 'approve', publication: NAME, for: 'anna', forMs: DAY_MS, ...wish },
        parts,
      );
      return 'path' in made ? made.path : assert.fail(made.refused);
    },
    refusal: async (wish: Partial<LinkWish> = {}) => {
      const made = await makeLink(
        { deed: 'approve', publication: NAME, for: 'anna', forMs: DAY_MS, ...wish },
        parts,
      );
      return 'refused' in made ? made.refused : assert.fail(made.path);
    },
  };
}

test('lets whoever holds a link approve exactly what it shows, once, and records for whom it was', async () => {
  const bench = openLedger();
  await bench.ledger.add(toApprove());
  const { link, get, fillIn } = await start(bench);
  const path = await link();

  const page = await (await get(path)).text();
  const before = await bench.ledger.get(NAME);
  const sent = await fillIn(path);
  const after = await bench.ledger.get(NAME);
  const told = await get(path);

  assert.match(page, /Our spring report is out/);
  assert.match(page, /made for anna/);
  assert.equal(before?.approval?.isWaiting, true, 'to look at it changes nothing');
  assert.equal(sent.status, 303);
  assert.equal(after?.approval?.isWaiting, false);
  assert.equal(after?.approval?.given?.by, 'anna (by a link)');
  assert.match(await told.text(), /is approved, by anna \(by a link\)/);
});

test('is good once, whatever happens to its publication afterwards', async () => {
  const bench = openLedger();
  await bench.ledger.add(toApprove());
  const { link, get, post } = await start(bench);
  const path = await link();
  const form = /name="form" value="([^"]+)"/.exec(await (await get(path)).text())?.[1] ?? '';
  assert.equal((await post(path, { form })).status, 303);
  // Another text, and back: the approval does not come back with it.
  const another = toApprove({ post: aPost({ text: 'Another text' }) });
  await bench.ledger.amend(another, await bench.generation());
  await bench.ledger.amend(toApprove(), await bench.generation());
  await bench.redis.hdel(`${bench.prefix}:ledger:publication:${NAME}`, 'approvedFingerprint');

  const again = await post(path, { form });

  assert.equal(again.status, 410);
  assert.match(await again.text(), /was used already/);
  assert.equal((await bench.ledger.get(NAME))?.approval?.isWaiting, true);
});

test('approves nothing but what it was made for: not another text, and not another time', async () => {
  for (const change of [{ post: aPost({ text: 'Another text' }) }, { due: DUE + 60_000 }]) {
    const bench = openLedger();
    await bench.ledger.add(toApprove());
    const { link, get, post } = await start(bench);
    const path = await link();
    const form = /name="form" value="([^"]+)"/.exec(await (await get(path)).text())?.[1] ?? '';
    await bench.ledger.amend(toApprove(change), await bench.generation());

    const looked = await get(path);
    const sent = await post(path, { form });

    for (const answer of [looked, sent]) {
      assert.equal(answer.status, 409);
      assert.match(await answer.text(), /has changed since this link was made/);
    }
    assert.equal((await bench.ledger.get(NAME))?.approval?.isWaiting, true);
  }
});

test('refuses a link that was altered, has ended, or is of another ledger', async () => {
  const bench = openLedger();
  await bench.ledger.add(toApprove());
  const { link, get, post } = await start(bench);
  const path = await link();
  const body = Buffer.from(path.slice('/link/'.length).split('.')[0] ?? '', 'base64url').toString();
  const altered = Buffer.from(body.replace('anna', 'omid')).toString('base64url');
  const ended = await link({ forMs: -1 });
  const elsewhere = await makeLink(
    { deed: 'approve', publication: NAME, for: 'anna', forMs: DAY_MS },
    {
      ledger: bench.ledger,
      store: openAccessStore(bench.redis, `${bench.prefix}-other`),
      accountOf: () => undefined,
    },
  );

  for (const [wrong, status, words] of [
    [`/link/${altered}.${path.split('.')[1]}`, 404, /is not whole/],
    [`${path}x`, 404, /is not whole/],
    ['path' in elsewhere ? elsewhere.path : '', 404, /is not whole/],
    ['/link/%2e%2e%2f', 404, /is not whole/],
    [ended, 410, /has ended/],
  ] as const) {
    for (const answer of [await get(wrong), await post(wrong, {})]) {
      assert.equal(answer.status, status, wrong);
      assert.match(await answer.text(), words);
    }
  }
  assert.equal((await bench.ledger.get(NAME))?.approval?.isWaiting, true);
});

test('does nothing without its own form', async () => {
  const bench = openLedger();
  await bench.ledger.add(toApprove());
  const { link, post } = await start(bench);

  const bare = await post(await link(), {});
  const foreign = await post(await link(), { form: 'x' }, { origin: 'https://evil.example' });

  assert.equal(bare.status, 403);
  assert.equal(foreign.status, 403);
  assert.equal((await bench.ledger.get(NAME))?.approval?.isWaiting, true);
});

test('lets whoever holds a link post by hand, and nothing besides', async () => {
  const bench = openLedger();
  const image = {
    hash: 'a'.repeat(64),
    type: 'image/png',
    size: 3,
    alt: '',
    file: 'a.png',
  } as const;
  await bench.ledger.putMedia(image, Buffer.from('abc'));
  await handOver(bench, { post: tubePost({ media: [image] }) });
  const { link, get, fillIn } = await start(bench);
  const path = await link({ deed: 'hand-off', publication: TUBE, for: 'omid' });

  const page = await (await get(path)).text();
  const shown = await get(/src="([^"]+)"\s*alt/.exec(page)?.[1] ?? '');
  const sent = await fillIn(path, { url: POST_URL });
  const done = await (await get(path)).text();

  assert.equal(shown.headers.get('content-type'), 'image/png');
  assert.equal(sent.status, 303);
  assert.equal((await bench.ledger.get(TUBE))?.evidence, 'confirmed by omid (by a link)');
  assert.match(done, /It is published/);
  assert.doesNotMatch(page + done, /href="\/(?!style|icon|link)/, 'it leads nowhere else');
});

test('does not give another text to post than the one that it was made for', async () => {
  const bench = openLedger();
  await handOver(bench);
  const { link, get } = await start(bench);
  const path = await link({ deed: 'hand-off', publication: TUBE });
  const changed = anIntent({ publication: TUBE, post: tubePost({ text: 'Another text' }) });
  await bench.ledger.amend(changed, await bench.generation(TUBE));

  const answer = await get(path);

  assert.equal(answer.status, 409);
  assert.doesNotMatch(await answer.text(), /Another text/);
});

test('reads no links any more from where too many wrong ones came', async () => {
  const bench = openLedger();
  await bench.ledger.add(toApprove());
  const { link, get } = await start(bench);
  const path = await link();

  for (let i = 0; i < 30; i++) assert.equal((await get(`/link/guess-${i}`)).status, 404);

  assert.equal((await get(path)).status, 429);
});

test('makes no link to what cannot be done', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent({ due: DUE }));
  await bench.ledger.add(
    toApprove({ publication: 'draft/newsroom-x', approval: { status: 'draft' } }),
  );
  const { refusal } = await start(bench);

  assert.match(
    await refusal(),
    /does not wait for an approval that a link can give: it is scheduled/,
  );
  assert.match(await refusal({ publication: 'draft/newsroom-x' }), /says that it is a draft/);
  assert.match(await refusal({ deed: 'hand-off' }), /is not to be posted by hand: it is scheduled/);
  assert.match(await refusal({ publication: 'none/newsroom-x' }), /There is no publication/);
});

test('is signed by a key of its ledger alone', async () => {
  const { redis, prefix } = openLedger();
  const [one, other] = [
    openAccessStore(redis, prefix),
    openAccessStore(redis, `${prefix}-sandbox`),
  ];

  assert.notDeepEqual(await one.signingKey(), await other.signingKey());
  assert.deepEqual(await one.signingKey(), await openAccessStore(redis, prefix).signingKey());
  assert.equal(readLink(await one.signingKey(), 'a.b', 0), 'altered');
});
