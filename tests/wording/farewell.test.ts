import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dropFarewell } from '../../src/wording/farewell.ts';

test('drops where a text first appeared, and links to its rest', () => {
  for (const text of [
    'It rained. The post Rain appeared first on Daily.',
    'It rained. Read more',
    'It rained. Continue reading “Rain” →',
    'It rained. Weiterlesen →',
    'It rained. ادامه مطلب',
  ]) {
    assert.deepEqual(dropFarewell(text), { text: 'It rained.', isCut: false });
  }
});

test('says so where the words before a link are no whole sentence', () => {
  assert.deepEqual(dropFarewell('It rained and Read More'), { text: 'It rained and', isCut: true });
});

test('leaves sentences alone that end in the same words', () => {
  for (const text of ['They found more', 'He had no time to read more', 'Weiterlesen']) {
    assert.deepEqual(dropFarewell(text), { text, isCut: false });
  }
});
