import type { Redis } from 'ioredis';
import type { Settling } from '../core/settling.ts';

export interface SettlingSetup {
  /** Any key of ours: what has none could ask any node of a Cluster. */
  readonly key: string;
  /** True where the server does not flush every write by itself, and can be waited for. */
  readonly waitForDisk: boolean;
  /** How many replicas must have it. */
  readonly replicas: number;
}

const DISK_MS = 3_000;
/** A replica that is well answers within a few milliseconds; meanwhile the connection stands still. */
const REPLICAS_MS = 500;
/** Where no replica has answered, it is not waited for again so soon. */
const PAUSE_MS = 2_000;

export function openSettling(redis: Redis, setup: SettlingSetup): Settling {
  const { key, waitForDisk, replicas } = setup;
  let connections = 0;
  // A server that has taken over would say of what it has never seen that its replicas have it.
  for (const event of ['close', '-node']) redis.on(event as 'close', () => connections++);
  let failedAt = Number.NEGATIVE_INFINITY;

  const wait = async (command: string, ...args: number[]): Promise<unknown> => {
    const asked = redis
      .pipeline()
      .exists(key)
      .call(command, ...args.map(String));
    const [error, answer] = (await asked.exec())?.[1] ?? [];
    if (error) throw error;
    return answer;
  };
  const isOnDisk = joined(async () => {
    const [flushed = 0] = (await wait('WAITAOF', 1, 0, DISK_MS)) as number[];
    return flushed > 0;
  });
  const isAtReplicas = joined(async () => {
    if (performance.now() - failedAt < PAUSE_MS) return false;
    const isThere = Number(await wait('WAIT', replicas, REPLICAS_MS)) >= replicas;
    if (!isThere) failedAt = performance.now();
    return isThere;
  });

  return {
    mark: () => connections,
    async settle(mark, needsReplicas) {
      if (waitForDisk && !(await isOnDisk())) return false;
      if (!needsReplicas || replicas === 0) return true;
      return (await isAtReplicas()) && mark === connections;
    },
  };
}

/** Lets those who ask while it works share the next time that it does, as this time began before they did. */
function joined<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> | undefined;
  let next: Promise<T> | undefined;
  const run = (): Promise<T> => {
    next = undefined;
    const now = work();
    running = now
      .catch(() => undefined)
      .finally(() => {
        if (next === undefined) running = undefined;
      });
    return now;
  };
  return () => {
    if (running === undefined) return run();
    next ??= running.then(run);
    return next;
  };
}
