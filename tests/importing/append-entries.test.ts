import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import { appendEntries } from '../../src/importing/append-entries.ts';
import type { ImportedEntry } from '../../src/importing/import-rows.ts';

const entry: ImportedEntry = {
  id: 'one',
  article: { title: 'One: the first # of them' },
  at: '2026-12-01 09:00',
};
const written = `- id: one
  article:
    title: "One: the first # of them"
  at: 2026-12-01 09:00
`;
const indented = written.replaceAll(/^/gm, '  ').trimEnd();

test('entries are added behind the last one, and nothing else changes', () => {
  const head = 'publications: # what goes out\n  - id: old   # kept\n    at:   now # soon\n';
  const tail = '  # the end of the list\n\n# below\ndefaults: { to: [a] }\n';

  assert.equal(appendEntries(head + tail, [entry]), `${head}${indented}\n${tail}`);
});

test('a list without indentation, without an end of line, and with Windows line breaks is kept so', () => {
  assert.equal(
    appendEntries('publications:\n- id: old', [entry]),
    `publications:\n- id: old\n${written}`,
  );
  assert.equal(
    appendEntries('publications:\r\n- id: old\r\n', [entry]),
    `publications:\r\n- id: old\r\n${written.replaceAll('\n', '\r\n')}`,
  );
});

test('words in a block at the end of the list stay what they are', () => {
  const text =
    'publications:\n  - id: old\n    text: |\n      One\n\n      two\n\n\ntimezone: UTC\n';

  const appended = parse(appendEntries(text, [entry]));

  assert.deepEqual(appended, {
    publications: [{ id: 'old', text: 'One\n\ntwo\n' }, entry],
    timezone: 'UTC',
  });
});

test('a list that is missing, empty or in brackets is made, and comments stay', () => {
  for (const list of [
    '',
    'publications:\n',
    'publications: []\n',
    'publications: [{ id: old }]\n',
  ]) {
    const appended = appendEntries(`# mine\ntimezone: UTC # here\n${list}`, [entry]);

    assert.match(appended, /^# mine\ntimezone: UTC # here\n/);
    const old = list.includes('old') ? [{ id: 'old' }] : [];
    assert.deepEqual(parse(appended), { timezone: 'UTC', publications: [...old, entry] });
  }
});

test('what is no config is refused', () => {
  for (const text of ['', '- a\n', 'a: [\n', 'publications: 3\n', 'publications: { a: b }\n']) {
    assert.throws(() => appendEntries(text, [entry]), { name: 'AppendError' }, text);
  }
});

test('whatever the words, they come back as they were', () => {
  const words = fc.string({ unit: 'grapheme', minLength: 1 });
  const lines = fc.array(words, { minLength: 1 }).map((all) => all.join('\n'));
  fc.assert(
    fc.property(words, lines, (title, text) => {
      const hostile: ImportedEntry = {
        id: 'x',
        article: { title, text },
        at: 'now',
        text: { twitter: text },
      };

      const appended = appendEntries('publications:\n  - id: old\n', [hostile, entry]);

      assert.deepEqual(parse(appended), { publications: [{ id: 'old' }, hostile, entry] });
    }),
  );
});
