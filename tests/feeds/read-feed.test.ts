import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { FeedError, readFeed } from '../../src/feeds/read-feed.ts';

const read = (text: string | Uint8Array, contentType?: string) =>
  readFeed({
    bytes: typeof text === 'string' ? Buffer.from(text) : text,
    contentType,
    url: 'https://news.example.org/feed/index.xml',
  });
const item = (inner: string, root = '<rss version="2.0">') =>
  read(`${root}<channel><title>News</title><item>${inner}</item></channel></rss>`).entries[0];
const withNames =
  '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">';

describe('a feed', () => {
  it('is read from RSS with all that its modules say', () => {
    const entry = item(
      `<title>One</title><link>/a</link><guid>17</guid><pubDate>Tue, 24 Nov 2026 09:00:00 +0100</pubDate>
       <dc:creator>Ada</dc:creator><category>Press</category><category>Press</category><description>Short.</description>
       <content:encoded><![CDATA[<p>One.</p><p>Two.</p>]]></content:encoded>
       <media:content url="/a.jpg" medium="image"><media:description>A desk</media:description></media:content>`,
      withNames,
    );

    assert.deepEqual(entry, {
      title: 'One',
      id: '17',
      link: 'https://news.example.org/a',
      summary: 'Short.',
      content: 'One.\n\nTwo.',
      author: 'Ada',
      published: '2026-11-24T08:00:00.000Z',
      categories: ['Press'],
      image: { url: 'https://news.example.org/a.jpg', alt: 'A desk' },
    });
  });

  it('is read from Atom, with its own page as link, plain and XHTML texts', () => {
    const feed =
      read(`<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/b/" xml:lang="fa">
      <title type="text">A &lt; B</title><entry><id>urn:1</id><title type="html">&lt;b&gt;Bold&lt;/b&gt; &amp;amp; fine</title>
      <link rel="edit" href="https://a.example/edit"/><link rel="alternate" href="c"/>
      <summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">The &lt;i&gt; <i>element</i></div></summary>
      <updated>2026-11-24T08:00:00Z</updated></entry></feed>`);

    assert.equal(feed.title, 'A < B');
    assert.equal(feed.language, 'fa');
    assert.deepEqual(feed.entries[0], {
      title: 'Bold & fine',
      id: 'urn:1',
      link: 'https://a.example/b/c',
      summary: 'The <i> element',
      updated: '2026-11-24T08:00:00.000Z',
      categories: [],
    });
  });

  it('is read from RDF and from JSON Feed', () => {
    const rdf =
      read(`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
      <channel><title>T</title></channel><item rdf:about="https://a.example/1"><title>One</title></item></rdf:RDF>`);
    const json = read(
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'T',
        items: [{ id: '1', url: '/1', content_html: '<p>Hi</p>', tags: ['a'] }],
      }),
    );

    assert.deepEqual(rdf.entries, [
      { title: 'One', id: 'https://a.example/1', link: 'https://a.example/1', categories: [] },
    ]);
    assert.deepEqual(json.entries, [
      { title: '', id: '1', link: 'https://news.example.org/1', content: 'Hi', categories: ['a'] },
    ]);
  });

  it('has no text of scripts, styles or markup in it', () => {
    const entry = item(
      '<title>Hello &lt;script&gt;alert(1)&lt;/script&gt;world</title><description><![CDATA[<style>p{}</style><p onclick="x">Text</p><!-- no -->]]></description>',
    );

    assert.deepEqual([entry?.title, entry?.summary], ['Hello world', 'Text']);
  });

  it('keeps what only looks like markup, and undoes what is escaped twice', () => {
    assert.equal(
      item('<title>List&lt;String&gt; and 1 &lt; 2</title>')?.title,
      'List<String> and 1 < 2',
    );
    assert.equal(item('<title>AT&amp;amp;T &amp;#8211; more</title>')?.title, 'AT&T – more');
  });

  it('takes no link that leads elsewhere than to the web', () => {
    assert.equal(item('<title>x</title><link>javascript:alert(1)</link>')?.link, undefined);
  });

  it('says how long its publisher wants to be left alone', () => {
    const ttl = read('<rss version="2.0"><channel><title>x</title><ttl>60</ttl></channel></rss>');

    assert.equal(ttl.pauseMs, 3_600_000);
  });
});

describe('the bytes of a feed', () => {
  const latin =
    '<?xml version="1.0" encoding="ISO-8859-1"?><rss version="2.0"><channel><title>Café</title></channel></rss>';
  const plain = '<rss version="2.0"><channel><title>Café</title></channel></rss>';
  const cases: readonly [string, Uint8Array, string?][] = [
    ['an XML declaration', Buffer.from(latin, 'latin1')],
    ['the word of the server', Buffer.from(plain, 'latin1'), 'text/xml; charset=iso-8859-1'],
    ['UTF-8 in spite of a wrong declaration', Buffer.from(latin, 'utf8')],
    ['a byte order mark', Buffer.from(`\ufeff${plain}`, 'utf16le')],
    ['UTF-16 without a mark', Buffer.from(plain, 'utf16le')],
    ['gzip', gzipSync(plain)],
  ];
  for (const [name, bytes, contentType] of cases) {
    it(`are read by ${name}`, () => {
      assert.equal(read(bytes, contentType).title, 'Café');
    });
  }
});

describe('a broken feed', () => {
  it('gives the entries before it breaks off, and says that it is not whole', () => {
    const feed = read(
      '<rss version="2.0"><channel><title>News</title><item><title>One</title></item><item><title>Tw',
    );

    assert.deepEqual(
      [feed.title, feed.entries.map(({ title }) => title), feed.isWhole],
      ['News', ['One'], false],
    );
  });

  it('loses only the entry that is broken', () => {
    const feed = read(
      '<rss version="2.0"><channel><title>News</title><item><title>One</title></item><item><title>Two</titel></item><item><title>Three</title></item></channel></rss>',
    );

    assert.deepEqual(
      feed.entries.map(({ title }) => title),
      ['One', 'Three'],
    );
  });

  it('expands no entity of its own and reads no file', () => {
    const text = `<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "BOMB">]><rss version="2.0"><channel><title>x&a;&b;</title></channel></rss>`;
    const title = (() => {
      try {
        return read(text).title;
      } catch (error) {
        return String(error);
      }
    })();

    assert.doesNotMatch(title, /root:|BOMB/);
  });

  it('pollutes no prototype', () => {
    assert.throws(
      () =>
        read(
          '<rss version="2.0"><channel><title>x</title><__proto__><polluted>1</polluted></__proto__><constructor/></channel></rss>',
        ),
      FeedError,
    );

    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  });

  it('that is none is refused in a sentence, with the feed that a page names', () => {
    const says = (words: RegExp) => (error: unknown) =>
      error instanceof FeedError && words.test(error.message);

    assert.throws(() => read(''), says(/empty document/));
    assert.throws(() => read('{"a": 1}'), says(/no feed that can be read/));
    assert.throws(
      () =>
        read(
          '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head></html>',
        ),
      says(/names its feed: https:\/\/news\.example\.org\/rss\.xml/),
    );
  });
});
