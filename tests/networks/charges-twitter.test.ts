import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chargesOf, findDearWords } from '../../src/networks/twitter/charges.ts';
import { aPost, aThread } from '../support/ledger.ts';

function charge(text: string) {
  return chargesOf(aPost({ text }))[0];
}

test('an address and a bare domain count as links, what only looks like one does not', () => {
  for (const text of [
    'Read https://news.example.org/a now',
    'Socket.io 5 is out',
    'We use ASP.NET',
    'x.ai',
    'https://young.toplevel-nobody-knows/a',
  ]) {
    assert.deepEqual(charge(text), { postWithLink: 1 }, text);
  }
  for (const text of [
    'Our report is out',
    'Node.js is not',
    'It ended.Then it began',
    'v1.2.3',
    'e.g. this',
  ]) {
    assert.deepEqual(charge(text), { post: 1 }, text);
  }
});

test('each part of a thread is charged for by itself, and images go with the first', () => {
  const image = { hash: 'h', type: 'image/png', size: 1, file: 'a.png' } as const;
  const media = [
    { ...image, alt: 'Three people' },
    { ...image, alt: '' },
    { ...image, alt: 'A table' },
  ];
  const post = { ...aThread('One', 'Two https://a.example/', 'Three'), media };

  assert.deepEqual(chargesOf(post), [{ post: 1, altText: 2 }, { postWithLink: 1 }, { post: 1 }]);
});

test('words are dear only where no address makes the part as dear', () => {
  const post = aThread(
    'Socket.io and x.ai, and Socket.io again',
    'x.ai: https://a.example/',
    'Three',
  );

  assert.deepEqual(findDearWords(post), [['Socket.io', 'x.ai'], [], []]);
});
