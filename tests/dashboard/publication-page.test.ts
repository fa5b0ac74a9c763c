import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestDesk } from '../support/desk.ts';
import { anIntent, aPost, NAME, notSent, useLedgers } from '../support/ledger.ts';

const openLedger = useLedgers();

test('shows what an article says as text, whatever it says', async () => {
  const bench = openLedger();
  const text = '"><script>alert(1)</script> https://x.example/"onload="x javascript:alert(1)';
  const hash = 'a'.repeat(64);
  const image = {
    ...({ hash, type: 'image/png', size: 1 } as const),
    ...{ alt: '"><img src=x onerror=alert(1)>', file: '<b>.png' },
  };
  await bench.ledger.add(anIntent({ post: aPost({ text, media: [image] }), due: 9e12 }));
  const vera = await (await startTestDesk(bench)).enter('vera');

  const page = await vera.read(`/publications/${NAME}`);

  assert.doesNotMatch(page, /<script>|<img src=x|<b>\.png|<[^>]* onload=|href="javascript:/);
  assert.match(page, new RegExp(`src="/images/${hash}/${NAME}"`));
});

test('tells every attempt in the network’s own words, and what comes next', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent());
  const { fence } = await bench.startSending();
  const error = { code: 'twitter:503', message: 'X is over capacity <now>.', advice: 'Wait.' };
  await bench.ledger.finish(NAME, fence, notSent({ error, retryInMs: 30_000 }));
  const vera = await (await startTestDesk(bench)).enter('vera');

  const page = await vera.read(`/publications/${NAME}`);

  assert.match(page, /Attempt 1<\/b>.*X is over capacity &lt;now&gt;\. \(twitter:503\)/s);
  assert.match(page, /It is tried again on/);
  assert.match(page, /&quot;publication&quot;: &quot;spring-report\/newsroom-x&quot;/);
});

test('leads to the same entry on other accounts, and to nothing else', async () => {
  const bench = openLedger();
  for (const publication of [NAME, 'spring-report/newsroom-page', 'other/newsroom-x']) {
    await bench.ledger.add(
      anIntent({ publication, entry: publication.split('/')[0] ?? '', due: 9e12 }),
    );
  }
  const vera = await (await startTestDesk(bench)).enter('vera');

  const page = await vera.read(`/publications/${NAME}`);

  assert.match(page, /href="\/publications\/spring-report\/newsroom-page"/);
  assert.doesNotMatch(page, /href="\/publications\/other/);
});

test('gives no image that is not of the publication in its address', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent({ due: 9e12 }));
  const desk = await startTestDesk(bench);
  const { cookie } = await desk.enter('vera');

  for (const path of [`/images/${'a'.repeat(64)}/${NAME}`, `/images/x/none/newsroom-x`]) {
    assert.equal((await desk.get(path, { cookie })).status, 404, path);
  }
});

test('answers to names that are no names', async () => {
  const desk = await startTestDesk(openLedger());
  const { cookie } = await desk.enter('vera');

  for (const name of ['%E0%A4%A', '..%2f..%2fetc', 'a%00b', '%3Cscript%3E', 'x'.repeat(4_000)]) {
    const answer = await desk.get(`/publications/${name}`, { cookie });
    assert.equal(answer.status, 404, name);
    assert.doesNotMatch(await answer.text(), /<script>[^<]/);
  }
});
