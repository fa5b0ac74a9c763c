import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseBody } from '../../src/excerpts/body.ts';
import { anArticle } from '../support/article.ts';

const bodyOf = (over: Parameters<typeof anArticle>[0]) => chooseBody(anArticle(over), 1000).text;

test('takes the text where the summary stands on every page of its site, or a machine cut it', () => {
  const text = 'The river rose twice.';

  assert.equal(bodyOf({ text, summary: 'Read the latest news from the region.' }), text);
  assert.equal(bodyOf({ text, summary: 'The river rose and Read more' }), text);
  assert.equal(
    bodyOf({ text, summary: 'It rained. The post Rain appeared first on Us.' }),
    'It rained.',
  );
});

test('takes the summary that says nothing rather than no words', () => {
  assert.equal(bodyOf({ summary: 'Welcome to our site!' }), 'Welcome to our site!');
});

test('begins where title, byline, credits and dateline end', () => {
  const text =
    'Spring report\n\nBy Jane Doe\n\nPhoto: J. Roe\n\nBERLIN, 12 May (AP) — The river rose.';

  assert.equal(bodyOf({ text }), 'The river rose.');
});
