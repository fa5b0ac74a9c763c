import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type AnsweringServer, startAnsweringServer } from '../support/answering-server.ts';
import { useCommands } from '../support/command-bench.ts';

const openBench = useCommands();
const withoutRedis = { env: { REDIS_URL: 'redis://127.0.0.1:1' } };
const paragraph = '<p>Twelve years after the last cement was poured, otters are back again.</p>';
const article = `<html><head><title>x</title><meta property="og:title" content="Otters &amp; <b>"></head><body>${paragraph.repeat(12)}</body></html>`;

let web: AnsweringServer;
before(async () => {
  web = await startAnsweringServer(({ url }) =>
    url === '/otters' ? { body: article } : { status: 404, body: '' },
  );
});
after(() => web.close());

function configWith(preflight = ''): string {
  const entry = (id: string, path: string) =>
    `  - { id: ${id}, at: 2030-01-01 09:00, article: { title: ${id}, link: "${web.url}${path}" } }\n`;
  return `timezone: Europe/Paris
sandbox: true
${preflight}
fetch: { allow: [127.0.0.1] }
accounts:
  newsroom-x: { network: twitter }
  newsroom-page: { network: facebook, pageId: "1000200030004" }
defaults: { to: [newsroom-x, newsroom-page] }
publications:
${entry('otters', '/otters')}${entry('gone', '/gone')}`;
}

interface Checked {
  readonly ok: boolean;
  readonly problems: readonly { line: number; severity: string; message: string }[];
}

test('check --online tells at the entry what is wrong with its link, and asks for each page once', async () => {
  const { run, writeConfig } = openBench();
  writeConfig(configWith());
  const before = web.heard.length;

  const { status, out } = await run(['check', '--online', '--json'], withoutRedis);

  const { ok, problems } = JSON.parse(out) as Checked;
  assert.deepEqual([status, ok], [0, true]);
  assert.deepEqual(
    problems.map(({ line, severity }) => [line, severity]),
    [
      [10, 'warning'],
      [11, 'warning'],
    ],
  );
  assert.match(problems[0]?.message ?? '', /has no "og:image": X and Facebook will show/);
  assert.match(
    problems[1]?.message ?? '',
    /^There is no page at .*\/gone: its server answers 404\. Check/,
  );
  assert.equal(web.heard.length - before, 2);
});

test('with a strict preflight they are errors, and without --online nobody asks', async () => {
  const { run, writeConfig } = openBench();
  writeConfig(configWith('preflight: strict'));

  const online = await run(['check', '--online'], withoutRedis);
  const before = web.heard.length;
  const offline = await run(['check'], withoutRedis);

  assert.equal(online.status, 2);
  assert.match(online.out, /2 errors: nothing goes out until the errors are mended\.\n$/);
  assert.equal(offline.status, 0);
  assert.equal(web.heard.length, before);
});

test('preview --html writes one whole page, with the cards of the links if it may ask for them', async () => {
  const { run, writeConfig, folder } = openBench();
  writeConfig(configWith());

  const offline = await run(['preview', '--html', 'page.html'], withoutRedis);
  const unknown = readFileSync(join(folder, 'page.html'), 'utf8');
  const online = await run(['preview', 'otters', '--online', '--html', 'page.html'], withoutRedis);
  const known = readFileSync(join(folder, 'page.html'), 'utf8');

  assert.deepEqual(offline, {
    status: 0,
    out: 'page.html shows 4 publications. Open it in a browser.\n',
    err: '',
  });
  assert.match(unknown, /With --online the preview looks/);
  assert.equal(online.status, 0);
  assert.match(known, /<span class="card-title" dir="auto">Otters &amp; &lt;b&gt;<\/span>/);
  assert.doesNotMatch(known, /With --online|>gone</);
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.includes('.part')),
    [],
  );
});

test('a page that cannot be written, and options that do not go together, are told in a sentence', async () => {
  const { run, writeConfig } = openBench();
  writeConfig(configWith());

  const nowhere = await run(['preview', '--html', 'no/such/folder/page.html']);
  const folder = await run(['preview', '--html', 'config']);
  const both = await run(['preview', '--html', 'a.html', '--json']);
  const online = await run(['preview', '--online']);

  assert.match(
    nowhere.err,
    /^"no\/such\/folder\/page\.html" cannot be written: its folder does not/,
  );
  assert.match(folder.err, /^"config" is a folder\. Name a file in it\.\n$/);
  assert.match(both.err, /^Name one of --html and --json/);
  assert.match(online.err, /^Add --html FILE/);
  assert.deepEqual(
    [nowhere, folder, both, online].map(({ status }) => status),
    [2, 2, 2, 2],
  );
});
