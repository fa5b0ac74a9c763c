import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markDirection } from '../../src/templates/direction-marks.ts';

test('turns a line that starts with a Latin word, a hashtag or an address', () => {
  assert.equal(markDirection('iPhone در بازار'), '\u200fiPhone در بازار');
  assert.equal(markDirection('خبر\n#iOS در بازار'), 'خبر\n\u200f#iOS در بازار');
  assert.equal(
    markDirection('خبر\nhttps://a.example را ببینید'),
    'خبر\n\u200fhttps://a.example را ببینید',
  );
});

test('adds nothing where the first letter says it, nor to lines of links and hashtags', () => {
  for (const text of [
    '۱۲ نفر آمدند.',
    '2026 سال خوبی بود.',
    'خبر\n\nhttps://a.example/b\n\n#iOS #خبر',
  ]) {
    assert.equal(markDirection(text), text);
  }
});

test('keeps the signs of a foreign line and of C++ where they belong', () => {
  assert.equal(markDirection('خبر\n“We did it.”'), 'خبر\n\u200e“We did it.”\u200e');
  assert.equal(markDirection('زبان C++ خوب است.'), 'زبان C++\u200e خوب است.');
});
