import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readParagraphs, readPlainText } from '../../src/articles/plain-text.ts';

const long = (words: string) => `${words} ${'and so on '.repeat(15)}`.trim().concat('.');

test('reads title, author, day and text of a pasted article, and leaves its footer out', () => {
  const { written, leftOut } = readPlainText(
    [
      'The river rises',
      'By Jane Doe | 12 May 2026',
      'It rained for a week.',
      'Nobody expected it.',
      'Follow us on Mastodon and by mail',
      '© 2026 Example Library. All rights reserved.',
      'Sent from my iPhone',
    ].join('\n\n'),
  );

  assert.equal(written.title, 'The river rises');
  assert.equal(written.author, 'Jane Doe');
  assert.equal(written.published?.text, '2026-05-12');
  assert.equal(written.text, 'It rained for a week.\n\nNobody expected it.');
  assert.deepEqual(leftOut, [
    'Follow us on Mastodon and by mail',
    '© 2026 Example Library. All rights reserved.',
    'Sent from my iPhone',
  ]);
});

test('keeps what may be meant: a footer’s words within the text, and a text of nothing else', () => {
  const within = 'Follow us on the river\n\nIt is long.';

  assert.equal(readPlainText(within).written.title, 'Follow us on the river');
  assert.deepEqual(readPlainText(within).leftOut, []);
  assert.deepEqual(readPlainText('Unsubscribe now').leftOut, []);
  assert.equal(readPlainText('Unsubscribe now').written.title, 'Unsubscribe now');
});

test('takes no day from a date that may be another', () => {
  const { written } = readPlainText('A title\n\n05/06/2026\n\nIt rained.');

  assert.equal(written.published, undefined);
  assert.equal(written.text, '05/06/2026\n\nIt rained.');
});

test('takes a caption once that was copied twice', () => {
  const { written } = readPlainText('A title\n\nThe old bridge\n\nThe old bridge\n\nIt rained.');

  assert.equal(written.text, 'The old bridge\n\nIt rained.');
});

test('takes each line for a paragraph where nothing was wrapped', () => {
  const { written } = readPlainText(
    `The river rises\n${long('It rained')}\n${long('Nobody knew')}\n• bread\n• milk\n`,
  );

  assert.equal(written.title, 'The river rises');
  assert.equal(written.text, `${long('It rained')}\n\n${long('Nobody knew')}\n• bread\n• milk`);
});

test('joins words that a line break divides, but not two words', () => {
  assert.equal(readParagraphs('a well-\nknown place'), 'a well-known place');
  assert.equal(readParagraphs('Haus-\nund Hoftiere'), 'Haus- und Hoftiere');
});

test('mends what word processors, mail programs and wrong encodings leave', () => {
  for (const [pasted, text] of [
    ['The river=E2=80=99s =\nbank', 'The river’s bank'],
    ['The riverâ€™s bank â€“ wet', 'The river’s bank – wet'],
    ['\u0093Wet\u0094, she said \u0096 twice', '“Wet”, she said – twice'],
    ['\uf0b7\tbread', '• bread'],
    ['wet\u00ad\ufffc', 'wet'],
    ['one\ftwo', 'one\n\ntwo'],
  ] as const) {
    assert.equal(readParagraphs(pasted), text);
  }
});

test('leaves alone what only looks like a slip', () => {
  for (const text of ['1+1=20', 'a=C3, b=D4', 'CORAÇÃO Â«', 'São Tomé']) {
    assert.equal(readParagraphs(text), text);
  }
});

test('finds author and day right below the title, without an empty line between', () => {
  const { written } = readPlainText(
    'The river rises\nBy Jane Doe\n12 May 2026\nIt rained\nfor a week.',
  );

  assert.equal(written.title, 'The river rises');
  assert.equal(written.author, 'Jane Doe');
  assert.equal(written.published?.text, '2026-05-12');
  assert.equal(written.text, 'It rained for a week.');
});
