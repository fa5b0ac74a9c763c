import { fileURLToPath } from 'node:url';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { type Part, startPart } from './part.ts';
import { NETWORKS } from './write-config.ts';

/** What a raw job holds: the post, and for whom it is. */
export interface RawJob {
  readonly account: string;
  readonly text: string;
}

export interface RawWish extends RawJob {
  readonly network: string;
  readonly name: string;
  readonly inMs: number;
}

/** What is possible at best with BullMQ alone: a queue for each network, a job for each post, and no ledger. */
export interface RawQueues extends AsyncDisposable {
  add(wishes: readonly RawWish[]): Promise<void>;
  countLeft(): Promise<number>;
}

export const RAW_PREFIX = '{raw}';
/** As many as Carillon adds at once. */
const PAGE = 500;

export function openRawQueues(redisUrl: string): RawQueues {
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null, replyMapping: 'legacy' });
  connection.on('error', () => {});
  const queues = new Map(
    NETWORKS.map((network) => {
      const queue = new Queue<RawJob>(network, {
        ...{ prefix: RAW_PREFIX, connection },
        defaultJobOptions: { removeOnComplete: { count: 1_000 } },
      });
      queue.on('error', () => {});
      return [network as string, queue] as const;
    }),
  );
  return {
    async add(wishes) {
      for (const [network, queue] of queues) {
        const mine = wishes.filter((wish) => wish.network === network);
        for (let start = 0; start < mine.length; start += PAGE) {
          await queue.addBulk(
            mine.slice(start, start + PAGE).map(({ name, account, text, inMs }) => ({
              ...{ name, data: { account, text } },
              opts: { jobId: `raw-${name}`, delay: Math.max(0, Math.ceil(inMs)) },
            })),
          );
        }
      }
    },
    async countLeft() {
      const counts = [...queues.values()].map((queue) =>
        queue.getJobCounts('delayed', 'waiting', 'active'),
      );
      const left = (await Promise.all(counts)).map(
        ({ delayed = 0, waiting = 0, active = 0 }) => delayed + waiting + active,
      );
      return left.reduce((sum, each) => sum + each, 0);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      connection.disconnect();
    },
  };
}

const WORKER = fileURLToPath(new URL('raw-worker-process.ts', import.meta.url));

/** The worker of one network, in a process of its own. */
export function startRawWorker(plan: RawWorkerPlan): Promise<Part> {
  return startPart(['--import', 'tsx', WORKER, JSON.stringify(plan)]);
}

export interface RawWorkerPlan {
  readonly network: string;
  readonly redisUrl: string;
  readonly networksUrl: string;
  readonly concurrency: number;
}
