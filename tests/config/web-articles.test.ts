import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { loadConfig } from '../../config/load.ts';
import { ConfigError, type Problem } from '../../src/core/problem.ts';
import { type ConfigFolder, makeConfigFolder, png, withLines } from '../support/config-folder.ts';
import { type SmallWeb, startSmallWeb } from '../support/small-web.ts';

const address = 'http://news.example/seeds';
const names = { 'news.example': ['93.184.216.34'], 'wiki.lan': ['10.0.0.7'] };
const text = '<p>A sentence of some length, with commas, so that it counts as text.</p>'.repeat(8);
const html = (head = '') =>
  `<html lang="en"><head><title>Seeds for all</title>${head}</head><body><h1>Seeds for all</h1>${text}</body></html>`;

/** The good config with one article from the small web. */
async function openBench(
  page: (url: string) => ReturnType<Parameters<typeof startSmallWeb>[1]>,
  article = address,
  more = {},
) {
  const web = await startSmallWeb(names, page);
  const folder = await makeConfigFolder(withLines({ 15: `    article: ${article}`, ...more }));
  return {
    web,
    folder,
    load: () => load(folder, web),
    async [Symbol.asyncDispose]() {
      await web[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

function load(folder: ConfigFolder, { wire }: SmallWeb) {
  return loadConfig({ file: 'carillon.yaml', env: {}, cwd: folder.directory, wire });
}

async function problemsOf(loading: Promise<unknown>): Promise<readonly Problem[]> {
  const error = await loading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ConfigError);
  return error.problems;
}

describe('an article from the web', () => {
  it('is read from its page, with a warning if anyone may change it on its way', async () => {
    await using bench = await openBench(() => ({
      body: html(
        '<meta name="description" content="Lend some."><meta name="author" content="Ada Byron">',
      ),
    }));

    const { config, warnings } = await bench.load();

    const article = config.entries[0]?.article;
    assert.equal(article?.title, 'Seeds for all');
    assert.equal(article?.summary, 'Lend some.');
    assert.equal(article?.author, 'Ada Byron');
    assert.equal(article?.link, address);
    assert.deepEqual([warnings[0]?.line, warnings[0]?.column], [15, 14]);
    assert.match(warnings[0]?.message ?? '', /https:\/\//);
  });

  it('is fetched once, however often it is named', async () => {
    await using bench = await openBench(() => ({ body: html() }), address, {
      18: `    article: ${address}`,
    });

    const { config } = await bench.load();

    assert.equal(config.entries[1]?.article.title, 'Seeds for all');
    assert.equal(bench.web.asked.length, 1);
  });

  it('brings its image only with words for people who cannot see it', async () => {
    const image = '<meta property="og:image" content="/a.png">';
    for (const alt of ['', '<meta property="og:image:alt" content="Beans">']) {
      await using bench = await openBench((url) =>
        url.endsWith('.png') ? { body: png } : { body: html(image + alt) },
      );

      const { config } = await bench.load();

      const [found] = config.entries[0]?.article.images ?? [];
      assert.equal(found?.alt, alt === '' ? undefined : 'Beans');
      assert.equal(bench.web.asked.length, alt === '' ? 1 : 2);
      if (found) assert.deepEqual(await readFile(found.file), png);
    }
  });

  it('goes out without an image that is on a private host, and says so', async () => {
    const head =
      '<meta property="og:image" content="http://169.254.169.254/a.png"><meta property="og:image:alt" content="x">';
    await using bench = await openBench(() => ({ body: html(head) }));

    const { config, warnings } = await bench.load();

    assert.deepEqual(config.entries[0]?.article.images, []);
    assert.match(warnings[1]?.message ?? '', /without the image.*169\.254\.169\.254/);
    assert.deepEqual(bench.web.asked, ['news.example']);
  });

  it('is a problem at its place if there is no such page', async () => {
    await using bench = await openBench(() => ({ status: 404 }));

    const [problem] = await problemsOf(bench.load());

    assert.deepEqual([problem?.file, problem?.line, problem?.column], ['carillon.yaml', 15, 14]);
    assert.match(problem?.message ?? '', /no such page \(404\)/);
  });

  it('is a problem if the address gives no page', async () => {
    await using bench = await openBench(() => ({ headers: { 'content-type': 'application/pdf' } }));

    const [problem] = await problemsOf(bench.load());

    assert.match(problem?.message ?? '', /"application\/pdf"/);
  });

  it('comes from the own network only if its host is allowed', async () => {
    const inside = 'http://wiki.lan/seeds';
    await using closed = await openBench(() => ({ body: html() }), inside);
    await using open = await openBench(() => ({ body: html() }), inside, {
      2: 'sandbox: true\nfetch: { allow: [wiki.lan] }',
    });

    const [problem] = await problemsOf(closed.load());
    const { config } = await open.load();

    assert.match(problem?.message ?? '', /"wiki\.lan" \(10\.0\.0\.7\).*fetch: allow/);
    assert.deepEqual(closed.web.dialled, []);
    assert.equal(config.entries[0]?.article.title, 'Seeds for all');
  });

  it('has no other way than http and https', async () => {
    await using bench = await openBench(() => ({}), 'file:///etc/passwd');

    const [problem] = await problemsOf(bench.load());

    assert.match(problem?.message ?? '', /only https:\/\/ and http:\/\//);
  });

  it('says what is no host under fetch.allow', async () => {
    await using folder = await makeConfigFolder(
      withLines({ 2: 'sandbox: true\nfetch: { allow: ["https://wiki.lan"] }' }),
    );

    const [problem] = await folder.problems();

    assert.equal(problem?.line, 3);
    assert.match(problem?.message ?? '', /host of your own network/);
  });
});

describe('an article from an HTML file', () => {
  it('is read with the image beside it', async () => {
    await using folder = await makeConfigFolder(withLines({ 15: '    article: export/one.html' }));
    await folder.write(
      'export/one.html',
      html('<link rel="canonical" href="https://news.example/seeds">').replace(
        '<p>',
        '<img class="wp-post-image" src="pictures/a%20b.png" alt="Beans"><p>',
      ),
    );
    await folder.write('export/pictures/a b.png', png);

    const { config } = await folder.load();

    const article = config.entries[0]?.article;
    assert.equal(article?.link, 'https://news.example/seeds');
    assert.match(article?.images[0]?.file ?? '', /export\/pictures\/a b\.png$/);
  });

  it('takes no image from outside its folder', async () => {
    await using folder = await makeConfigFolder(withLines({ 15: '    article: export/one.html' }));
    await folder.write(
      'export/one.html',
      html().replace('<p>', '<img class="hero" src="../secret.png" alt="x"><p>'),
    );
    await folder.write('secret.png', png);

    const { config, warnings } = await folder.load();

    assert.deepEqual(config.entries[0]?.article.images, []);
    assert.match(warnings[0]?.message ?? '', /outside of the folder/);
  });
});
