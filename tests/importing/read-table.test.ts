import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeTable } from '../../src/importing/decode-table.ts';
import { readTable } from '../../src/importing/read-table.ts';

const HEADER = 'Text,Image URL,Tags,Posting Time\n';
const PUBLER =
  'Date - Intl. format or prompt,Text,Link(s) - Separated by comma for FB carousels,Media URL(s) - Separated by comma,"Title - For the video, pin, PDF ..",Label(s) - Separated by comma,Alt text(s) - Separated by ||,Comment(s) - Separated by ||,"Pin board, FB album, or Google category","Post subtype - I.e. story, reel, PDF ..",CTA - For Facebook links or Google,"Reminder - For stories, reels, shorts, and TikToks"\n';

const cellsOf = (text: string) =>
  readTable(text).rows.map(({ line, cells }) => [line, Object.fromEntries(cells)]);

test('reads the bulk file of Buffer', () => {
  const { rows, ignored } = readTable(
    `${HEADER}Hello,https://e.org/a.jpg,spring,2026-11-24 09:00\n`,
  );

  assert.deepEqual(
    rows.map(({ cells }) => Object.fromEntries(cells)),
    [{ text: 'Hello', media: 'https://e.org/a.jpg', at: '2026-11-24 09:00' }],
  );
  assert.deepEqual(ignored, ['Tags']);
});

test('reads the twelve columns of Publer', () => {
  const row =
    '2026-11-24 09:00,Hello,https://e.org,https://e.org/a.jpg,Title,,An oak,First!,,reel,,\n';

  const { rows, ignored } = readTable(PUBLER + row);

  assert.deepEqual(Object.fromEntries(rows[0]?.cells ?? []), {
    at: '2026-11-24 09:00',
    text: 'Hello',
    link: 'https://e.org',
    media: 'https://e.org/a.jpg',
    alt: 'An oak',
    comment: 'First!',
    kind: 'reel',
  });
  assert.deepEqual(ignored, ['Title - For the video, pin, PDF ..']);
});

test('semicolons, tabs, a byte order mark and Windows line breaks make no difference', () => {
  const expected = [[2, { text: 'Hello, world', at: '2026-11-24 09:00' }]];

  assert.deepEqual(
    cellsOf('\uFEFFText;Posting Time\r\nHello, world;2026-11-24 09:00\r\n'),
    expected,
  );
  assert.deepEqual(cellsOf('Text\tPosting Time\nHello, world\t2026-11-24 09:00'), expected);
  assert.deepEqual(cellsOf('Text,Date,Time\n"Hello, world",2026-11-24,09:00\n'), [
    [2, { text: 'Hello, world', at: '2026-11-24', clock: '09:00' }],
  ]);
});

test('a row is told by the line on which it starts, whatever breaks stand in its cells', () => {
  const rows = cellsOf(
    `${HEADER}"One\ntwo\nthree",,,2026-11-24 09:00\n\n,,,\nFour,,,2026-11-25 09:00\n`,
  );

  assert.deepEqual(rows, [
    [2, { text: 'One\ntwo\nthree', at: '2026-11-24 09:00' }],
    [7, { text: 'Four', at: '2026-11-25 09:00' }],
  ]);
});

test('a quote within a cell is a quote; one that is never closed is told with its line', () => {
  assert.deepEqual(cellsOf(`${HEADER}Say "yes" to it,,,2026-11-24 09:00\n`), [
    [2, { text: 'Say "yes" to it', at: '2026-11-24 09:00' }],
  ]);
  assert.throws(() => readTable(`${HEADER}"One,,,2026-11-24 09:00\n`), {
    name: 'TableError',
    message: /^Line \d+: a quote is opened and never closed/,
  });
});

test('a table without a line of names is refused', () => {
  assert.throws(() => readTable(''), { name: 'TableError', message: /^The file is empty\./ });
  assert.throws(() => readTable('a,b\n1,2\n'), {
    name: 'TableError',
    message: /none of them is "Text", nor "Posting Time" \(or "Date"\)\. It reads: a \| b$/,
  });
});

test('takes UTF-8, UTF-16 with its mark, and for the rest Windows-1252, and says so', () => {
  const utf16 = Buffer.from('\uFEFFگزارش', 'utf16le');

  assert.deepEqual(decodeTable(Buffer.from('Déjà — گزارش')), {
    text: 'Déjà — گزارش',
    isGuessed: false,
  });
  assert.deepEqual(decodeTable(utf16), { text: 'گزارش', isGuessed: false });
  assert.deepEqual(decodeTable(Buffer.from([0x44, 0xe9, 0x6a, 0xe0, 0x20, 0x97])), {
    text: 'Déjà —',
    isGuessed: true,
  });
});
