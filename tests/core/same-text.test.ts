import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { canonicalLink, isSameText, linksIn } from '../../src/core/same-text.ts';

describe('two texts', () => {
  const same: [string, string][] = [
    ['Café', 'Cafe\u0301'],
    ['می‌خواهیم', 'میخواهیم'],
    ['a  b\n\n\nc ', 'a b\nc'],
    ['⚠️ A', '⚠ A'],
    ['See https://Example.org/a/.', 'See http://example.org/a.'],
    ['https://example.org/ف?q=ف', 'https://example.org/%D9%81?q=%d9%81'],
    ['Socket.io 5', 'http://Socket.io 5'],
    ['(https://en.wikipedia.org/wiki/A_(b))', '(http://en.wikipedia.org/wiki/A_(b))'],
  ];
  for (const [a, b] of same)
    it(`are the same: ${JSON.stringify(a)} and ${JSON.stringify(b)}`, () => {
      assert.ok(isSameText(a, b));
    });

  const different: [string, string][] = [
    ['Part 1', 'Part 2'],
    ['a', 'a b'],
    ['https://example.org/a', 'https://example.org/b'],
    ['https://example.org/?a=1', 'https://example.org/?a=2'],
    ['', 'a'],
    ['سلام', 'سلم'],
  ];
  for (const [a, b] of different)
    it(`differ: ${JSON.stringify(a)} and ${JSON.stringify(b)}`, () => {
      assert.ok(!isSameText(a, b));
    });

  it('are the same if they are equal, whatever they hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.ok(isSameText(text, text.normalize('NFC')));
      }),
    );
  });
});

describe('links', () => {
  it('are read without the punctuation behind them', () => {
    const text = 'See https://a.example/x, (http://b.example/y?z=1#w) and «https://c.example/ف».';

    assert.deepEqual(linksIn(text), [
      'https://a.example/x',
      'http://b.example/y?z=1#w',
      'https://c.example/ف',
    ]);
  });

  it('are the same without what does not change where they lead', () => {
    assert.equal(
      canonicalLink('http://A.example/x/?fbclid=1'),
      canonicalLink('https://a.example/x'),
    );
    assert.notEqual(
      canonicalLink('https://a.example/x?utm=1'),
      canonicalLink('https://a.example/x'),
    );
  });
});
