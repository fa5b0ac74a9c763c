import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { beginningOf } from '../../src/preview/post-text.ts';
import { findPieces, shortenAddress } from '../../src/preview/text-pieces.ts';

const marked = (text: string) =>
  findPieces(text)
    .filter(({ kind }) => kind !== 'words')
    .map(({ kind, text: part }) => `${kind} ${part}`);

test('links, hashtags and mentions are found, without the end of a sentence', () => {
  assert.deepEqual(
    marked('See https://e.example/a(b). By @ada_b, (https://e.example/c) #rivers!'),
    [
      'link https://e.example/a(b)',
      'mention @ada_b',
      'link https://e.example/c',
      'hashtag #rivers',
    ],
  );
});

test('hashtags are found in every script, numbers and addresses are none', () => {
  assert.deepEqual(
    marked('#شب_شعر و #نیم‌فاصله #図書館 #1 https://e.example/#part a#b ada@e.example'),
    ['hashtag #شب_شعر', 'hashtag #نیم‌فاصله', 'hashtag #図書館', 'link https://e.example/#part'],
  );
});

test('the pieces of any text are the text', () => {
  const words = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('https://e.example/a?b#c', '#tag', '@name', '(', ')', '. ', '\n', '‌', '«'),
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 20 }), (parts) => {
      const text = parts.join('');
      assert.equal(
        findPieces(text)
          .map((piece) => piece.text)
          .join(''),
        text,
      );
    }),
  );
});

test('an address is shown without its scheme, readable, and cut when it is long', () => {
  assert.equal(shortenAddress('https://www.e.example/'), 'e.example');
  assert.equal(shortenAddress('https://e.example/%D8%B4%D8%B9%D8%B1'), 'e.example/شعر');
  assert.equal(shortenAddress('https://e.example/%D8'), 'e.example/%D8');
  assert.match(shortenAddress(`https://e.example/${'a'.repeat(99)}`), /^e\.example\/a{22}…$/);
});

test('a long text is folded between words, never inside a character, and a short one not at all', () => {
  assert.equal(beginningOf('word '.repeat(20), 480), undefined);
  assert.equal(beginningOf('word '.repeat(200), 480)?.length, 479);
  const family = '👨‍👩‍👧‍👦'.repeat(100);
  const beginning = beginningOf(family, 100) ?? '';
  assert.ok(family.startsWith(beginning) && beginning.length % '👨‍👩‍👧‍👦'.length === 0);
});
