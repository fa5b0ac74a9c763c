import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import twitterText from 'twitter-text';
import { partsOf } from '../../src/core/post.ts';
import { twitterComposer } from '../../src/networks/twitter/compose.ts';
import { anArticle, samples } from '../support/article.ts';

const LINK = 'https://news.example.org/spring';
const sentence = (n: number) =>
  `Sentence number ${n} says that the river rose once more in the night.`;
const paragraphs = (count: number) =>
  Array.from({ length: count }, (_, p) => [1, 2, 3].map((s) => sentence(3 * p + s)).join(' ')).join(
    '\n\n',
  );

function partsFor(over: Parameters<typeof anArticle>[0], thread = 10): readonly string[] {
  const composed = twitterComposer.compose(anArticle({ link: LINK, ...over }), {
    settings: {},
    images: 0,
    thread,
  });
  return partsOf({ network: 'twitter', media: [], ...composed });
}

test('gives the whole article in numbered parts, the link in the first', () => {
  const text = paragraphs(4);

  const parts = partsFor({ text });

  assert.ok(parts[0]?.startsWith('Spring report\n\nSentence number 1 '));
  assert.ok(parts[0]?.includes(LINK) && !parts.slice(1).join().includes(LINK));
  parts.forEach((part, i) => {
    assert.ok(part.endsWith(`\n\n${i + 1}/${parts.length}`));
  });
  for (let n = 1; n <= 12; n += 1)
    assert.ok(
      parts.some((part) => part.includes(sentence(n))),
      sentence(n),
    );
});

test('keeps a paragraph together where it fits', () => {
  const parts = partsFor({ text: paragraphs(4) });

  assert.ok(parts.slice(2).every((part) => /^Sentence number (?:4|7|10) /u.test(part)));
});

test('writes the usual post where the text fits, or there is none', () => {
  assert.equal(partsFor({ text: 'The river rose.' }).length, 1);
  assert.equal(partsFor({ text: '' }).length, 1);
});

test('leaves no orphan of a few words', () => {
  const parts = partsFor({ text: `${paragraphs(3)}\n\nNobody knows.` });

  assert.ok(parts.every((part) => part.length > 60));
  assert.match(parts.at(-1) ?? '', /Nobody knows\./u);
});

test('ends at the most parts, and says so', () => {
  const composed = twitterComposer.compose(anArticle({ text: paragraphs(20) }), {
    settings: {},
    images: 0,
    thread: 3,
  });

  assert.equal(composed.thread?.length, 2);
  assert.match(composed.warnings.join(), /longer than 3 posts/u);
});

test('gives the number of a right-to-left part its direction', () => {
  const text = samples.find(({ language }) => language === 'fa')?.text ?? '';

  const parts = partsFor({ title: 'گزارش بهار', text: `${text} ${text}`, language: 'fa' });

  assert.ok(parts.length > 1 && parts.every((part) => /\n\n\u200f\d\/\d$/u.test(part)));
});

test('no part is over the limit, whatever the article', () => {
  const any = fc.array(
    fc.constantFrom(
      ...samples.map(({ text }) => text),
      paragraphs(1),
      'Short. ',
      '👩🏽‍🚀'.repeat(40),
    ),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(
      any,
      fc.constantFrom('en', 'fa', 'ja'),
      fc.integer({ min: 2, max: 12 }),
      (texts, language, most) => {
        const parts = partsFor({ text: texts.join('\n\n'), language }, most);

        assert.ok(parts.length <= most);
        for (const part of parts)
          assert.ok(twitterText.parseTweet(part).weightedLength <= 280, part);
      },
    ),
    { numRuns: 60 },
  );
});
