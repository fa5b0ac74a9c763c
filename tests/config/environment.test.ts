import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEnvironment } from '../../config/environment.ts';

for (const [address, passwords] of [
  ['redis://:hunter2@one:6379', ['hunter2']],
  ['rediss://bot:hunter%232@one', ['hunter%232', 'hunter#2']],
  [
    'redis+sentinel://:hunter2@one,two:26379/main?sentinelPassword=swordfish&db=1',
    ['hunter2', 'swordfish'],
  ],
  ['redis+sentinel://one/main?db=1&sentinelPassword=sword%20fish', ['sword fish']],
  ['redis+cluster://bot:hunter2@one:7000,two:7001', ['hunter2']],
] as const) {
  test(`knows that nothing may show the passwords in ${address}`, async () => {
    const { secrets } = await readEnvironment({ REDIS_URL: address }, '/nowhere');

    for (const password of passwords) assert.ok(secrets.includes(password), password);
  });
}

test('takes no host or user of an address for a secret', async () => {
  const { secrets } = await readEnvironment({ REDIS_URL: 'redis+cluster://bot@one:7000,two' }, '/');

  assert.deepEqual(secrets, []);
});
