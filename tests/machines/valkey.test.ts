import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { describe, it } from 'node:test';
import { findServer } from '../../src/redis/find-server.ts';
import { launchTestServer } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { PATIENCE_MS } from './carillon-process.ts';
import { openSmallWorld } from './small-world.ts';

const valkey = (await findServer({ names: ['valkey-server'] })).server;

describe('Carillon on Valkey', () => {
  const skip = valkey === undefined && 'There is no valkey-server on this machine.';

  it('publishes, and finds it a safe place', { skip }, async () => {
    const server = await launchTestServer(undefined, undefined, valkey);
    try {
      await using world = await openSmallWorld(
        `redis://127.0.0.1:${server.port}`,
        'publications: [{ id: one, at: now, to: [a-x, a-page], article: { title: One } }]',
      );
      const app = await world.open('here');
      await app.apply(world.config);

      await using _x = await app.startWorker('twitter', async () => world.config);
      await using _page = await app.startWorker('facebook', async () => world.config);
      await until(async () => (await world.live()).length === 2, 'published', PATIENCE_MS);

      assert.deepEqual(app.redisFindings, []);
    } finally {
      await server.process.stop();
      rmSync(server.dir, { recursive: true, force: true });
    }
  });
});
