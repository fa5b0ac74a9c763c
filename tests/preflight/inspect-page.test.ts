import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspectPage } from '../../src/preflight/inspect-page.ts';

const inspect = (html: string) =>
  inspectPage({ bytes: Buffer.from(html), url: 'https://news.example.org/a' });

test('what is judged of a page is found in it', () => {
  const page = inspect(`<html><head><title>Otters | News</title>
    <link rel="canonical" href="/rivers"><meta property="og:type" content="article">
    <meta property="og:title" content="Otters"><meta property="og:image" content="o.png"></head>
    <body><h1>Otters are back</h1><p>${'word '.repeat(30)}</p><p>short</p></body></html>`);

  assert.equal(page.title, 'Otters | News');
  assert.deepEqual(page.headings, ['Otters are back']);
  assert.equal(page.canonical, 'https://news.example.org/rivers');
  assert.equal(page.cards.twitter.image, 'https://news.example.org/o.png');
  assert.equal(page.cards['open-graph'].title, 'Otters');
  assert.deepEqual([page.isArticle, page.asksForPassword, page.runningText], [true, false, 149]);
});

test('a field for a password is found wherever it stands', () => {
  assert.ok(inspect('<form><div><input TYPE="Password"></div></form>').asksForPassword);
});

test('a page of nothing says nothing', () => {
  const { title, headings, canonical, runningText } = inspect('');
  assert.deepEqual([title, headings, canonical, runningText], ['', [], undefined, 0]);
});
