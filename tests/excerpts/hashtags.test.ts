import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeHashtags } from '../../src/excerpts/hashtags.ts';

test('joins words so that they can be read, in any script', () => {
  assert.deepEqual(
    makeHashtags([
      'climate change',
      'météo locale',
      'iPhone',
      'گزارش بهار',
      'नदी जल',
      '気候変動',
      '봄 보고서',
    ]),
    [
      '#ClimateChange',
      '#MétéoLocale',
      '#iPhone',
      '#گزارش_بهار',
      '#नदी_जल',
      '#気候変動',
      '#봄보고서',
    ],
  );
});

test('keeps the non-joiner within a Persian word', () => {
  assert.deepEqual(makeHashtags(['محیط\u200cزیست']), ['#محیط\u200cزیست']);
});

test('drops apostrophes, dots, hyphens and a hash that is already there', () => {
  assert.deepEqual(makeHashtags(['#spring', "côte d'azur", 'Node.js', 'far-away places']), [
    '#spring',
    '#CôteDazur',
    '#Nodejs',
    '#FarAwayPlaces',
  ]);
});

test('leaves out what would be no hashtag or another word, and repetitions', () => {
  assert.deepEqual(
    makeHashtags(['2026', 'C++', 'R&D', ' ', '😀', 'x'.repeat(60), 'News', 'news']),
    ['#News'],
  );
});
