import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeBytes } from '../../src/core/decode-bytes.ts';

test('Windows-1252 has its quotes, dashes and the euro', () => {
  const bytes = Buffer.from([0x93, 0xe9, 0x94, 0x20, 0x97, 0x20, 0x80]);

  assert.equal(decodeBytes('windows-1252', bytes), '“é” — €');
  assert.equal(decodeBytes('iso-8859-1', bytes), '“é” — €');
});

test('text that ends within a letter ends with a mark of it', () => {
  assert.equal(decodeBytes('utf-8', Buffer.from([0x61, 0xd9])), 'a\uFFFD');
});
