import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readMarkdown } from '../../src/articles/markdown.ts';
import { readPlainText } from '../../src/articles/plain-text.ts';

const textOf = (source: string) => readMarkdown(source, 'a.md').written?.text;

describe('a Markdown article', () => {
  it('takes its title from the front matter, else from the first heading', () => {
    assert.equal(
      readMarkdown('---\ntitle: Own\n---\n# Heading\n\nText.\n', 'a.md').written?.title,
      'Own',
    );
    assert.equal(
      readMarkdown('# Bread &amp; *roses*\n\nText.\n', 'a.md').written?.title,
      'Bread & roses',
    );
  });

  it('keeps paragraphs and items, and the words of links', () => {
    assert.equal(
      textOf('One [two](https://a.example)\nthree.\n\n- a\n- b\n'),
      'One two three.\n\na\nb',
    );
  });

  it('leaves out code, HTML, comments, images and tables', () => {
    const source =
      'A.\n\n```js\ncode\n```\n\n<div>x</div>\n\n<!-- y -->\n\n![z](z.png)\n\n| a |\n|---|\n| 1 |\n\nB <script>evil()</script>.\n';
    assert.equal(textOf(source), 'A.\n\nB .');
  });

  it('lets keys of other programs through, and tells of wrong values at their line', () => {
    const { problems } = readMarkdown(
      '---\nlayout: post\ntitle: 2026\ntags: 5\n---\nText.\n',
      'a.md',
    );
    assert.deepEqual(
      problems.map(({ file, line }) => [file, line]),
      [
        ['a.md', 3],
        ['a.md', 4],
      ],
    );
  });

  it('wants words for the image', () => {
    const { problems } = readMarkdown('---\nimage: a.png\n---\nText.\n', 'a.md');
    assert.match(problems[0]?.message ?? '', /imageAlt/);
  });

  it('refuses front matter that would be published as text', () => {
    for (const source of ['---\ntitle: X\n\nText.\n', '+++\ntitle = "X"\n+++\nText.\n']) {
      const { written, problems } = readMarkdown(source, 'a.md');
      assert.equal(written, undefined);
      assert.deepEqual(
        problems.map(({ line, severity }) => [line, severity]),
        [[1, 'error']],
      );
      assert.match(problems[0]?.message ?? '', /"---"/);
    }
  });

  it('takes a line of dashes before the text for what it is', () => {
    assert.equal(textOf('---\n\nText: more.\n'), 'Text: more.');
  });

  it('survives emphasis and quotes without end', { timeout: 10_000 }, () => {
    for (const piece of ['>', '_a', '**a', '[', 'a.', '<', '- '])
      readMarkdown(piece.repeat(50_000), 'a.md');
  });
});

describe('a plain text article', () => {
  it('takes a short first line as its title and a lone address as its link', () => {
    const { written: article } = readPlainText(
      'A title\r\n\r\nhttps://a.example/b\r\n\r\nWrapped\r\ntext.\r\n',
    );
    assert.deepEqual(
      [article.title, article.link, article.text],
      ['A title', 'https://a.example/b', 'Wrapped text.'],
    );
  });

  it('takes no sentence for a title', () => {
    assert.equal(readPlainText('It rains.\n\nStill.\n').written.title, '');
  });

  it('keeps the joiners of Persian and strips controls', () => {
    assert.equal(readPlainText('می\u200cخواهم\u0007 e\u0301.\n').written.text, 'می\u200cخواهم é.');
  });
});
