import assert from 'node:assert/strict';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadConfig } from '../../config/load.ts';
import { makeConfigFolder } from '../support/config-folder.ts';

const config = (include: string, more = '') =>
  `timezone: Europe/Paris
sandbox: true
accounts:
  news-x: { network: twitter }
defaults: { to: [news-x] }
include: ${include}
${more}`;

const entry = (id: string, article = `{ title: ${id} }`) =>
  `  - { id: ${id}, article: ${article}, at: 2099-01-01 09:00 }\n`;
const file = (...ids: string[]) => `publications:\n${ids.map((id) => entry(id)).join('')}`;

async function said(folder: Awaited<ReturnType<typeof makeConfigFolder>>) {
  const problems = await folder.problems();
  return problems.map((one) => `${one.file}:${one.line} ${one.severity} ${one.message}`);
}

test('entries of included files follow those of the config, file by file in the order of their names', async () => {
  await using folder = await makeConfigFolder(config('publications/*.yaml', file('own')));
  await folder.write('publications/b.yaml', file('b'));
  await folder.write('publications/a.yaml', file('a1', 'a2'));
  await folder.write('publications/.hidden.yaml', file('hidden'));
  await folder.write('publications/note.txt', 'no config');
  await folder.write('publications/deep/c.yaml', file('c'));

  const { entries } = (await folder.load()).config;

  assert.deepEqual(
    entries.map(({ id }) => id),
    ['own', 'a1', 'a2', 'b'],
  );
});

test('a list, a plain name and patterns through folders are taken together, each file once', async () => {
  await using folder = await makeConfigFolder(
    config('[one.yaml, "news/**/*.yaml", "news/*/*.yaml"]'),
  );
  await folder.write('one.yaml', file('one'));
  await folder.write('news/2026/may.yaml', file('may'));
  await folder.write('news/june.yaml', file('june'));

  const { entries } = (await folder.load()).config;

  assert.deepEqual(entries.map(({ id }) => id).sort(), ['june', 'may', 'one']);
});

test('articles count from the file that names them, and its mistakes stand at its lines', async () => {
  await using folder = await makeConfigFolder(config('news/*.yaml'));
  await folder.write('news/text.md', '# A title\n\nWords.');
  await folder.write(
    'news/a.yaml',
    `publications:\n${entry('a', 'text.md')}  - { id: b, at: now }\n`,
  );

  assert.match((await said(folder)).join('\n'), /^news\/a\.yaml:3 error "article" is missing/);
});

test('an id that another file has names that file and its line', async () => {
  await using folder = await makeConfigFolder(config('"*.yaml"', file('one')));
  await folder.write('more.yaml', file('two', 'one'));
  await folder.write('zz.yaml', file('two'));

  assert.deepEqual(await said(folder), [
    'more.yaml:3 error The id "one" is taken: carillon.yaml, line 8, has it. Give this entry another.',
    'zz.yaml:2 error The id "two" is taken: more.yaml, line 2, has it. Give this entry another.',
  ]);
});

test('an included file holds publications, and nothing else', async () => {
  await using folder = await makeConfigFolder(config('"news/*.yaml"'));
  await folder.write('news/a.yaml', `timezone: UTC\ninclude: b.yaml\npublicatons: []\n`);
  await folder.write('news/b.yaml', '- one\n');
  await folder.write('news/c.yaml', '');
  await folder.write('news/d.yaml', 'publications: {\n');

  const all = await said(folder);

  assert.match(all[0] ?? '', /^news\/a\.yaml:1 error "timezone" stands in the config itself/);
  assert.match(all[1] ?? '', /^news\/a\.yaml:2 error An included file includes no others/);
  assert.match(all[2] ?? '', /^news\/a\.yaml:3 error .*Did you mean "publications"\?/);
  assert.match(all[3] ?? '', /^news\/b\.yaml:1 error An included file starts with "publications:"/);
  assert.match(all[4] ?? '', /^news\/c\.yaml:1 warning The file is empty/);
  assert.match(all[5] ?? '', /^news\/d\.yaml:\d error /);
});

test('a pattern that finds nothing is a warning, a name that is none an error', async () => {
  await using folder = await makeConfigFolder(config('["news/*.yaml", may.yaml]'));

  const all = await said(folder);

  assert.match(all[0] ?? '', /^carillon\.yaml:6 warning There is no file "news\/\*\.yaml"/);
  assert.match(all[1] ?? '', /^carillon\.yaml:6 error There is no file "may\.yaml"/);
});

test('nothing outside the folder of the config is included, by whatever way', async () => {
  for (const pattern of ['"../*.yaml"', '/etc/*.yaml', '"a/../../b.yaml"', '"..\\\\b.yaml"']) {
    await using folder = await makeConfigFolder(config(pattern));
    assert.match((await said(folder)).join(), /leads out of the folder/, pattern);
  }
  await using outside = await makeConfigFolder();
  await outside.write('deep/x.yaml', file('x'));
  await using folder = await makeConfigFolder(config('"**/*.yaml"', file('own')));
  await mkdir(join(folder.directory, 'in'));
  await symlink(outside.directory, join(folder.directory, 'in', 'out'));
  await symlink(folder.directory, join(folder.directory, 'in', 'round'));

  const { entries } = (await folder.load()).config;

  assert.deepEqual(
    entries.map(({ id }) => id),
    ['own'],
  );
});

test('a link to a file is that file', async () => {
  await using shared = await makeConfigFolder();
  await shared.write('real.yaml', file('linked'));
  await using folder = await makeConfigFolder(config('news/*.yaml'));
  await mkdir(join(folder.directory, 'news'));
  await symlink(join(shared.directory, 'real.yaml'), join(folder.directory, 'news', 'a.yaml'));

  assert.equal((await folder.load()).config.entries[0]?.id, 'linked');
});

test('what was read is noted, folders included, so that a new file is seen', async () => {
  await using folder = await makeConfigFolder(config('news/*.yaml'));
  await folder.write('news/a.yaml', `publications:\n${entry('a', 'text.md')}`);
  await folder.write('news/text.md', '# Title');
  const noted: string[] = [];
  const { directory: cwd } = folder;
  const note = async (path: string) => void noted.push(path);

  await loadConfig({ file: 'carillon.yaml', env: {}, cwd, note });

  for (const name of ['.env', 'carillon.yaml', 'news', 'news/a.yaml', 'news/text.md']) {
    assert.ok(noted.includes(join(cwd, name)), name);
  }
});

test('a broken entry in an included file, or a folder that goes away, stops no operator', async () => {
  await using folder = await makeConfigFolder(config('news/*.yaml'));
  await folder.write('news/a.yaml', 'publications: nonsense\n');
  assert.match((await said(folder))[0] ?? '', /"publications" must be a list/);
  await rm(join(folder.directory, 'news'), { recursive: true });

  assert.match((await said(folder))[0] ?? '', /warning/);
});
