import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tidy, tidyLine, toWellFormed } from '../../src/excerpts/tidy.ts';

function tidied(source: string): string {
  return tidy(source, 2000).text;
}

test('sets one space between words and one empty line between paragraphs', () => {
  assert.equal(tidied('  One\t two \r\n\r\n\r\n  three \n '), 'One two\n\nthree');
});

test('joins the lines of a paragraph that was broken to the width of a page', () => {
  const text =
    'The river rose twice this year and nobody in\nthe whole of the town had expected it.';

  assert.equal(tidied(text), text.replace('\n', ' '));
});

test('keeps the line breaks of lists, verse and addresses', () => {
  const text = 'We need:\n• boats\n• bread\n\nTown Hall\n5 Main Street';

  assert.equal(tidied(text), text);
});

test('removes what networks refuse, and keeps what words and emoji are made with', () => {
  assert.equal(tidied('a\u0000b\u001b\ufeff\ufffec\ud83d d\udc00'), 'abc d');
  assert.equal(
    tidied('می\u200cخواهم 👩\u200d🚀 Bonjour\u202f!'),
    'می\u200cخواهم 👩\u200d🚀 Bonjour\u202f!',
  );
});

test('composes letters and their accents', () => {
  assert.equal(tidied('e\u0301te\u0301'), 'été');
});

test('says whether there was more, even after much white space', () => {
  assert.deepEqual(tidy(`word${' '.repeat(5000)}more`, 10), { text: 'word', isShortened: true });
  assert.deepEqual(tidy(`word${' '.repeat(5000)}`, 10), { text: 'word', isShortened: false });
});

test('puts a title on one line', () => {
  assert.equal(tidyLine(' A title\n\nin parts ', 100).text, 'A title in parts');
});

test('replaces lone surrogates only', () => {
  assert.equal(toWellFormed('a\ud83d 😀\u0000'), 'a\ufffd 😀\u0000');
});
