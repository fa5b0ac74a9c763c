import assert from 'node:assert/strict';
import { test } from 'node:test';
import { facebookComposer } from '../../src/networks/facebook/compose.ts';
import { twitterComposer } from '../../src/networks/twitter/compose.ts';
import { youtubeComposer } from '../../src/networks/youtube/compose.ts';
import { anArticle } from '../support/article.ts';

const LINK = 'https://news.example.org/spring';
const options = { settings: {}, images: 0 };
const composers = { X: twitterComposer, Facebook: facebookComposer, YouTube: youtubeComposer };
const say = (words: string, network: keyof typeof composers = 'X') =>
  composers[network].composeOwnWords(words, anArticle(), options);

test('more than one ticker symbol is refused, as X refuses it', () => {
  const [refusal] = say('$ABC and $XYZ rose.').refusals ?? [];

  assert.match(refusal ?? '', /more than one ticker symbol.*own words under "text"/);
  assert.deepEqual(say('$ABC rose, and $ABC fell, for $5.').refusals, []);
});

test('too many hashtags are told of, in any script, and none that is part of an address', () => {
  assert.match(say('Spring #a #ب #春 #d').warnings.join(), /4 hashtags.*Leave 3 or fewer/);
  assert.deepEqual(say('Spring #a #b #c, no. #1, C#, a&#38; https://a.example/x#d').warnings, []);
  assert.match(say('#a #b #c #d #e #f', 'Facebook').warnings.join(), /6 hashtags.*Leave 5/);
  assert.deepEqual(say('#a #b #c #d #e', 'Facebook').warnings, []);
  assert.match(say('#a '.repeat(16), 'YouTube').warnings.join(), /16 hashtags.*Leave 15/);
});

test('a row of mentions is told of on X', () => {
  const names = ['@a', '@b', '@c', '@d', '@e', '@f'];

  assert.match(say(`Thanks to ${names.join(' ')}`).warnings.join(), /mentions 6 accounts.*spam/);
  assert.doesNotMatch(say(`Thanks to ${names.slice(1).join(' ')}`).warnings.join(), /spam/);
});

test('a thread whose link stands only in a reply is told of', () => {
  const text = Array.from({ length: 30 }, (_, i) => `Sentence number ${i} says a little.`).join(
    ' ',
  );
  const article = anArticle({ link: LINK, text: `${text} See ${LINK} for more.` });
  const compose = (template?: string) =>
    twitterComposer.compose(article, { ...options, thread: 10, template }).warnings.join();

  assert.match(compose('{title}\n\n{excerpt}'), /link stands only in a reply.*Put \{link\}/);
  assert.doesNotMatch(compose(), /only in a reply/);
});
