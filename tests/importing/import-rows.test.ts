import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ImportContext, importRows } from '../../src/importing/import-rows.ts';
import { readTable } from '../../src/importing/read-table.ts';

const context: ImportContext = {
  timezone: 'Europe/Paris',
  configTimezone: 'Europe/Paris',
  to: undefined,
  targets: [
    { network: 'twitter', settings: {} },
    { network: 'facebook', settings: {} },
  ],
  hasTemplate: false,
  known: new Set(),
  now: Date.UTC(2026, 10, 24),
};

const SENTENCE = 'The library lends its books to everybody who asks for one of them politely. ';

function importLines(lines: readonly string[], over: Partial<ImportContext> = {}) {
  const table = readTable(`Text,Link,Image URL,Posting Time\n${lines.join('\n')}\n`);
  return importRows(table.rows, { ...context, ...over });
}

test('a short text becomes the title of an article, at its time', async () => {
  const { entries, refused, notes } = await importLines(
    ['Our report is out,https://e.org/report,,2026-12-01 09:00'],
    { to: ['newsroom-x'] },
  );

  assert.deepEqual(entries, [
    {
      id: 'our-report-is-out-093faee6',
      article: { title: 'Our report is out', link: 'https://e.org/report' },
      at: '2026-12-01 09:00',
      to: ['newsroom-x'],
    },
  ]);
  assert.deepEqual([refused, notes], [[], []]);
});

test('a text that would be laid out otherwise is posted as it was written', async () => {
  const { entries } = await importLines([
    '"One line\nand another",https://e.org,,2026-12-01 09:00',
  ]);

  const [entry] = entries;
  assert.deepEqual(entry?.article, {
    title: 'One line',
    text: 'and another',
    link: 'https://e.org',
  });
  assert.deepEqual(entry?.text, {
    twitter: 'One line\nand another\n\n{link}',
    facebook: 'One line\nand another',
  });
});

test('a text that is too long for a network is laid out there, which is said', async () => {
  const { entries, notes } = await importLines([`${SENTENCE.repeat(5)},,,2026-12-01 09:00`]);

  const [entry] = entries;
  assert.deepEqual(entry?.article, { title: SENTENCE.trim(), text: SENTENCE.repeat(4).trim() });
  assert.deepEqual(entry?.text, { facebook: SENTENCE.repeat(5).trim() });
  assert.deepEqual(
    notes.map(({ line }) => line),
    [2],
  );
  assert.match(notes[0]?.message ?? '', /does not fit X as it stands/);
});

test('where the config has templates of its own, the text is posted as it was written', async () => {
  const { entries } = await importLines(['Our report is out,,,2026-12-01 09:00'], {
    hasTemplate: true,
  });

  assert.deepEqual(entries[0]?.text, {
    twitter: 'Our report is out',
    facebook: 'Our report is out',
  });
});

test('brackets of a text are never taken for placeholders', async () => {
  const { entries } = await importLines(['"Write {link} here\nor {there}",,,2026-12-01 09:00']);

  assert.equal(entries[0]?.text?.twitter, 'Write {{link} here\nor {{there}');
});

test('the same words keep their id; at another time they have a number, at the same they are refused', async () => {
  const lines = [
    'Again,,,2026-12-01 09:00',
    'Again,,,2026-12-02 09:00',
    'Again,,,2026-12-01 09:00',
    'سلام,,,2026-12-01 09:00',
  ];

  const first = await importLines(lines);
  const known = new Set(first.entries.map(({ id }) => id));
  const second = await importLines(lines, { known });

  assert.deepEqual(
    first.entries.map(({ id }) => id.replace(/[0-9a-f]{8}/, '#')),
    ['again-#', 'again-#-2', 'post-#'],
  );
  assert.deepEqual(
    first.refused.map(({ line, message }) => [line, message]),
    [[4, 'It says the same at the same time as line 2. Take one of the two out.']],
  );
  assert.deepEqual([second.entries, second.alreadyThere], [[], 3]);
});

test('times of another zone are written in that of the config', async () => {
  const { entries } = await importLines(['One,,,2026-12-01 09:00', 'Two,,,2026-12-01 09:00Z'], {
    timezone: 'America/New_York',
  });

  assert.deepEqual(
    entries.map(({ at }) => at),
    ['2026-12-01 15:00', '2026-12-01 10:00'],
  );
});

test('a time that the clocks of the config show twice is written as an instant', async () => {
  const { entries } = await importLines(['One,,,2027-10-31 00:30Z']);

  assert.equal(entries[0]?.at, '2027-10-31T00:30Z');
});

test('what cannot be taken is told with its line and what to do; the rest is taken', async () => {
  const { entries, refused } = await importLines([
    'Good,,,2026-12-01 09:00',
    ',,,2026-12-01 09:00',
    'No time,,,',
    'Past,,,2020-12-01 09:00',
    'Skipped,,,2027-03-28 02:30',
    'No link,e.org,,2026-12-01 09:00',
    'Ambiguous,,,03/04/2027 09:00',
  ]);

  assert.equal(entries.length, 1);
  assert.deepEqual(
    refused.map(({ line, message }) => `${line} ${message.split('. ')[0]}`),
    [
      '3 It has no text',
      '4 It has no time',
      '5 Its time, 2020-12-01 09:00, is past',
      '6 The clocks of Europe/Paris skip 2027-03-28 02:30',
      '7 "e.org" is no web address',
      '8 "03/04/2027" may be 2027-04-03 or 2027-03-04',
    ],
  );
});

test('an image that does not come along is told', async () => {
  const { notes } = await importLines(['One,,https://e.org/a.jpg,2026-12-01 09:00']);

  assert.match(notes[0]?.message ?? '', /save https:\/\/e\.org\/a\.jpg beside the config/);
});
