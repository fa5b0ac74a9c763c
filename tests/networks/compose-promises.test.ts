import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import twitterText from 'twitter-text';
import type { Article } from '../../src/core/article.ts';
import { facebookComposer } from '../../src/networks/facebook/compose.ts';
import type { Composer } from '../../src/networks/network.ts';
import { twitterComposer } from '../../src/networks/twitter/compose.ts';
import { youtubeComposer } from '../../src/networks/youtube/compose.ts';
import { anArticle, samples } from '../support/article.ts';

const composers: readonly Composer[] = [twitterComposer, facebookComposer, youtubeComposer];

const words = fc.array(
  fc.oneof(
    fc.constantFrom(...samples.flatMap(({ text }) => text.split(' '))),
    fc.string({ unit: 'binary', maxLength: 10 }),
    fc.domain(),
    fc.constantFrom(
      '\ud83d',
      '\udc00',
      '\u0000',
      '\ufeff',
      '\n\n',
      '🫨',
      'https://other.example/a?b=c',
    ),
  ),
  { maxLength: 120 },
);
const text = fc.oneof(
  fc.constantFrom(...samples.map((sample) => sample.text)),
  words.map((list) => list.join(' ')),
  words.map((list) => list.join('')),
);
const link = fc.oneof(
  fc.webUrl({ withQueryParameters: true }),
  fc.constantFrom(
    'https://news.example.org/spring',
    'https://fa.example.org/خبر',
    'https://a.new-domain',
  ),
);
const article: fc.Arbitrary<Article> = fc
  .record({
    title: text,
    text,
    summary: fc.option(text, { nil: '' }),
    tags: fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }), { maxLength: 4 }),
    language: fc.constantFrom('en', 'fa', 'ja', 'th', 'de', 'x-none'),
    link: fc.option(link, { nil: undefined }),
  })
  .map(({ link: found, ...rest }) =>
    anArticle(found === undefined ? rest : { ...rest, link: found }),
  );
const options = fc.record({
  settings: fc.record({ textLimit: fc.integer({ min: 100, max: 1500 }) }),
  images: fc.constantFrom(0, 2),
});

test('whatever the article, a post is within the limit, well-formed, whole in its links, and always the same', () => {
  fc.assert(
    fc.property(article, options, (any, how) => {
      for (const composer of composers) {
        const composed = composer.compose(any, how);

        assert.ok(composed.length.used <= composed.length.limit);
        assert.deepEqual(composed.length, composer.measure(composed.text, how.settings));
        assert.doesNotMatch(composed.text, /\p{Surrogate}|\p{Noncharacter_Code_Point}|\ufeff/u);
        assert.deepEqual(composer.compose(any, how), composed);
        for (const [address] of composed.text.matchAll(/https:\/\/other\.example\S*/gu)) {
          assert.ok(address.startsWith('https://other.example/a?b=c'), address);
        }
      }
    }),
    { numRuns: 200 },
  );
});

test('no post for X is over its limit by twitter-text as it is, and none loses or breaks the link', () => {
  fc.assert(
    fc.property(article, (any) => {
      const composed = twitterComposer.compose(any, { settings: {}, images: 0 });
      const parsed = twitterText.parseTweet(composed.text);

      assert.ok(parsed.weightedLength <= 280);
      assert.ok(parsed.valid || composed.text === '');
      if (any.link?.startsWith('https://news.example.org')) {
        assert.ok(twitterText.extractUrls(composed.text).includes(any.link));
      }
    }),
    { numRuns: 300 },
  );
});
