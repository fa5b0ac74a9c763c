import assert from 'node:assert/strict';
import { test } from 'node:test';
import { facebookComposer } from '../../src/networks/facebook/compose.ts';
import { anArticle } from '../support/article.ts';

const LINK = 'https://news.example.org/spring';
const words = { settings: {}, images: 0 };
const photos = { settings: {}, images: 1 };

test('shows the link as a card and not in the text', () => {
  const article = anArticle({ text: 'The river rose.', link: LINK, tags: ['a', 'b', 'c', 'd'] });

  const composed = facebookComposer.compose(article, words);

  assert.equal(composed.text, 'Spring report\n\nThe river rose.\n\n#a #b #c');
  assert.equal(composed.link, LINK);
});

test('puts the link into the text when images take the place of the card', () => {
  const composed = facebookComposer.compose(anArticle({ link: LINK, tags: ['a'] }), photos);

  assert.equal(composed.text, `Spring report\n\n${LINK}\n\n#a`);
  assert.equal(composed.link, undefined);
});

test('ends the excerpt before the fold, with its paragraphs', () => {
  const paragraph = 'A sentence of the usual length that says something. '.repeat(3).trim();
  const article = anArticle({ text: Array(9).fill(paragraph).join('\n\n') });

  const [, ...paragraphs] = facebookComposer.compose(article, words).text.split('\n\n');

  assert.ok(paragraphs.length > 1);
  assert.ok(paragraphs.join('\n\n').length <= 480);
  assert.ok(paragraphs.every((text) => text.endsWith('something.')));
});

test('keeps the card beside own words, and warns only where images take its place', () => {
  const article = anArticle({ link: LINK });

  const carded = facebookComposer.composeOwnWords('Look!', article, words);
  const pictured = facebookComposer.composeOwnWords('Look!', article, photos);

  assert.deepEqual([carded.text, carded.link, carded.warnings], ['Look!', LINK, []]);
  assert.equal(pictured.link, undefined);
  assert.match(pictured.warnings.join(), /no link/u);
});

test('counts UTF-16 units against the limit of Facebook', () => {
  assert.deepEqual(facebookComposer.measure('a😀', {}), { used: 3, limit: 63_206 });
});
