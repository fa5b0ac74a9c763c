import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { runCommand } from '../support/command-line.ts';

const CONFIG = `# the newsroom's
timezone: Europe/Paris
sandbox: true
accounts:
  newsroom-x: { network: twitter } # ours
  newsroom-page: { network: facebook, pageId: "1000200030004" }
defaults: { to: [newsroom-x, newsroom-page] }
publications:
  - id: old
    article: { title: Old }
    at: now # once
`;
const TABLE = `Text,Image URL,Tags,Posting Time
"Our report, at last",,,2099-12-01 09:00
"گزارش ما
منتشر شد؛ بخوانید",,,2099-12-02 09:00
No time,,,
`;

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'carillon-import-'));
  await writeFile(join(cwd, 'mine.yaml'), CONFIG);
  await writeFile(join(cwd, 'posts.csv'), TABLE);
});
afterEach(() => rm(cwd, { recursive: true, force: true }));

const run = (...argv: string[]) => runCommand(argv, { cwd });
const read = (name: string) => readFile(join(cwd, name), 'utf8');

test('import adds what can be taken to the config, tells the rest, and check accepts it', async () => {
  const { status, out, err } = await run('import', 'posts.csv', '--into', 'mine.yaml');
  const checked = await run('check', '--config', 'mine.yaml');

  assert.equal(status, 1);
  assert.equal(out, '');
  assert.equal(
    err,
    `posts.csv:5 It has no time. Give it one, such as 2026-11-24 09:00.
2 entries added to mine.yaml, 1 line not taken.
`,
  );
  assert.deepEqual([checked.status, checked.out], [0, '6 publications of 3 entries are fine.\n']);
  assert.ok((await read('mine.yaml')).startsWith(CONFIG));
  assert.deepEqual((await readdir(cwd)).sort(), ['mine.yaml', 'posts.csv']);
});

test('importing twice adds nothing twice', async () => {
  await run('import', 'posts.csv', '--into', 'mine.yaml');
  const once = await read('mine.yaml');

  const { err } = await run('import', 'posts.csv', '--into', 'mine.yaml');

  assert.match(err, /^0 entries added to mine\.yaml, 2 already there, 1 line not taken\.$/m);
  assert.equal(await read('mine.yaml'), once);
});

test('without --into the entries are printed, and nothing is changed', async () => {
  const printed = await run('import', 'posts.csv', '--config', 'mine.yaml');

  assert.match(printed.out, /^publications:\n {2}- id: our-report-at-last-[0-9a-f]{8}\n/);
  assert.match(printed.err, /^2 entries made, 1 line not taken\.$/m);
  assert.equal(await read('mine.yaml'), CONFIG);
});

test('without any config, the zone has to be said, and the accounts', async () => {
  const zone = await run('import', 'posts.csv');
  const accounts = await run('import', 'posts.csv', '--timezone', 'Europe/Paris');

  assert.match(zone.err, /--timezone ZONE/);
  assert.match(accounts.err, /--accounts LIST/);
  assert.deepEqual([zone.status, accounts.status], [2, 2]);
});

test('a wrong account, order of dates, table or config is told, and nothing is changed', async () => {
  const into = ['--into', 'mine.yaml'];
  await writeFile(
    join(cwd, 'broken.yaml'),
    'publications: 3\ndefaults: { to: [a] }\ntimezone: UTC\naccounts: { a: { network: twitter } }\n',
  );
  const calls = [
    ['import', 'posts.csv', ...into, '--accounts', 'newsrom-x'],
    ['import', 'posts.csv', ...into, '--dates', 'ymd'],
    ['import', 'nowhere.csv', ...into],
    ['import', 'mine.yaml', ...into],
    ['import', 'posts.csv', '--into', 'nowhere.yaml'],
    ['import', 'posts.csv', '--into', 'mine.json'],
    ['import', 'posts.csv', '--into', 'broken.yaml'],
  ];

  for (const call of calls) {
    const { status, err } = await run(...call);
    assert.equal(status, 2, call.join(' '));
    assert.match(err, /^[^\n]+\n$/, call.join(' '));
  }

  assert.equal(await read('mine.yaml'), CONFIG);
});

test('a file that the config includes is filled by the accounts of the config, and twice adds nothing', async () => {
  await writeFile(join(cwd, 'mine.yaml'), `include: parts/*.yaml\n${CONFIG}`);
  await mkdir(join(cwd, 'parts'));
  await writeFile(join(cwd, 'parts', 'one.yaml'), 'publications:\n');
  await writeFile(join(cwd, 'parts', 'two.yaml'), 'publications:\n');
  const call = ['import', 'posts.csv', '--config', 'mine.yaml', '--into'];

  const first = await run(...call, 'parts/one.yaml');
  const second = await run(...call, 'parts/two.yaml');
  const checked = await run('check', '--config', 'mine.yaml');

  assert.match(first.err, /^2 entries added to parts\/one\.yaml, 1 line not taken\.$/m);
  assert.match(second.err, /^0 entries added to parts\/two\.yaml, 2 already there/m);
  assert.deepEqual([checked.status, checked.out], [0, '6 publications of 3 entries are fine.\n']);
});

test('accounts that are named are written into each entry', async () => {
  await run('import', 'posts.csv', '--into', 'mine.yaml', '--accounts', 'newsroom-page');

  assert.match(await read('mine.yaml'), /^ {4}to:\n {6}- newsroom-page$/m);
  assert.equal((await run('check', '--config', 'mine.yaml')).status, 0);
});

test('--json tells what became of every line', async () => {
  const { out } = await run('import', 'posts.csv', '--config', 'mine.yaml', '--json');

  const { entries, refused, alreadyThere } = JSON.parse(out) as {
    entries: { at: string }[];
    refused: { line: number }[];
    alreadyThere: number;
  };
  assert.deepEqual(
    [entries.map(({ at }) => at), refused.map(({ line }) => line), alreadyThere],
    [['2099-12-01 09:00', '2099-12-02 09:00'], [5], 0],
  );
});
