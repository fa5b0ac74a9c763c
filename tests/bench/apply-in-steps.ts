import { join } from 'node:path';
import { loadConfig } from '../../config/load.ts';
import { openApp } from '../../src/app.ts';
import { silentLog } from '../../src/core/log.ts';
import type { Carillon } from './carillon.ts';

/** What `apply` spends its time on, in milliseconds. */
export interface Steps {
  readonly readingMs: number;
  readonly planningMs: number;
  readonly applyingMs: number;
}

/** Applies the config of a Carillon in this process, and takes the time of each step. */
export async function applyInSteps({ env, folder }: Carillon): Promise<Steps> {
  const begunAt = performance.now();
  const { config } = await loadConfig({ env: { ...env }, cwd: folder });
  const readAt = performance.now();
  await using app = await openApp(config, {
    ...{ redisUrl: env.REDIS_URL, dataDir: join(folder, 'data') },
    ...{ secretKey: undefined, oldSecretKey: undefined },
    ...{ mayStartRedis: false, log: silentLog },
  });
  const openedAt = performance.now();
  let plannedAt = openedAt;
  await app.apply(config, () => {
    plannedAt = performance.now();
  });
  return {
    readingMs: readAt - begunAt,
    planningMs: plannedAt - openedAt,
    applyingMs: performance.now() - plannedAt,
  };
}
