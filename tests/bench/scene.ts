import { findFreePort } from '../../src/redis/endpoint.ts';
import type { Closing } from '../support/closing.ts';
import { startTestRedis, type TestRedis } from '../support/redis.ts';
import { type Carillon, openCarillon } from './carillon.ts';
import type { Networks } from './networks.ts';

/** A Redis, and a Carillon that uses it. */
export interface Scene {
  readonly redis: TestRedis;
  readonly carillon: Carillon;
}

/** Opens a scene until `closing` is disposed of; without networks, the sandbox is Carillon's own. */
export async function openScene(closing: Closing, networks?: Networks): Promise<Scene> {
  const redis = await startTestRedis();
  closing.use(redis);
  const sandboxPort = networks === undefined ? await findFreePort() : new URL(networks.url).port;
  const carillon = openCarillon({
    REDIS_URL: redis.url,
    CARILLON_SANDBOX_PORT: String(sandboxPort),
    CARILLON_DASHBOARD_PORT: String(await findFreePort()),
  });
  closing.use(carillon);
  return { redis, carillon };
}
