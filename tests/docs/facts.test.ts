import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { COMMANDS } from '../../src/cli/command-table.ts';
import { findNetwork, networkIds, networks } from '../../src/networks/registry.ts';
import { listPages, readPage } from './pages.ts';

const pages = listPages();

test('the variables in the guides are those that the networks ask for', () => {
  const fields = new Set(
    networkIds.flatMap((id) => findNetwork(id)?.secrets({ mode: 'api' }).flat() ?? []),
  );
  const written = pages.flatMap((page) => [
    ...readPage(page).matchAll(/CARILLON_NEWSROOM_(?:X|PAGE|TUBE)_([A-Z_]+)/g),
  ]);

  const unknown = written.map(([, field = '']) => field).filter((field) => !fields.has(field));

  assert.ok(written.length > 8);
  assert.deepEqual(unknown, []);
});

test('the page about the environment has every variable that the sources know, and no other', () => {
  const known = new Set(
    ['src', 'config'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.tsx?$/.test(name))
        .flatMap((name) => [
          ...readFileSync(`${folder}/${name}`, 'utf8').matchAll(/\bCARILLON_[A-Z_]+[A-Z]\b(?!_)/g),
        ])
        .map(([variable]) => variable),
    ),
  );
  const told = new Set(
    [...readPage('docs/environment.md').matchAll(/\bCARILLON_[A-Z_]+[A-Z]\b(?!_)/g)].map(
      ([variable]) => variable,
    ),
  );

  // Ours alone: how `start` tells its parts that they are its parts.
  known.delete('CARILLON_SUPERVISED');
  const isExample = (variable: string) => /_ANNA$|_NEWSROOM_|_(X|PAGE|TUBE)_/.test(variable);
  const [missing, unknown] = [
    [...known].filter((variable) => !told.has(variable) && !isExample(variable)),
    [...told].filter((variable) => !known.has(variable) && !isExample(variable)),
  ];

  assert.ok(known.size > 10, `only ${known.size}`);
  assert.deepEqual(missing, []);
  assert.deepEqual(unknown, []);
});

test('what Carillon says by the guides stands in its sources', () => {
  const sources = readdirSync('src/networks', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(`src/networks/${name}`, 'utf8'))
    .join('\n');
  const sentences = pages.flatMap((page) => {
    const [, table = ''] = readPage(page).split('| Carillon says | do |\n');
    const [own = ''] = table.split('\n\n');
    const cells = own.split('\n').map((line) => line.split('|')[1]?.trim() ?? '');
    return cells.filter((cell) => cell !== '' && !cell.startsWith('---'));
  });

  assert.ok(sentences.length > 15);
  const unknown = sentences.filter(
    (sentence) => !sentence.split(' … ').every((part) => sources.includes(part.replace(/ …$/, ''))),
  );
  assert.deepEqual(unknown, []);
});

test('the figures of the networks are those by which Carillon works', async () => {
  const page = readPage('docs/networks.md');
  const composers = await Promise.all(networkIds.map((id) => networks[id].loadComposer()));
  const prices = Object.entries(networks.twitter.prices?.prices ?? {});
  const facts = [
    ...composers.map(({ images }) => images.maxBytes.toLocaleString('en-US')),
    ...composers.map(({ images }) => `${images.most}`),
    ...networkIds.flatMap((id) =>
      networks[id].limits.map(({ posts }) => posts.toLocaleString('en-US')),
    ),
    ...prices.map(([name, price]) => [`\`${name}\``, price / 1_000_000]),
    ...composers.map(({ measure }) => measure('', {}).limit.toLocaleString('en-US')),
  ].map((fact) =>
    Array.isArray(fact) ? new RegExp(`\\| ${fact[0]} \\|.*\\| ${fact[1]} \\|`) : fact,
  );

  const missing = facts.filter((fact) =>
    typeof fact === 'string' ? !page.includes(fact) : !fact.test(page),
  );

  assert.ok(facts.length > 15 && prices.length > 4);
  assert.deepEqual(missing, []);
});

test('every script that a page names is one of the package', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    scripts: Record<string, string>;
  };
  const named = pages.flatMap((page) =>
    [...readPage(page).matchAll(/npm run ([a-z-]+)/g)].map(([, name = '']) => name),
  );

  assert.ok(named.length > 10);
  assert.deepEqual(
    named.filter((name) => !Object.hasOwn(scripts, name)),
    [],
  );
});

test('every alert, state, command and dependency is explained', async () => {
  const { ALERT_KINDS } = await import('../../src/core/alerts.ts');
  const { PUBLICATION_STATES } = await import('../../src/core/publication.ts');
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    dependencies: Record<string, string>;
  };

  // A whole family of packages stands in one word.
  const told = (page: string, names: readonly string[]) =>
    names
      .map((name) => name.replace(/^(@opentelemetry)\/.*/, '$1/*'))
      .filter((name) => !readPage(page).includes(`\`${name}\``));

  assert.deepEqual(told('docs/alerts.md', ALERT_KINDS), []);
  assert.deepEqual(told('docs/approving-and-correcting.md', PUBLICATION_STATES), []);
  assert.deepEqual(told('README.md', Object.keys(dependencies)), []);
  const commands = readPage('README.md').split('## Commands in short')[1]?.split('\n## ')[0] ?? '';
  const inShort = [...commands.matchAll(/`([a-z]+)/g)].map(([, name = '']) => name);
  assert.deepEqual(
    new Set(COMMANDS.map(({ name }) => name)),
    new Set(inShort.filter((name) => !['npm', 'carillon'].includes(name))),
  );
});
