import { after, before } from 'node:test';
import type { Redis } from 'ioredis';
import type { Next, PlannedWakeUp, WakeUp } from '../../src/core/wake-up.ts';
import { openQueues, type QueueSetup, type Queues } from '../../src/queue/queues.ts';
import { type QueueWorker, startQueueWorker, type WorkerSetup } from '../../src/queue/worker.ts';
import { NAME } from './ledger.ts';
import { startTestRedis, type TestRedis } from './redis.ts';

export interface QueueBench extends AsyncDisposable {
  readonly redis: Redis;
  readonly prefix: string;
  readonly queues: Queues;
  /** Errors that the queues or a worker have reported. */
  readonly errors: unknown[];
  startWorker(handle: (wakeUp: WakeUp) => Promise<Next>, over?: Partial<WorkerSetup>): QueueWorker;
}

export function aWakeUp(over: Partial<PlannedWakeUp> = {}): PlannedWakeUp {
  return { publication: NAME, generation: 1, network: 'twitter', inMs: 0, ...over };
}

/** Starts one Redis for the tests of a file; each call of the answer opens queues of their own in it. */
export function useQueues(): (over?: Partial<QueueSetup>) => QueueBench {
  let server: TestRedis | undefined;
  let count = 0;
  before(async () => {
    server = await startTestRedis();
  });
  after(() => server?.stop());
  return (over = {}) => {
    if (server === undefined) throw new Error('The test has not begun.');
    const redis = server.connect({ maxRetriesPerRequest: null });
    const prefix = `{carillon-test-${++count}}`;
    const errors: unknown[] = [];
    const onError = (error: unknown) => errors.push(error);
    const networks = ['twitter', 'facebook'];
    const queues = openQueues({
      ...{ prefix, networks, connection: redis, redis, onError },
      ...over,
    });
    const workers: QueueWorker[] = [];
    return {
      redis,
      prefix,
      queues,
      errors,
      startWorker(handle, over = {}) {
        const worker = startQueueWorker({
          network: 'twitter',
          prefix,
          connection: redis,
          concurrency: 5,
          handle,
          enqueue: queues.enqueue,
          countDue: () => queues.countDue('twitter'),
          onError,
          log: () => {},
          ...over,
        });
        workers.push(worker);
        return worker;
      },
      async [Symbol.asyncDispose]() {
        for (const worker of workers) await worker[Symbol.asyncDispose]();
        await queues[Symbol.asyncDispose]();
        redis.disconnect();
      },
    };
  };
}
