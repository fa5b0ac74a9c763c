import assert from 'node:assert/strict';
import { test } from 'node:test';
import { twitterComposer } from '../../src/networks/twitter/compose.ts';
import { anArticle } from '../support/article.ts';

const LINK = 'https://news.example.org/spring';
const options = { settings: {}, images: 0 };

function textOf(article: Parameters<typeof anArticle>[0]): string {
  return twitterComposer.compose(anArticle(article), options).text;
}

test('lays out title, sentences, link and hashtags, each when there is room', () => {
  const text = textOf({
    text: 'The river rose. Nobody expected it.',
    link: LINK,
    tags: ['river watch', 'spring', 'third'],
  });

  assert.equal(
    text,
    `Spring report\n\nThe river rose. Nobody expected it.\n\n${LINK} #RiverWatch #spring`,
  );
});

test('keeps the whole link and cuts the title when there is room for little else', () => {
  const text = textOf({
    title: 'A long title of many words '.repeat(20),
    text: 'Text.',
    link: LINK,
  });

  const [title = '', ...rest] = text.split('\n\n');
  assert.deepEqual(rest, [LINK]);
  assert.match(title, /^A long title .* (?:A|long|title|of|many|words)…$/u);
  assert.ok(title.length > 200);
});

test('gives hashtags up for a sentence', () => {
  const title = `${'word '.repeat(39)}the end`;
  const sentence = 'This sentence is all that fits between the two.';

  const text = textOf({
    title,
    text: `${sentence} ${'Another one follows. '.repeat(40)}`,
    link: LINK,
    tags: ['river'],
  });

  assert.equal(text, `${title}\n\n${sentence}\n\n${LINK}`);
});

test('does not say twice what the title says', () => {
  assert.equal(
    textOf({ text: 'SPRING REPORT.\n\nThe river rose.' }),
    'Spring report\n\nThe river rose.',
  );
  assert.equal(
    textOf({ summary: 'Spring report', text: 'The river rose.' }),
    'Spring report\n\nThe river rose.',
  );
  assert.equal(
    textOf({ text: 'By Ann Bell\n\nThe river rose.', author: 'Ann Bell' }),
    'Spring report\n\nThe river rose.',
  );
  assert.equal(textOf({ text: 'Spring report' }), 'Spring report');
});

test('prefers the author’s summary to the text, unless a machine cut it', () => {
  assert.equal(
    textOf({ summary: 'In short: wet.', text: 'It rained.' }),
    'Spring report\n\nIn short: wet.',
  );
  assert.equal(
    textOf({ summary: 'It rai […]', text: 'It rained.' }),
    'Spring report\n\nIt rained.',
  );
});

test('puts link and hashtags on lines of their own in right-to-left texts', () => {
  const text = textOf({
    title: 'گزارش بهار',
    text: 'رودخانه بالا آمد.',
    link: LINK,
    tags: ['گزارش بهار'],
    language: 'fa',
  });

  assert.equal(text, `گزارش بهار\n\nرودخانه بالا آمد.\n\n${LINK}\n\n#گزارش_بهار`);
});

test('writes a link so that X makes a link of all of it', () => {
  assert.equal(
    textOf({ link: 'https://fa.example.org/خبر' }),
    'Spring report\n\nhttps://fa.example.org/%D8%AE%D8%A8%D8%B1',
  );
  assert.equal(
    textOf({ link: 'https://example.org/a.' }),
    'Spring report\n\nhttps://example.org/a%2E',
  );
  assert.equal(
    textOf({ link: 'https://example.org/a_(b)' }),
    'Spring report\n\nhttps://example.org/a_(b)',
  );
});

test('leaves out a link that is longer than a post, and says so', () => {
  const composed = twitterComposer.compose(
    anArticle({ link: `https://example.org/${'x'.repeat(5000)}` }),
    options,
  );

  assert.equal(composed.text, 'Spring report');
  assert.match(composed.warnings.join(), /too long/u);
});

test('gives no card beside the text: X makes it of the link', () => {
  assert.equal(twitterComposer.compose(anArticle({ link: LINK }), options).link, undefined);
});

test('leaves out an excerpt with which X would refuse the post for its ticker symbols', () => {
  assert.equal(textOf({ text: 'Both $ABC and $XYZ rose.' }), 'Spring report');
  assert.equal(textOf({ text: 'Only $ABC rose.' }), 'Spring report\n\nOnly $ABC rose.');
});

test('warns of accounts that X would notify', () => {
  const composed = twitterComposer.compose(
    anArticle({ text: 'In CSS, @media is a rule.' }),
    options,
  );

  assert.match(composed.warnings.join(), /notify @media/u);
});

test('gives a valid post for articles with little, with nothing and with far too much', () => {
  assert.equal(textOf({ text: '', link: LINK }), `Spring report\n\n${LINK}`);
  assert.equal(textOf({ title: '', link: LINK }), LINK);
  assert.equal(textOf({ title: '\u200b\ufeff', text: 'Text.' }), 'Text.');
  assert.equal(textOf({ title: '' }), '');
  assert.match(
    twitterComposer.compose(anArticle({ title: '' }), options).warnings.join(),
    /no words/u,
  );
});

test('takes little time for ten megabytes', () => {
  const startedAt = performance.now();

  for (const part of [
    'Word and word. ',
    'x',
    '😀',
    'あ.',
    '. ',
    '\n',
    ' ',
    '“',
    'https://a.example/',
    '\u0000',
  ]) {
    const text = part.repeat(10_000_000 / part.length);
    const { length } = twitterComposer.compose(
      anArticle({ title: text, text, summary: text }),
      options,
    );
    assert.ok(length.used <= length.limit);
  }

  assert.ok(performance.now() - startedAt < 10_000);
});

test('fills own words in and alters nothing else', () => {
  const article = anArticle({ link: LINK });
  const own = (template: string) => twitterComposer.composeOwnWords(template, article, options);

  assert.equal(
    own('  {title}:\n\n\tlook! {link}  \n').text,
    `  Spring report:\n\n\tlook! ${LINK}  `,
  );
  assert.deepEqual(own('Look: {link}').warnings, []);
  assert.equal(own('{link} '.repeat(20)).length.used, 480);
});

test('warns when own words hold no link, or ask for one that is not there', () => {
  const own = (template: string, link?: string) =>
    twitterComposer.composeOwnWords(template, anArticle(link ? { link } : {}), options);

  assert.match(own('Out today', LINK).warnings.join(), /no link/u);
  assert.deepEqual(own(`Out today: ${LINK}`, LINK).warnings, []);
  assert.match(own('Out: {link}').warnings.join(), /has no link/u);
  assert.equal(own('{titel} {link}', LINK).text, `{titel} ${LINK}`);
  assert.equal(own('$& {title}').text, '$& Spring report');
});
