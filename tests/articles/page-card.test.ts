import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parsePage } from '../../src/articles/html-document.ts';
import { gatherFacts } from '../../src/articles/html-facts.ts';
import { readFacebookCard, readXCard } from '../../src/articles/page-card.ts';

const factsOf = (head: string) => gatherFacts(parsePage(`<html><head>${head}</head></html>`));
const base = 'https://news.example/a/';

describe('the card of a page', () => {
  it('takes for X its own tags first, then those of Open Graph, and of two cards the last', () => {
    const facts = factsOf(`<meta name="twitter:card" content="summary">
      <meta property="twitter:card" content="summary_large_image"><meta name="twitter:title" content="Short">
      <meta property="og:title" content="Long"><meta property="og:image" content="b.png">`);

    assert.deepEqual(readXCard(facts, base), {
      card: 'summary_large_image',
      title: 'Short',
      image: 'https://news.example/a/b.png',
    });
  });

  it('is small on X without a word about it, and none without a title', () => {
    assert.equal(
      readXCard(factsOf('<meta property="og:title" content="T">'), base).card,
      'summary',
    );
    assert.deepEqual(readXCard(factsOf('<title>T</title>'), base), {});
  });

  it('falls back on Facebook to what any page has', () => {
    const facts = factsOf(
      '<title> A  title </title><meta name="description" content="D"><link rel="canonical" href="/c">',
    );
    assert.deepEqual(readFacebookCard(facts, base), {
      title: 'A title',
      description: 'D',
      url: 'https://news.example/c',
    });
  });
});
