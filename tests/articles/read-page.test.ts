import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type PageArticle, readPage } from '../../src/articles/read-page.ts';

const paragraph =
  '<p>A sentence of some length, with commas, so that it counts as running text on a page.</p>';
const body = (inner = '') => `<body><article>${inner}${paragraph.repeat(8)}</article></body>`;
const page = (head: string, inner?: string) =>
  `<!doctype html><html lang="en"><head>${head}</head>${body(inner)}</html>`;

function read(html: string | Buffer, url = 'https://www.garden.example/news/seeds'): PageArticle {
  return readPage({ bytes: typeof html === 'string' ? Buffer.from(html) : html, url });
}

describe('the title of a page', () => {
  it('is the heading that the tags agree with', () => {
    const html = page('<title>Seeds for all - Garden News</title>', '<h1>Seeds for All!</h1>');
    assert.equal(read(html).title, 'Seeds for All!');
  });

  it('is the title of the tags without the site, if the heading is the name of the site', () => {
    const html = page(
      '<title>Seeds for all | Garden</title><meta property="og:site_name" content="Garden">',
      '<h1>Garden</h1>',
    );
    assert.equal(read(html).title, 'Seeds for all');
  });

  it('knows the site by its address', () => {
    assert.equal(
      read(page('<title>Seeds for all - garden.example</title>')).title,
      'Seeds for all',
    );
  });

  it('leaves a dash that belongs to the title', () => {
    assert.equal(
      read(page('<title>Seeds - a short history</title>')).title,
      'Seeds - a short history',
    );
  });

  it('leaves out the line above the title that a heading may hold', () => {
    const html = page(
      '<meta property="og:title" content="The library lends seeds to everyone">',
      '<h1><span>City news</span> The library lends seeds to everyone</h1>',
    );
    assert.equal(read(html).title, 'The library lends seeds to everyone');
  });
});

describe('what a page says of its article', () => {
  it('comes from JSON-LD, with the slips that pages make in it', () => {
    const { authors, published, tags } = read(
      page(`<script type="application/ld+json">
        <!-- { "@graph": [{ "@type": "NewsArticle", "datePublished": "2026-11-20T10:00:00+01:00",
        "author": [{ "@type": "Person", "name": "Jeanne
        Dupont" }], "keywords": ["seeds", "library"], }] } -->
      </script>`),
    );

    assert.deepEqual(authors, ['Jeanne Dupont']);
    assert.equal(published, '2026-11-20T09:00:00.000Z');
    assert.deepEqual(tags, ['seeds', 'library']);
  });

  it('comes from meta tags, several names in one tag included', () => {
    const article = read(
      page(`<meta property="dc:creator x:author" content="Ada Byron">
        <meta name="description" content="What seeds &amp;amp; libraries share.">
        <meta property="article:published_time" content="2026-11-20">
        <link rel="canonical" href="/news/seeds?id=1">
        <meta property="og:image" content="//img.example/a.jpg"><meta property="og:image:alt" content="Beans">`),
    );

    assert.deepEqual(article.authors, ['Ada Byron']);
    assert.equal(article.summary, 'What seeds & libraries share.');
    assert.equal(article.published, '2026-11-20');
    assert.equal(article.link, 'https://www.garden.example/news/seeds?id=1');
    assert.deepEqual(article.image, { url: 'https://img.example/a.jpg', alt: 'Beans' });
  });

  it('names people before the organisation', () => {
    const html = page(
      '<meta name="author" content="Garden"><meta property="og:site_name" content="Garden">',
      '<p class="byline">Von Ada Byron, 20. November 2026</p>',
    );
    assert.deepEqual(read(html).authors, ['Ada Byron']);
  });

  it('tells the day as the page writes it', () => {
    const days = [
      '20. November 2026',
      '20 de noviembre de 2026',
      'Nov 20, 2026',
      '2026年11月20日',
      '20.11.2026',
    ];
    for (const day of days) {
      const html = page('', `<time>${day}</time>`);
      assert.equal(read(html, 'https://garden.example/seeds').published, '2026-11-20', day);
    }
  });

  it('takes no front page for the address of the article, and no secrets into it', () => {
    const html = page('<link rel="canonical" href="https://www.garden.example/">');
    assert.equal(
      read(html, 'https://ada:secret@www.garden.example/news/seeds#top').link,
      'https://www.garden.example/news/seeds',
    );
  });

  it('takes the words for an image from the image in the text', () => {
    const html = page(
      '<meta property="og:image" content="https://img.example/beans.jpg?w=1200">',
      '<img src="/up/beans-300x200.jpg" alt="Beans in a bowl">',
    );
    assert.equal(read(html).image?.alt, 'Beans in a bowl');
  });

  it('knows language and direction', () => {
    const html = `<html lang="fa_IR"><head><title>بذر</title></head>${body()}</html>`;
    const { language, direction } = read(html);
    assert.deepEqual([language, direction], ['fa-IR', 'rtl']);
  });

  it('keeps the text in paragraphs, without scripts and the title', () => {
    const { text } = read(
      page('<title>Seeds for all</title>', '<h1>Seeds for all</h1><script>evil()</script>'),
    );
    assert.equal(text.split('\n\n').length, 8);
    assert.doesNotMatch(text, /evil|Seeds for all/);
  });

  it('finds short texts too', () => {
    assert.equal(read('<h1>Note</h1><p>Open today.</p>').text, 'Open today.');
  });

  it('is read from pages that leave out the tags of root, head and body, as they may', () => {
    const title = '<title>Seeds for all</title>';
    const text = `<article><h1>Seeds for all</h1>${paragraph.repeat(8)}</article>`;
    for (const html of [
      `<!doctype html>\n${title}\n${text}`,
      `<!doctype html><html lang="en">${title}${text}</html>`,
      `<html><head>${title}</head>${text}</html>`,
      `<html>\n${title}\n<body>${text}</body></html>`,
      `<html><head>${title}</head><p>Cookies?</p><body>${text}</body></html>`,
    ]) {
      const article = read(html);

      assert.equal(article.title, 'Seeds for all', html);
      assert.match(article.text, /^A sentence of some length/m, html);
    }
  });

  it('reads tags that stand before the root of the page', () => {
    const html = `<b>Warning</b>: disk full <meta property="og:title" content="Seeds">${page('')}`;
    assert.equal(read(html).title, 'Seeds');
  });
});

describe('the encoding of a page', () => {
  const title = (bytes: Buffer, contentType?: string) =>
    readPage({ bytes, ...(contentType !== undefined && { contentType }) }).title;

  it('is told by a byte order mark, the server, or the page', () => {
    const html = '<html><head><title>Früchte</title></head></html>';
    assert.equal(title(Buffer.from(`\ufeff${html}`, 'utf16le')), 'Früchte');
    assert.equal(title(Buffer.from(html, 'latin1'), 'text/html; charset=ISO-8859-1'), 'Früchte');
    const marked = html.replace('<head>', '<head><meta charset="windows-1252">');
    assert.equal(title(Buffer.from(marked, 'latin1')), 'Früchte');
  });

  it('is UTF-8 where the bytes are, whatever the page says', () => {
    assert.equal(
      title(Buffer.from('<meta charset="iso-8859-1"><title>Früchte</title>')),
      'Früchte',
    );
  });

  it('is read by the page’s own word for scripts of the east', () => {
    const bytes = Buffer.concat([
      Buffer.from('<meta charset="shift_jis"><title>'),
      Buffer.from([0x93, 0xfa, 0x96, 0x7b]),
      Buffer.from('</title>'),
    ]);
    assert.equal(title(bytes), '日本');
  });

  it('is a western one if nothing else fits', () => {
    assert.equal(title(Buffer.from('<title>Früchte</title>', 'latin1')), 'Früchte');
  });
});

describe('the quotes and dashes of old pages of Windows', () => {
  it('are read, whatever name the page gives its encoding', () => {
    for (const name of ['windows-1252', 'iso-8859-1']) {
      const start = Buffer.from(`<meta charset="${name}"><title>`);
      const words = Buffer.from([0x93, 0x41, 0x94, 0x96, 0x80]);
      const bytes = Buffer.concat([start, words, Buffer.from('</title>')]);

      assert.equal(read(bytes).title, '“A”–€');
    }
  });
});

describe('the title of a document that a word processor saved', () => {
  it('is its paragraph of that style', () => {
    for (const mark of ['MsoTitle', 'c0 title']) {
      const html = `<html><head></head><body><p class="${mark}">Seeds for all</p>${paragraph.repeat(8)}</body></html>`;

      assert.equal(read(html).title, 'Seeds for all');
    }
  });
});

describe('what a site puts on all of its pages', () => {
  it('is no title, no summary and no part of the text', () => {
    const html = page(
      `<title>News</title><meta property="og:title" content="Seeds for all">
       <meta name="description" content="Welcome to our site!">
       <meta property="og:description" content="The library lends seeds.">`,
      '<h1>News</h1><p>Read more: Bread for all</p>',
    );
    const article = read(html);

    assert.equal(article.title, 'Seeds for all');
    assert.equal(article.summary, 'The library lends seeds.');
    assert.doesNotMatch(article.text, /Bread/);
  });

  it('is no summary either if the site says so of itself', () => {
    const ofSite = '{"@type":"WebSite","description":"All that grows, for everyone."}';
    const html = page(
      `<meta name="description" content="All that grows, for everyone.">
       <script type="application/ld+json">${ofSite}</script>`,
    );

    assert.equal(read(html).summary, undefined);
  });

  it('leaves the sections and the name of an East Asian site off the title', () => {
    assert.equal(read(page('<title>图书馆出借种子_园艺_花园网</title>')).title, '图书馆出借种子');
    assert.equal(read(page('<title>图书馆出借种子-花园网</title>')).title, '图书馆出借种子');
  });
});

it('stops at once at a page of too many elements', () => {
  assert.throws(() => read('<b>'.repeat(150_001)), /150000 elements/);
});
