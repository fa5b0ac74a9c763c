import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainInk } from '../../src/cli/ink.ts';
import { linesOfPreview, previewAsJson } from '../../src/cli/preview-text.ts';
import { openCalendar } from '../../src/core/say-time.ts';
import type { ComposedIntent } from '../../src/planning/wish.ts';
import { anIntent, aPost } from '../support/ledger.ts';
import { makePng } from '../support/png.ts';
import { DUE } from '../support/publications.ts';

const setting = {
  calendar: openCalendar('Europe/Paris'),
  ink: plainInk,
  width: 80,
  displayNameOf: () => 'X',
};

function composed(over: Partial<ComposedIntent> = {}): ComposedIntent {
  const link = 'https://news.example.org/a';
  const length = { used: 25, limit: 280 };
  return { ...anIntent({ due: DUE }), link, length, warnings: [], ...over };
}

test('a preview shows the text untouched between two rules, and what goes with it', () => {
  const post = aPost({
    text: 'Our spring report\n\nis out',
    link: 'https://news.example.org/a',
    media: [{ ...makePng('A chart').media, width: 8, height: 8 }, makePng('').media],
  });
  const rule = '─'.repeat(60);

  assert.deepEqual(linesOfPreview(composed({ post, warnings: ['It is short.'] }), setting), [
    'spring-report/newsroom-x',
    'X · 25/280 · Tue 24 Nov 2026 09:00 (Europe/Paris)',
    rule,
    'Our spring report',
    '',
    'is out',
    rule,
    'Link: https://news.example.org/a',
    'Image: grey.png (PNG, 8 × 8, 1 kB), described as “A chart”',
    'Image: grey.png (PNG, 1 kB), without a description (decoration)',
    'Note: It is short.',
  ]);
});

test('the texts of a thread are numbered and measured, and a text that is too long is said to be', () => {
  const post = aPost({ text: 'One', thread: ['Two'] });
  const threadLengths = [{ used: 290, limit: 280 }];
  const lines = linesOfPreview(composed({ post, due: undefined, threadLengths }), setting);

  assert.equal(lines[1], 'X · a thread of 2 · 290/280, too long · at the first apply');
  assert.match(lines[2] ?? '', /^── 1 of 2 · 25\/280 ─+$/);
  assert.match(lines[4] ?? '', /^── 2 of 2 · 290\/280 ─+$/);
});

test('text from right to left keeps its lines as they are', () => {
  const text = '«شب شعر» در کتابخانه‌ی شهر\nhttps://library.example.org/شب';
  const lines = linesOfPreview(composed({ post: aPost({ text }) }), setting);
  assert.ok(lines.join('\n').includes(`\n${text}\n`));
});

test('as JSON a preview has exactly what the interface says', () => {
  const post = aPost({ text: 'Text', media: [makePng('A chart').media] });

  assert.deepEqual(JSON.parse(JSON.stringify(previewAsJson(composed({ post })))), {
    publication: 'spring-report/newsroom-x',
    entry: 'spring-report',
    account: 'newsroom-x',
    network: 'twitter',
    text: 'Text',
    length: { used: 25, limit: 280 },
    link: 'https://news.example.org/a',
    media: [{ file: 'grey.png', alt: 'A chart' }],
    warnings: [],
  });
});
