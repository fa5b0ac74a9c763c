import assert from 'node:assert/strict';
import { test } from 'node:test';
import { youtubeComposer } from '../../src/networks/youtube/compose.ts';
import { anArticle } from '../support/article.ts';

const LINK = 'https://news.example.org/spring';
const options = { settings: { textLimit: 200 }, images: 0 };

test('writes the link as text, below the excerpt', () => {
  const article = anArticle({ text: 'The river rose.', link: LINK, tags: ['a', 'b', 'c', 'd'] });

  const composed = youtubeComposer.compose(article, options);

  assert.equal(composed.text, `Spring report\n\nThe river rose.\n\n${LINK}\n\n#a #b #c`);
  assert.equal(composed.link, undefined);
});

test('keeps to the limit of the account, with the whole link', () => {
  const text = 'The river rose again and again. '.repeat(40);

  const composed = youtubeComposer.compose(anArticle({ text, link: LINK }), options);

  assert.ok(composed.length.used <= 200 && composed.length.used > 150);
  assert.ok(composed.text.endsWith(`\n\n${LINK}`));
});

test('gives more of the text than X does where the limit allows', () => {
  const text = 'The river rose again and again. '.repeat(40);

  const composed = youtubeComposer.compose(anArticle({ text }), { settings: {}, images: 0 });

  assert.ok(composed.length.used > 500);
  assert.equal(composed.length.limit, 1000);
});

test('warns when the link is longer than a post, or missing from own words', () => {
  const long = anArticle({ link: `https://example.org/${'x'.repeat(300)}` });

  assert.match(youtubeComposer.compose(long, options).warnings.join(), /longer than a post/u);
  const own = youtubeComposer.composeOwnWords('Look!', anArticle({ link: LINK }), options);
  assert.match(own.warnings.join(), /no link/u);
});
