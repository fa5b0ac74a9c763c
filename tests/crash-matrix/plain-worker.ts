import { Queue, Worker } from 'bullmq';
import { silentLog } from '../../src/core/log.ts';
import type { Post } from '../../src/core/post.ts';
import { connectRedis } from '../../src/redis/connect.ts';
import { parseRedisUrl } from '../../src/redis/redis-url.ts';
import type { Bench, BenchPlan } from './bench.ts';
import type { Meeting } from './strike.ts';
import { sessionAt } from './strike.ts';

export interface PlainJob {
  readonly publication: string;
  readonly account: string;
  readonly post: Post;
}

/** The publisher that everybody writes first: a job for each post, three attempts, no ledger. */
export function openPlainQueue({ redis }: Bench, { prefix, network }: BenchPlan): Queue<PlainJob> {
  const queue = new Queue<PlainJob>(`plain-${network}`, { prefix, connection: redis });
  queue.on('error', () => {});
  return queue;
}

export const PLAIN_JOB = { attempts: 3, backoff: { type: 'exponential', delay: 100 } } as const;

/**
 * Its worker: the same sessions, called once a job. BullMQ's own defaults, but for the times, which are shorter
 * by the same factor as everything in the matrix.
 */
export function startPlainWorker(
  bench: Bench,
  { redisUrl, prefix, network, requestTimeoutMs }: BenchPlan,
  meeting?: Meeting,
): AsyncDisposable {
  const connection = connectRedis(parseRedisUrl(redisUrl), 'worker', { log: silentLog });
  const worker = new Worker<PlainJob>(
    `plain-${network}`,
    async ({ data: { publication, account, post } }) => {
      await meeting?.arrive('before-claim', publication);
      const opened = await bench.openSession(bench.account(account));
      const session = meeting ? sessionAt(opened, publication, meeting, false) : opened;
      const signal = AbortSignal.timeout(3 * requestTimeoutMs);
      const draft = await session.prepare(post, 0, undefined, signal);
      await meeting?.arrive('stopped-before-write', publication);
      const window = {
        isFresh: () => true,
        signal: AbortSignal.timeout(requestTimeoutMs),
        earlier: [],
      };
      const receipt = await session.publish(post, 0, draft, window);
      await meeting?.arrive('before-job-completed', publication);
      return receipt.remoteId;
    },
    { prefix, connection, concurrency: 20, lockDuration: 1_000, stalledInterval: 500 },
  );
  worker.on('error', () => {});
  worker.on('completed', ({ data }) => meeting?.leave(data.publication));
  worker.on('failed', (job) => {
    if (job && job.attemptsMade >= PLAIN_JOB.attempts) meeting?.leave(job.data.publication);
  });
  return {
    async [Symbol.asyncDispose]() {
      await worker.close(true);
      connection.disconnect();
    },
  };
}
