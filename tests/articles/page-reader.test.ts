import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maxPageBytes, openPageReader, PageError } from '../../src/articles/page-reader.ts';

const says = (words: RegExp) => (error: unknown) =>
  error instanceof PageError && words.test(error.message);
const page = (text: string) => ({ bytes: Buffer.from(text) });
const workerOf = (onMessage: string) =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`
      import { parentPort } from 'node:worker_threads';
      parentPort.on('message', (source) => { ${onMessage} });
      parentPort.postMessage({ ready: true });`)}`,
  );

describe('a page reader', () => {
  it('reads pages in its worker, one after the other', async () => {
    const reader = openPageReader();

    const articles = await Promise.all([
      reader.read(page('<title>One</title>')),
      reader.read(page('<title>Two</title>')),
    ]);

    assert.deepEqual(
      articles.map(({ title }) => title),
      ['One', 'Two'],
    );
  });

  it('cuts off a page that never ends, and reads the next', async () => {
    const stuckOnce = `
      if (new TextDecoder().decode(source.bytes) === 'stuck') for (;;);
      parentPort.postMessage({ article: { title: 'Fine' } });`;
    const reader = openPageReader({ timeoutMs: 300, workerFile: workerOf(stuckOnce) });

    await assert.rejects(reader.read(page('stuck')), says(/takes too long/));

    assert.equal((await reader.read(page('next'))).title, 'Fine');
  });

  it('survives a page that eats all memory', async () => {
    const hungry = 'const all = []; for (;;) all.push(new Array(1e5).fill(Math.random()));';
    const reader = openPageReader({ timeoutMs: 30_000, workerFile: workerOf(hungry) });

    await assert.rejects(reader.read(page('x')), says(/too much memory/));
  });

  it('refuses a page that is too large', async () => {
    const bytes = Buffer.alloc(maxPageBytes + 1);
    await assert.rejects(openPageReader().read({ bytes }), says(/larger than 5 MB/));
  });

  it('ends with an article or a sentence, whatever the page', { timeout: 60_000 }, async () => {
    const reader = openPageReader();
    const hostile = [
      '<div>'.repeat(100_000),
      '<'.repeat(500_000),
      '<p title="'.repeat(50_000),
      `<script type="application/ld+json">${'['.repeat(200_000)}</script>`,
      `<script type="application/ld+json">{"@type":"Article","__proto__":{"headline":"x"},"author":{"name":{"name":1}}}</script>`,
      `<title>${' | '.repeat(100_000)}</title>`,
      '\0\0\0\0',
      '',
    ];
    for (const html of hostile) {
      const outcome = await reader.read(page(html)).catch((error: unknown) => error);
      assert.ok(
        outcome instanceof PageError || typeof (outcome as { title: unknown }).title === 'string',
      );
    }
  });
});
