import assert from 'node:assert/strict';
import { it } from 'node:test';
import { runRotation } from '../token-rotation/rotation.ts';

// `npm run token-rotation` does it with 1,000.

it('renews a single-use token once an expiry, whoever asks for it, and posts everything once', async () => {
  const result = await runRotation({ publications: 60, expiries: 3, workers: 2 });

  const { seconds: _, ...counted } = result;
  assert.deepEqual(counted, {
    published: 60,
    posts: 60,
    twice: 0,
    renewals: 3,
    refused: 0,
    furtherAttempts: 0,
  });
});
