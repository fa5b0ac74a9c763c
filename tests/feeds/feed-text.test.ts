import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFeedLine, readFeedText } from '../../src/feeds/feed-text.ts';

test('quotes and dashes of Windows that a feed calls Latin-1 are read as such', () => {
  assert.equal(readFeedLine('\u0093Open\u0094 \u0096 for \u0080 5'), '“Open” – for € 5');
  assert.equal(readFeedText('<p>It\u0092s here\u0085</p>'), 'It’s here…');
});
