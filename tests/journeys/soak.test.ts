import assert from 'node:assert/strict';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runSoak } from '../soak/soak.ts';

// A short soak of the sources; `npm run soak` runs long ones of the built product.

it('loses nothing and posts nothing twice under faults, kills and a Redis that dies', async () => {
  const result = await runSoak({
    size: {
      publications: 240,
      lengthMs: 8_000,
      strikeEveryMs: 1_600,
      redisEveryMs: 4_500,
      longestStopMs: 4_000,
      requestTimeoutMs: 1_000,
    },
    seed: 11,
    carillon: [
      process.execPath,
      ...['--import', 'tsx'],
      fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url)),
    ],
    leadMs: 4_000,
    patienceMs: 60_000,
  });

  assert.ok(result.settled, 'it did not settle');
  assert.ok(result.strikes.kill > 0 && result.strikes.redis > 0 && result.faults > 0);
  const { twice, lost, unexplained } = result;
  assert.deepEqual({ twice, lost, unexplained }, { twice: [], lost: [], unexplained: [] });
  assert.equal(result.live, result.states.published);
});
