import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cardLinkOf, linksOf } from '../../src/preflight/post-links.ts';
import { isSameAddress } from '../../src/preflight/same-address.ts';
import { aPost } from '../support/ledger.ts';
import { makePng } from '../support/png.ts';

const a = 'https://news.example.org/a';
const b = 'https://news.example.org/b';

test('the links of a post are those of its card and of its texts, each once, without the end of a sentence', () => {
  const post = aPost({ link: a, text: `See ${b}. Or (${a})`, thread: [`And ${b}؟`] });
  assert.deepEqual(linksOf(post), [a, b]);
  assert.deepEqual(linksOf(aPost({ text: 'No link: https://' })), []);
});

test('a post with photos shows no card, any other that of the article', () => {
  const text = `${a} ${b}`;
  assert.equal(cardLinkOf(aPost({ text }), a), a);
  assert.equal(cardLinkOf(aPost({ text }), undefined), b);
  assert.equal(cardLinkOf(aPost({ text, link: b }), a), b);
  assert.equal(cardLinkOf(aPost({ text: 'No link' }), a), undefined);
  assert.equal(cardLinkOf(aPost({ text, media: [makePng('').media] }), a), undefined);
});

test('addresses are the same whatever they say of scheme, www, tracking or a slash at the end', () => {
  assert.ok(isSameAddress(a, 'http://www.news.example.org/a/?utm_source=x&fbclid=1'));
  assert.ok(isSameAddress('https://e.example/شعر', 'https://e.example/%D8%B4%D8%B9%D8%B1'));
  assert.ok(!isSameAddress(a, b));
  assert.ok(!isSameAddress(`${a}?id=1`, `${a}?id=2`));
});
