import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { renderJsonSchemas } from '../../config/json-schema.ts';
import { makeConfigFolder, png, withLines } from '../support/config-folder.ts';

const real = { 2: 'sandbox: false' };
const secrets = {
  CARILLON_NEWS_X_API_KEY: 'a',
  CARILLON_NEWS_X_API_SECRET: 'b',
  CARILLON_NEWS_X_ACCESS_TOKEN: 'c',
  CARILLON_NEWS_X_ACCESS_SECRET: 'd',
  CARILLON_NEWS_PAGE_PAGE_TOKEN: 'e',
};

describe('loadConfig', () => {
  it('gives times as instants and lengths in milliseconds', async () => {
    await using folder = await makeConfigFolder(withLines({}));

    const { config } = await folder.load();

    assert.deepEqual(
      config.entries.map(({ at }) => at),
      [{ now: true }, { now: false, instant: Date.parse('2026-11-24T08:00Z') }],
    );
    assert.deepEqual(config.publishing, {
      requestTimeoutMs: 30_000,
      attempts: 6,
      backoffMs: 30_000,
      confirmAfterMs: [15_000, 120_000, 900_000],
      publishByMs: 7_200_000,
      lookAfterMs: [],
      facebook: 'two-phase',
      resumeGapMs: 10_000,
    });
  });

  it('names every missing variable of every account at once', async () => {
    await using folder = await makeConfigFolder(withLines(real));

    const messages = (await folder.problems()).map(({ message }) => message);

    assert.equal(messages.length, 2);
    assert.match(
      messages[0] ?? '',
      /NEWS_X_API_KEY, CARILLON_NEWS_X_API_SECRET.*or CARILLON_NEWS_X_CLIENT_ID/,
    );
    assert.match(messages[1] ?? '', /CARILLON_NEWS_PAGE_PAGE_TOKEN/);
  });

  it('takes secrets from .env, and lets the environment win', async () => {
    await using folder = await makeConfigFolder(withLines(real));
    const lines = Object.entries(secrets).map(([name, value]) => `${name}=file-${value}`);
    await folder.write('.env', lines.join('\n'));

    const { config } = await folder.load({ CARILLON_NEWS_X_API_KEY: 'own' });

    const found = config.accounts.get('news-x')?.secrets;
    assert.equal(found?.API_KEY, 'own');
    assert.equal(found?.API_SECRET, 'file-b');
    assert.equal(process.env.CARILLON_NEWS_X_API_SECRET, undefined);
  });

  it('gives an account none of the secrets of another whose name begins alike', async () => {
    const text = withLines({ ...real, 4: '  news:', 12: '  to: [news-page]', 6: '  news-page:' });
    await using folder = await makeConfigFolder(text);
    const env = {
      ...secrets,
      CARILLON_NEWS_API_KEY: '1',
      CARILLON_NEWS_API_SECRET: '2',
      CARILLON_NEWS_ACCESS_TOKEN: '3',
      CARILLON_NEWS_ACCESS_SECRET: '4',
    };

    const { config } = await folder.load(env);

    assert.deepEqual(Object.keys(config.accounts.get('news')?.secrets ?? {}).sort(), [
      'ACCESS_SECRET',
      'ACCESS_TOKEN',
      'API_KEY',
      'API_SECRET',
    ]);
  });

  it('sends sandbox accounts to the sandbox, whatever real address they name', async () => {
    await using folder = await makeConfigFolder(
      withLines({ 5: '    network: twitter\n    apiUrl: https://api.x.com' }),
    );

    const { config } = await folder.load({ CARILLON_SANDBOX_PORT: '9999' });

    const urls = [...config.accounts.values()].map(({ apiUrl, sandbox }) => [apiUrl, sandbox]);
    assert.deepEqual(urls, [
      ['http://127.0.0.1:9999', true],
      ['http://127.0.0.1:9999', true],
    ]);
  });

  it('respects an address on this machine for a sandbox account', async () => {
    await using folder = await makeConfigFolder(
      withLines({ 5: '    network: twitter\n    apiUrl: http://localhost:7000/' }),
    );

    const { config } = await folder.load();

    assert.equal(config.accounts.get('news-x')?.apiUrl, 'http://localhost:7000');
  });

  it('reads articles and images relative to the file that names them', async () => {
    await using folder = await makeConfigFolder(withLines({ 15: '    article: texts/one.md' }));
    await folder.write(
      'texts/one.md',
      '---\nimage: { file: ../pictures/a.png, alt: A tree }\n---\n# One\n\nText.\n',
    );
    await folder.write('pictures/a.png', png);

    const { config } = await folder.load();

    const [entry] = config.entries;
    assert.equal(entry?.article.title, 'One');
    assert.match(entry?.article.images[0]?.file ?? '', /pictures\/a\.png$/);
    assert.deepEqual(entry?.article.images[0]?.place, {
      file: 'texts/one.md',
      line: 2,
      column: 16,
    });
  });

  it('lets an entry use a list of another place', async () => {
    const text = withLines({
      12: '  to: &all [news-x, news-page]',
      19: '    at: now\n    to: *all',
    });
    await using folder = await makeConfigFolder(text);

    const { config } = await folder.load();

    assert.deepEqual(config.entries[1]?.to, ['news-x', 'news-page']);
  });

  it('joins the wrapped lines of an article in the config', async () => {
    const text = withLines({
      18: '    article:\n      title: Two\n      text: |\n        Wrapped\n        text.\n\n        More.',
    });
    await using folder = await makeConfigFolder(text);

    const { config } = await folder.load();

    assert.equal(config.entries[1]?.article.text, 'Wrapped text.\n\nMore.');
  });

  it('says which file is not there', async () => {
    await using folder = await makeConfigFolder();

    const [problem] = await folder.problems({}, 'none.yaml');

    assert.equal(problem?.file, 'none.yaml');
    assert.match(problem?.message ?? '', /--config FILE/);
  });

  it('loads a thousand entries, far from any bound', { timeout: 20_000 }, async () => {
    const entries = Array.from({ length: 1000 }, (_, index) =>
      [
        `  - id: entry-${index}`,
        `    article: { title: Title ${index}, text: Some words. }`,
        '    at: 2026-11-24 09:00',
        '    to: *all',
      ].join('\n'),
    );
    const head = withLines({ 12: '  to: &all [news-x, news-page]' })
      .split('\n')
      .slice(0, 13)
      .join('\n');
    await using folder = await makeConfigFolder(`${head}\n${entries.join('\n')}\n`);

    const { config } = await folder.load();

    assert.equal(config.entries.length, 1000);
  });
});

describe('the JSON schema for editors', () => {
  it('is up to date: run "npm run schema"', async () => {
    for (const [name, text] of renderJsonSchemas()) {
      const file = new URL(`../../config/${name}`, import.meta.url);

      const committed = await readFile(file, 'utf8');

      assert.equal(committed, text, name);
    }
  });
});
