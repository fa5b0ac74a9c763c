import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cutExcerpt } from '../../src/excerpts/excerpt.ts';
import { tidy } from '../../src/excerpts/tidy.ts';
import { samples } from '../support/article.ts';

const measure = (text: string): number => text.length;

function cut(text: string, limit: number, language = 'en'): string {
  return cutExcerpt(tidy(text, 2000), { limit, measure, language });
}

test('gives a text that fits unchanged', () => {
  assert.equal(cut('One. Two', 20), 'One. Two');
});

test('takes as many whole sentences as fit, without an ellipsis', () => {
  assert.equal(
    cut('The first one. The second one. The third one.', 32),
    'The first one. The second one.',
  );
});

test('does not take an abbreviation for the end of a sentence', () => {
  assert.equal(
    cut('It was a long day for us all. Then we met Mr. Hart, whom nobody had seen before.', 48),
    'It was a long day for us all.',
  );
});

test('cuts a sentence after a clause rather than within one', () => {
  const text =
    'The river rose by three metres in the night, which nobody in the whole town had expected.';

  assert.equal(cut(text, 60), 'The river rose by three metres in the night…');
});

test('cuts between words where no clause ends late enough', () => {
  const text = 'In spring, the river rose higher than anybody in the town remembered.';

  assert.equal(cut(text, 40), 'In spring, the river rose higher than…');
});

test('leaves nothing hanging before the ellipsis', () => {
  const text =
    'The mayor of the town said on Monday – “that will never happen again here in our valley”.';

  assert.equal(cut(text, 45), 'The mayor of the town said on Monday…');
});

test('keeps a number and its unit together, and a title and its name', () => {
  assert.equal(
    cut('The water rose by about 12 km on that long day', 28),
    'The water rose by about…',
  );
  assert.equal(
    cut('On that long day they met with Mrs. Abernathy again', 37),
    'On that long day they met with…',
  );
});

test('cuts scripts without spaces between words', () => {
  const text = samples.find(({ language }) => language === 'th')?.text ?? '';

  const excerpt = cut(text, 40, 'th');

  const kept = excerpt.slice(0, -1);
  const words = Array.from(new Intl.Segmenter('th', { granularity: 'word' }).segment(text));
  assert.ok(excerpt.endsWith('…') && kept.length > 20 && text.startsWith(kept));
  assert.ok(words.some((word) => word.index === kept.length));
});

test('never cuts an address, a mention, a hashtag or a mail address', () => {
  for (const whole of [
    'https://example.org/a/very/long/path?with=query',
    '#AVeryLongHashtagOfManyWords',
    '@a_very_long_name',
    'someone.long@mail.example.org',
  ]) {
    for (let limit = 5; limit < 70; limit += 1) {
      for (const text of [
        `See also ${whole} and then more words follow`,
        `詳しくは${whole} をご覧ください本当に`,
      ]) {
        const excerpt = cut(text, limit);
        assert.ok(
          !excerpt.includes(whole.slice(0, 8)) || excerpt.includes(whole),
          `${limit}: ${excerpt}`,
        );
      }
    }
  }
});

test('cuts an endless word between graphemes, and an endless address not at all', () => {
  assert.equal(cut('x'.repeat(100), 10), `${'x'.repeat(9)}…`);
  assert.equal(cut(`https://example.org/${'x'.repeat(100)}`, 40), '');
});

test('leaves out a cut that is not worth it', () => {
  const source = tidy('An endless sentence about nothing in particular that goes on', 2000);

  assert.equal(cutExcerpt(source, { limit: 20, measure, leastCut: 30 }), '');
});

test('keeps every promise for texts in many scripts and for noise, whatever the limit', () => {
  const word = fc.oneof(
    fc.constantFrom(...samples.flatMap(({ text }) => text.split(' '))),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom(
      '\ud83d',
      '\udc00',
      '\u0000',
      '\ufeff',
      '\u200d',
      '\u200c',
      'e\u0301',
      '\n\n',
      '\n',
    ),
  );
  const text = fc.oneof(
    fc.constantFrom(...samples.map((sample) => sample.text)),
    fc.array(word, { maxLength: 60 }).map((words) => words.join(' ')),
    fc.array(word, { maxLength: 30 }).map((words) => words.join('')),
  );
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

  fc.assert(
    fc.property(text, fc.integer({ min: 0, max: 300 }), (article, limit) => {
      const source = tidy(article, 400);
      const excerpt = cutExcerpt(source, { limit, measure });

      assert.ok(excerpt.length <= limit);
      assert.doesNotMatch(excerpt, /\p{Surrogate}/u);
      assert.equal(cutExcerpt(tidy(article, 400), { limit, measure }), excerpt);
      if (excerpt === source.text) return;
      const isPrefix = source.text.startsWith(excerpt);
      const kept = isPrefix ? excerpt : excerpt.slice(0, -1);
      assert.ok(isPrefix || excerpt.endsWith('…'));
      assert.ok(source.text.startsWith(kept));
      assert.ok(kept === '' || isGraphemeEnd(graphemes, source.text, kept.length));
      if (isPrefix && excerpt !== '')
        assert.match(excerpt, /[\p{Sentence_Terminal}…][\p{P}\p{S}]*$/u);
    }),
    { numRuns: 400 },
  );
});

function isGraphemeEnd(graphemes: Intl.Segmenter, text: string, at: number): boolean {
  return at === text.length || graphemes.segment(text).containing(at)?.index === at;
}

test('cuts an endless run of emoji between two of them, wherever the part that is looked at ends', () => {
  const handshake = '🫱🏽‍🫲🏻';
  for (const before of ['', 'a', 'ab', 'abc', 'abcd', 'abcde']) {
    const excerpt = cut(before + handshake.repeat(300), 700);

    const kept = excerpt.slice(before.length, -1);
    assert.equal(kept, handshake.repeat(kept.length / handshake.length), before);
  }
});
