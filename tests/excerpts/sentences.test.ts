import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findSentenceEnds, splitSentences } from '../../src/excerpts/sentences.ts';

function assertSplit(language: string, ...sentences: readonly string[]): void {
  assert.deepEqual(splitSentences(sentences.join(' '), language), sentences);
}

test('ends sentences at marks, with the quotes and brackets that close after them', () => {
  assertSplit(
    'en',
    'It rained.',
    'Did it?',
    'It did!',
    '(All day.)',
    '“We saw it.”',
    'Then it stopped.',
  );
  assertSplit('fr', 'Il pleut.', '« Oui. »', 'Et puis ?', 'Voilà !');
});

test('does not end a sentence at titles, references and clipped words', () => {
  for (const [language, sentence] of [
    ['en', 'We met Mr. Hart, Mrs. Bell and Dr. Ames.'],
    ['en', 'See No. 5, pp. 12 and Fig. 3, e.g. the map, vs. Prof. Low.'],
    ['en', 'J. R. R. Brown of the U.S. Senate spoke at 9 a.m. Monday.'],
    ['en', 'Gen. Hale and Lt. Col. Young met Blvd. Partners Ltd. Holdings.'],
    ['fr', 'Selon M. Dupont, Mme Roy et l’art. 5, c’est fini.'],
    ['de', 'Das gilt z. B. für Dr. med. Weiß, Nr. 7, am 3. Oktober.'],
    ['es', 'El Sr. Gómez y la Sra. Paz viven en EE. UU. desde 2010.'],
    ['ru', 'Это было в 1998 г. на ул. Ленина, д. 5, т. е. рядом.'],
    ['fa', 'دکتر م. رضایی در سال ۱۲۰ ق.م. نبود.'],
    ['hi', 'डॉ. शर्मा और प्रो. राव आए।'],
  ] as const) {
    assert.deepEqual(splitSentences(sentence, language), [sentence]);
  }
});

test('does not end a sentence within numbers, addresses, names with marks and ellipses', () => {
  for (const sentence of [
    'It rose by 3.5 m to 1.204.000 by 10.30 p.m.',
    'Look at https://example.org/a.html?b=c. it is there.',
    'She works at Yahoo! in the evening.',
    'Wait! said the man … and then he left.',
    'It was . . . long.',
  ]) {
    assert.deepEqual(splitSentences(sentence, 'en'), [sentence]);
  }
});

test('ends a sentence at an ambiguous abbreviation only before a word that starts one, and says so', () => {
  const ends = Array.from(findSentenceEnds('They moved to the U.S. The rest stayed.', 'en'));

  assert.deepEqual(ends, [
    { at: 22, kind: 'doubtful' },
    { at: 39, kind: 'sure' },
  ]);
});

test('knows the marks of scripts without capitals', () => {
  assertSplit('fa', 'باران آمد.', 'آیا تمام شد؟', 'بله!');
  assertSplit('ur', 'بارش ہوئی۔', 'کیا ختم ہوئی؟', 'جی ہاں۔');
  assertSplit('hi', 'बारिश हुई।', 'क्या रुकी?', 'हाँ।');
  assertSplit('ka', 'წვიმდა.', 'შეწყდა?', 'კი.');
  assertSplit('hy', 'Անձրև եկավ:', 'Վերջացավ:');
  assertSplit('el', 'Έβρεξε.', 'Σταμάτησε;', 'Ναι.');
});

test('keeps a Japanese quotation with the words that report it', () => {
  const text = '「来た。見た。」と言った。それで終わりです。「本当？」彼は笑った。';

  assert.deepEqual(splitSentences(text, 'ja'), [
    '「来た。見た。」と言った。',
    'それで終わりです。',
    '「本当？」',
    '彼は笑った。',
  ]);
});

test('does not end a sentence within quotes or brackets', () => {
  assertSplit(
    'en',
    'He said “I came. I saw. I left.” to us.',
    'We (that is, Ann. And me.) laughed.',
  );
});

test('ends headings and items of lists at the end of their line, unmarked', () => {
  const ends = Array.from(findSentenceEnds('What we found\n\nA river.\n• One\n• Two', 'en'));

  assert.deepEqual(
    ends.map((end) => end.kind),
    ['unmarked', 'sure', 'unmarked', 'unmarked'],
  );
});

test('takes time in proportion to the length of the text', () => {
  const hostile = ['. ', 'a.', '("', '“', "'a ", '…', 'Mr. ', 'é', '。「'].map((part) =>
    part.repeat(20_000),
  );
  const startedAt = performance.now();

  for (const text of hostile) splitSentences(text, 'en');

  assert.ok(performance.now() - startedAt < 10_000);
});

test('keeps the items of a list that stands on one line together', () => {
  for (const sentence of [
    '1. Bread 2. Milk 3. Apples',
    'a.) Bread b.) Milk c.) Apples',
    'a. Bread b. Milk c. The apples',
  ]) {
    assert.deepEqual(splitSentences(sentence, 'en'), [sentence]);
  }
});

test('leaves marks of notes and sources with the sentence that they belong to', () => {
  assertSplit('en', 'The river rose twice.[3][12]', 'Nobody knew why.');
  assertSplit('en', '“We saw it.” (Hale 55).', 'Then it stopped.');
});

test('knows an abbreviation after a dot whose space was forgotten', () => {
  assert.deepEqual(splitSentences('We went home.Mr. Hart stayed.', 'en'), [
    'We went home.Mr. Hart stayed.',
  ]);
});
