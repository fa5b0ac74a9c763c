import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { findCommand } from '../../src/cli/command-table.ts';
import { parseRequest } from '../../src/cli/parse-call.ts';

const pages = readdirSync('docs').filter((name) => name.endsWith('.md'));
const silent = {
  out() {},
  err() {},
  columns: 80,
  hasColors: false,
  isErrTerminal: false,
  env: {},
};

interface Shown {
  readonly page: string;
  readonly call: string;
}

/** What a page tells people to type: lines of its blocks of commands, and commands in the midst of a sentence. */
function commandsIn(page: string): readonly Shown[] {
  const text = readFileSync(`docs/${page}`, 'utf8');
  const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, lines = '']) =>
    lines.split('\n'),
  );
  const inline = [...text.matchAll(/`(carillon [^`]+)`/g)].map(([, call = '']) => call);
  return [...blocks.map((line) => line.trim()), ...inline]
    .filter((line) => line !== '' && !line.includes('COMMAND'))
    .map((call) => ({ page, call }));
}

/** As a shell would cut it. */
function wordsOf(call: string): readonly string[] {
  return [...call.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}

const shown = pages.flatMap(commandsIn);

test('the guides show commands', () => {
  assert.ok(pages.length >= 5);
  assert.ok(shown.length > 15, `only ${shown.length}`);
});

for (const { page, call } of shown) {
  test(`${page}: "${call}" can be typed`, async () => {
    const [program, ...argv] = wordsOf(call);

    assert.equal(program, 'carillon');
    const request = await parseRequest(argv, silent);

    assert.equal(request.kind, 'run');
    assert.ok(request.kind === 'run' && findCommand(request.call.command));
  });
}

test('the variables in the guides are those that the networks ask for', async () => {
  const { networkIds, findNetwork } = await import('../../src/networks/registry.ts');
  const fields = new Set(
    networkIds.flatMap((id) => findNetwork(id)?.secrets({ mode: 'api' }).flat() ?? []),
  );
  const written = pages.flatMap((page) => [
    ...readFileSync(`docs/${page}`, 'utf8').matchAll(
      /CARILLON_NEWSROOM_(?:X|PAGE|TUBE)_([A-Z_]+)/g,
    ),
  ]);

  const unknown = written.map(([, field = '']) => field).filter((field) => !fields.has(field));

  assert.ok(written.length > 8);
  assert.deepEqual(unknown, []);
});

test('every page that a guide leads to is there', () => {
  const links = pages.flatMap((page) =>
    [...readFileSync(`docs/${page}`, 'utf8').matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(
      ([, to]) => to,
    ),
  );

  assert.ok(links.length > 2);
  assert.deepEqual(
    links.filter((to = '') => !existsSync(`docs/${to}`)),
    [],
  );
});

test('what Carillon says by the guides stands in its sources', () => {
  const sources = readdirSync('src/networks', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(`src/networks/${name}`, 'utf8'))
    .join('\n');
  const sentences = pages.flatMap((page) => {
    const [, table = ''] = readFileSync(`docs/${page}`, 'utf8').split('| Carillon says | do |\n');
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
