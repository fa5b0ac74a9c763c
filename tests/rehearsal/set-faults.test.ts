import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFault } from '../../src/rehearsal/set-faults.ts';

const networks = ['twitter', 'facebook'];

test('a fault names its network and kind, and how often it happens', () => {
  assert.deepEqual(readFault('twitter:rate-limit', networks), {
    fault: { network: 'twitter', kind: 'rate-limit', count: 1 },
  });
  assert.deepEqual(readFault(' facebook:refuse:3', networks), {
    fault: { network: 'facebook', kind: 'refuse', count: 3 },
  });
});

test('a fault that cannot be rehearsed is told', () => {
  for (const text of [
    'rate-limit',
    'mastodon:refuse',
    'twitter:hang',
    'twitter:refuse:0',
    'twitter:refuse:1:2',
  ]) {
    assert.ok('problem' in readFault(text, networks), text);
  }
});
