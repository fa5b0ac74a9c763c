import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { canonicalLink, withoutTracking } from '../../src/feeds/canonical-link.ts';

describe('a canonical link', () => {
  it('is the same for all ways to write the address of a page', () => {
    const ways = [
      'https://library.example.org/news/night',
      'http://www.library.example.org/news/night/',
      'https://Library.Example.org:443/news//night?utm_source=rss&utm_medium=feed#top',
      'https://library.example.org/news/night/index.html?fbclid=abc',
      'https://library.example.org/news/n%69ght?ref=rss',
    ];

    assert.deepEqual([...new Set(ways.map(canonicalLink))], ['library.example.org/news/night']);
  });

  it('keeps what tells pages apart', () => {
    const pages = ['/a?id=1', '/a?id=2', '/a?ref=2', '/b', '/#/b', '/A'];

    assert.equal(new Set(pages.map((page) => canonicalLink(`https://a.example${page}`))).size, 6);
  });

  it('is none for the start page of a site, and for what is no address', () => {
    for (const link of [
      'https://a.example/',
      'https://www.a.example/?utm_source=x',
      'mailto:a@b',
      'x',
    ]) {
      assert.equal(canonicalLink(link), undefined, link);
    }
  });

  it('is made of any address without an error, and of parameters in any order', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (link) => {
        canonicalLink(link);
        withoutTracking(link);
      }),
    );
    assert.equal(
      canonicalLink('https://a.example/x?b=1&a=2'),
      canonicalLink('https://a.example/x?a=2&b=1'),
    );
  });
});

describe('a link without tracking', () => {
  it('loses what counts visitors, and nothing else', () => {
    assert.equal(
      withoutTracking('https://a.example/x?a=1&utm_source=r&b=%20#c'),
      'https://a.example/x?a=1&b=%20#c',
    );
    assert.equal(withoutTracking('https://a.example/x?utm_source=r'), 'https://a.example/x');
    assert.equal(withoutTracking('https://a.example/x?a=1'), 'https://a.example/x?a=1');
  });
});
