import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPointer, isRelatedHeading } from '../../src/wording/pointer.ts';

test('knows lines that point to other articles, and headings over them', () => {
  for (const line of [
    'Read more: Bread rises as well',
    'Lesen Sie auch: Brot geht auf',
    'LEA TAMBIÉN: Sube el pan',
    'À lire aussi : le pain lève',
    'Читайте также: Хлеб растёт',
    'بیشتر بخوانید: نان',
  ]) {
    assert.equal(isPointer(line), true, line);
  }
  for (const line of ['Related stories', 'Mehr zum Thema', '12 Comments', '関連記事']) {
    assert.equal(isRelatedHeading(line), true, line);
  }
});

test('takes no sentence for one', () => {
  for (const line of [
    'Read more books this year.',
    'He did not comment.',
    'Mira the cat: a story',
  ]) {
    assert.equal(isPointer(line) || isRelatedHeading(line), false, line);
  }
});
