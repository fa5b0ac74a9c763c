import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findLeadInEnd } from '../../src/wording/lead-in.ts';

const begin = (text: string) => text.slice(findLeadInEnd(text));

test('begins after lines and sentences that say nothing', () => {
  assert.equal(
    begin('Advertisement\n\nBy Jane Doe\n\nPhoto: J. Roe\n\nThe river rose. It fell.'),
    'The river rose. It fell.',
  );
  assert.equal(begin('Published 12 May 2026\n3 min read\nThe river rose.'), 'The river rose.');
  assert.equal(begin('Sign up for our newsletter. The river rose.'), 'The river rose.');
});

test('begins after the dateline', () => {
  for (const [text, words] of [
    ['BERLIN, 12 May (Reuters) - The river rose.', 'The river rose.'],
    ['(AP) — The river rose.', 'The river rose.'],
    ['Berlin (dpa) - Der Fluss stieg.', 'Der Fluss stieg.'],
    ['HOUSTON, Texas (KABC) -- The river rose.', 'The river rose.'],
    ['London, May 12, 2026 /NewsWire/ -- The river rose.', 'The river rose.'],
    ['Madrid, 12 may (EFE).- El río creció.', 'El río creció.'],
    ['МОСКВА, 12 мая. /ТАСС/. Река поднялась.', 'Река поднялась.'],
    ['القاهرة (رويترز) - ارتفع النهر.', 'ارتفع النهر.'],
    ['【北京＝共同】川が増水した。', '川が増水した。'],
    ['31.10.2023, 10.19 Uhr: Der Fluss stieg.', 'Der Fluss stieg.'],
  ] as const) {
    assert.equal(begin(text), words);
  }
});

test('takes no name with its short form for a dateline', () => {
  for (const text of [
    'The World Health Organization (WHO) — the health arm — warned.',
    'NATO – das Bündnis – warnt.',
    'COVID-19 — the virus — is back.',
  ]) {
    assert.equal(begin(text), text);
  }
});

test('keeps a text of nothing else as it is', () => {
  assert.equal(begin('By Jane Doe\n\n3 min read'), 'By Jane Doe\n\n3 min read');
});
