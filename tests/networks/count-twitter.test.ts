import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import twitterText from 'twitter-text';
import { measureTweet, measureTweetStrictly } from '../../src/networks/twitter/count.ts';
import { samples } from '../support/article.ts';

test('counts links as 23, whatever their length, and bare domains too', () => {
  assert.equal(measureTweet('https://example.org/a/very/long/path/indeed'), 23);
  assert.equal(measureTweet('socket.io'), 23);
  assert.equal(measureTweet('See https://a.co and example.com.'), 4 + 23 + 5 + 23 + 1);
  assert.equal(measureTweet('Node.js'), 7);
});

test('counts every emoji as 2, those that are younger than twitter-text too', () => {
  for (const emoji of ['😀', '👨‍👩‍👧‍👦', '🫱🏽‍🫲🏻', '🏴󠁧󠁢󠁷󠁬󠁳󠁿', '1️⃣', '🇫🇷', '❤️‍🔥', '🫨', '🐦‍🔥']) {
    assert.equal(measureTweet(emoji), 2);
    assert.equal(measureTweet(`a${emoji}b`), 4);
  }
});

test('counts on NFC, and scripts outside the Latin ranges double', () => {
  assert.equal(measureTweet('e\u0301'), 1);
  assert.equal(measureTweet('あいう'), 6);
  assert.equal(measureTweet('سلام'), 4);
});

test('counts exactly as twitter-text where no emoji stand, and never less strictly than it', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.domain(),
    fc.constantFrom(...samples.flatMap(({ text }) => text.split(' '))),
    fc.constantFrom(
      '.',
      '@',
      '#',
      '/',
      ' ',
      'https://',
      'com',
      '©',
      '🫨',
      '👩‍🚀',
      '\u2019',
      '\u00a0',
    ),
  );
  const text = fc
    .array(piece, { maxLength: 20 })
    .chain((pieces) => fc.constantFrom('', ' ').map((separator) => pieces.join(separator)));

  fc.assert(
    fc.property(text, (words) => {
      const expected = twitterText.parseTweet(words).weightedLength;

      assert.ok(measureTweetStrictly(words) >= expected);
      if (!/\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(words)) {
        assert.equal(measureTweet(words), expected);
      }
    }),
    { numRuns: 1000 },
  );
});

test('takes little time for texts in which links are hard to look for', () => {
  const startedAt = performance.now();

  for (const part of ['a.', 'あ', 'あ.い', 'a-', 'https://', 'foo.bar ', '.', '😀.a', 'é.']) {
    assert.ok(measureTweet(`${part.repeat(30_000)}.a`) > 280);
  }

  assert.ok(performance.now() - startedAt < 15_000);
});
