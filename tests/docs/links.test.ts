import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import picomatch from 'picomatch';
import { anchorsOf, listPages, wordsOf } from './pages.ts';

interface Link {
  readonly page: string;
  readonly to: string;
}

const links = listPages().flatMap((page): Link[] =>
  [...wordsOf(page).matchAll(/\]\((?![a-z]+:)([^)\s]+)\)/g)].map(([, to = '']) => ({ page, to })),
);

function isBroken({ page, to }: Link): boolean {
  const [path = '', anchor] = to.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(target)) return true;
  return anchor !== undefined && !anchorsOf(target).includes(anchor);
}

test('every page and heading that a page leads to is there', () => {
  assert.ok(links.length > 60, `only ${links.length}`);
  assert.deepEqual(links.filter(isBroken), []);
});

test('a link to nowhere is found', () => {
  assert.ok(isBroken({ page: 'docs/README.md', to: 'nowhere.md' }));
  assert.ok(isBroken({ page: 'docs/README.md', to: 'security.md#nowhere' }));
});

test('every page is reached from the index', () => {
  const seen = new Set(['docs/README.md']);
  for (const page of seen) {
    for (const { to } of links.filter((link) => link.page === page)) {
      const target = join(dirname(page), to.split('#')[0] ?? '');
      if (target.endsWith('.md')) seen.add(target);
    }
  }

  assert.deepEqual(
    listPages().filter((page) => !seen.has(page)),
    [],
  );
});

test('every room of the newcomer’s map is there, and so is one for each of the changes it promises', () => {
  const [, map = ''] = wordsOf('README.md').split('## Where to change what');
  const [table = ''] = map.split('\n## ');
  const rows = table.split('\n').filter((line) => line.startsWith('| ') && !line.includes('---'));
  const rooms = rows.flatMap((row) => {
    const paths = [...(row.split('|')[2] ?? '').matchAll(/`([^` ]+)`/g)].map(
      ([, path = '']) => path,
    );
    return paths.map((path) => ({ row, path }));
  });

  const missing = rooms.filter(({ row, path }) => !isRoom(path, row));

  const promised = /network|look|excerpts|retry|setting|command|page|alert/;
  assert.equal(rows.filter((row) => /^\| \*\*/.test(row) && promised.test(row)).length, 8);
  assert.ok(rooms.length > 40, `only ${rooms.length}`);
  assert.deepEqual(missing, []);
});

/** A path from the root, or from a folder that the same row names. `*` is any name. */
function isRoom(path: string, row: string): boolean {
  const folders = [...row.matchAll(/`((?:src|config|workers|tests)\/[^` ]*)`/g)].flatMap(
    ([, folder = '']) => [folder, dirname(folder), dirname(dirname(folder))],
  );
  return ['', ...folders].some((folder) => hasMatch(join(folder, path)));
}

const paths = ['src', 'config', 'workers', 'tests', 'docs', '.ci'].flatMap((folder) => [
  folder,
  ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
]);

function hasMatch(pattern: string): boolean {
  const isMatch = picomatch(pattern.replace(/\/$/, ''));
  return paths.some((path) => isMatch(path));
}
