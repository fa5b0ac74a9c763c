import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createInk, tameText } from '../../src/cli/ink.ts';
import { startOf, twoColumns, widthOf, wrap } from '../../src/cli/layout.ts';
import { count, sayDuration } from '../../src/core/words.ts';

test('width is counted in cells of a terminal', () => {
  assert.equal(widthOf('naïve'), 5);
  assert.equal(widthOf('nai\u0308ve'), 5);
  assert.equal(widthOf('東京'), 4);
  assert.equal(widthOf('🎉'), 2);
  assert.equal(widthOf('👩‍👩‍👧'), 2);
  assert.equal(widthOf('سلام'), 4);
});

test('the beginning of a text is one line that fits, cut at a word', () => {
  assert.equal(startOf('Our spring\n\nreport', 30), 'Our spring report');
  assert.equal(startOf('Our spring report is out at last', 20), 'Our spring report…');
  assert.equal(startOf('Donaudampfschifffahrtsgesellschaft', 10), 'Donaudamp…');
});

test('wrapped lines fit the width and keep every word', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme-ascii' })),
      fc.integer({ min: 20, max: 80 }),
      (parts, width) => {
        const text = parts.join(' ');
        const lines = wrap(text, width, '  ');
        for (const line of lines) assert.ok(widthOf(line) <= width, line);
        const words = (said: string) => said.split(/\s+/).filter((word) => word !== '');
        assert.deepEqual(words(lines.join(' ')), words(text));
      },
    ),
    { numRuns: 200 },
  );
});

test('a second column goes below where a long name leaves no room for it', () => {
  const options = { leftWidth: 10, width: 40, indent: '    ' };

  assert.deepEqual(twoColumns('short', 'Tue 24 Nov 2026', options), [
    'short       Tue 24 Nov 2026',
  ]);
  assert.deepEqual(twoColumns('a-name-of-some-thirty-characters', 'Tue 24 Nov 2026', options), [
    'a-name-of-some-thirty-characters',
    '    Tue 24 Nov 2026',
  ]);
});

test('what a text holds cannot steer the terminal; our own colours can', () => {
  const hostile = 'a\u001b]0;title\u0007b\u001b[2Jc\r\nd\te\u009b31mf\rg';
  const isSafe = /^[^\p{Cc}]*$/u;

  assert.match(tameText(hostile, false).replaceAll(/[\n\t]/g, ''), isSafe);
  assert.match(tameText(hostile, true).replaceAll(/[\n\t]/g, ''), isSafe);
  assert.equal(tameText('one\r\ntwo', false), 'one\ntwo');
  const red = createInk(true).red('late');
  assert.equal(tameText(red, true), red);
  assert.ok(!tameText(red, false).includes('\u001b'));
  assert.equal(createInk(false).red('late'), 'late');
});

test('text from right to left stays as it is', () => {
  const text = '«شب شعر»\u200f در کتابخانه\u200cی شهر\n۲۴ نوامبر';
  assert.equal(tameText(text, true), text);
});

test('numbers agree with their words', () => {
  assert.equal(count(1, 'entry', 'entries'), '1 entry');
  assert.equal(count(0, 'entry', 'entries'), '0 entries');
  assert.equal(count(1_200, 'publication'), '1,200 publications');
  assert.equal(sayDuration(60_000), '1 minute');
  assert.equal(sayDuration(90_000), '90 seconds');
  assert.equal(sayDuration(300_000), '5 minutes');
  assert.equal(sayDuration(7_200_000), '2 hours');
  assert.equal(sayDuration(250), '250 ms');
});
