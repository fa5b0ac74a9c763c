import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  handOver,
  OTHER_URL,
  POST_URL,
  startHandOffDashboard,
  TUBE,
  tubePost,
} from '../support/hand-off.ts';
import { anIntent, aPost, useLedgers } from '../support/ledger.ts';

const openLedger = useLedgers();
const PATH = `/hand-off/${TUBE}`;
const bytes = Buffer.from('the bytes of an image');
const hash = 'a'.repeat(64);
const image = {
  hash,
  type: 'image/png',
  size: bytes.length,
  alt: 'A gate',
  file: 'باغ "1".png',
} as const;

test('shows text, images and composer of what a person is to post, and takes the address of the post', async () => {
  const bench = openLedger();
  await bench.ledger.putMedia(image, bytes);
  await handOver(bench, { post: tubePost({ text: 'First line\n\nLast <line>', media: [image] }) });
  const { get, fillIn } = await startHandOffDashboard(bench);

  const page = await (await get(PATH)).text();
  const sent = await fillIn(PATH, { url: `  ${POST_URL}?si=shared ` });
  const done = await (await get(sent.headers.get('location') ?? '')).text();

  assert.match(page, /<textarea[^>]*>First line\n\nLast &lt;line&gt;<\/textarea>/);
  assert.match(page, /href="https:\/\/www\.youtube\.com\/channel\/UCabcdefghijklmnopqrstuv\/posts/);
  assert.match(page, new RegExp(`src="/images/${hash}/${TUBE}" alt="A gate"`));
  assert.equal(sent.status, 303);
  const record = await bench.ledger.get(TUBE);
  assert.equal(record?.state, 'published');
  assert.equal(record?.receipt?.url, POST_URL);
  assert.equal(record?.evidence, 'confirmed by ada');
  assert.match(done, /It is published/);
  assert.doesNotMatch(done, /was changed while/);
});

test('gives the images of a publication, and nobody else’s', async () => {
  const bench = openLedger();
  await bench.ledger.putMedia(image, bytes);
  await bench.ledger.putMedia({ ...image, hash: 'b'.repeat(64) }, bytes);
  await handOver(bench, { post: tubePost({ media: [image] }) });
  const { get } = await startHandOffDashboard(bench);

  const kept = await get(`/images/${hash}/${TUBE}?download`);
  const others = await get(`/images/${'b'.repeat(64)}/${TUBE}`);
  const unknown = await get(`/images/${hash}/..%2F..%2Fetc/passwd`);

  assert.deepEqual(Buffer.from(await kept.arrayBuffer()), bytes);
  assert.equal(kept.headers.get('content-type'), 'image/png');
  assert.equal(kept.headers.get('x-content-type-options'), 'nosniff');
  assert.equal(
    kept.headers.get('content-disposition'),
    `attachment; filename*=UTF-8''${encodeURIComponent('باغ "1".png')}`,
  );
  assert.equal(others.status, 404);
  assert.equal(unknown.status, 404);
});

for (const [given, words] of [
  ['I have posted it', /This is no address/],
  ['javascript:alert(1)', /This is no address/],
  [
    'https://www.youtube.com/@newsroom',
    /leads to YouTube, but not to a post: perhaps to the channel/,
  ],
  ['https://youtu.be/dQw4w9WgXcQ', /leads to YouTube, but not to a post/],
  [
    'https://x.com/newsroom/status/1234567890123456789',
    /an address on X(?: \(Twitter\))?; this one goes on YouTube/,
  ],
  [
    'https://evil.example/?youtube.com/post/UgkxwxxVDJ_GdTRQ3zYKFo1U7Va3wQh4HpXB',
    /evil\.example is not YouTube/,
  ],
] as const) {
  test(`says what "${given}" is instead of a post, and changes nothing`, async () => {
    const bench = openLedger();
    await handOver(bench);
    const { fillIn } = await startHandOffDashboard(bench);

    const answer = await fillIn(PATH, { url: given });

    assert.equal(answer.status, 422);
    assert.match(await answer.text(), words);
    assert.equal(await bench.state(TUBE), 'handoff');
  });
}

test('does not take the post of another publication', async () => {
  const bench = openLedger();
  await handOver(bench);
  await handOver(bench, { publication: 'winter-report/newsroom-tube' });
  const { fillIn } = await startHandOffDashboard(bench);
  await fillIn('/hand-off/winter-report/newsroom-tube', { url: POST_URL });

  const answer = await fillIn(PATH, { url: POST_URL });

  assert.match(await answer.text(), /belongs to winter-report\/newsroom-tube already/);
  assert.equal(await bench.state(TUBE), 'handoff');
});

test('takes the same address twice, and tells the second of two people of the other’s', async () => {
  const bench = openLedger();
  await handOver(bench);
  const { get, fillIn, post } = await startHandOffDashboard(bench);
  const opened = await get(PATH);
  const form = /name="form" value="([^"]+)"/.exec(await opened.text())?.[1] ?? '';
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';

  const first = await fillIn(PATH, { url: POST_URL });
  const again = await post(PATH, { form, url: POST_URL }, { cookie });
  const other = await post(PATH, { form, url: OTHER_URL }, { cookie });

  assert.equal(first.status, 303);
  assert.equal(again.status, 303);
  assert.equal(other.status, 409);
  assert.match(await other.text(), /Somebody else has said meanwhile that it is live at https:/);
  assert.equal((await bench.ledger.get(TUBE))?.receipt?.url, POST_URL);
});

test('takes what was posted though the text was changed meanwhile, and says so', async () => {
  const bench = openLedger();
  await handOver(bench);
  const { get, post } = await startHandOffDashboard(bench);
  const opened = await get(PATH);
  const html = await opened.text();
  const fields = Object.fromEntries(
    [...html.matchAll(/name="(form|shown)" value="([^"]*)"/g)].map(([, name, value]) => [
      name,
      value,
    ]),
  );
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
  const changed = anIntent({ publication: TUBE, post: tubePost({ text: 'Another text' }) });
  await bench.ledger.amend(changed, await bench.generation(TUBE));

  const sent = await post(PATH, { ...fields, url: POST_URL }, { cookie });
  const done = await (await get(sent.headers.get('location') ?? '')).text();

  assert.equal(await bench.state(TUBE), 'published');
  assert.match(done, /was changed while you were posting it/);
  assert.match(done, /Another text/);
});

test('says how it stands where nobody has to post', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent({ due: Date.now() + 86_400_000, post: aPost() }));
  const { get } = await startHandOffDashboard(bench);

  const planned = await get('/hand-off/spring-report/newsroom-x');
  const unknown = await get('/hand-off/no-report/newsroom-x');

  assert.equal(planned.status, 200);
  const text = await planned.text();
  assert.match(text, /not to be posted by hand now: it is scheduled/);
  assert.match(text, /href="\/publications\/spring-report\/newsroom-x"/);
  assert.doesNotMatch(text, /<textarea/);
  assert.equal(unknown.status, 404);
});

test('lets editors post, and viewers not', async () => {
  const bench = openLedger();
  await handOver(bench);
  const people = [
    { name: 'anna', role: 'editor', password: 'a long sentence of hers' },
    { name: 'guest', role: 'viewer', password: 'a long sentence of theirs' },
  ] as const;
  const { get, post, fillIn } = await startHandOffDashboard(bench, { people });
  const enter = async (name: string, password: string) =>
    (await post('/enter', { name, password })).headers.get('set-cookie')?.split(';')[0] ?? '';

  const guest = await get(PATH, { cookie: await enter('guest', people[1].password) });
  const anna = await fillIn(PATH, { url: POST_URL }, await enter('anna', people[0].password));

  assert.equal(guest.status, 403);
  assert.equal(anna.status, 303);
  assert.equal((await bench.ledger.get(TUBE))?.evidence, 'confirmed by anna');
});
