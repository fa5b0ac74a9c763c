import type { ConnectionOptions, Queue, Telemetry } from 'bullmq';
import type { Redis } from 'ioredis';
import { lightRequire } from '../core/light-require.ts';
import type { Tracing } from '../core/tracing.ts';
import type { PlannedWakeUp, WakeUp } from '../core/wake-up.ts';
import { jobIdOf } from './job-id.ts';
import { telemetryOf, traceEnqueuing } from './traced-jobs.ts';

const bullmq = lightRequire<typeof import('bullmq')>('bullmq');

/** One BullMQ queue a network. They only wake: losing every job loses nothing. */
export interface Queues extends AsyncDisposable {
  enqueue(wakeUps: readonly PlannedWakeUp[]): Promise<void>;
  /** Those of the given that no living job will wake in time. Wakes overdue ones whose job sleeps too long. */
  withoutJob(wakeUps: readonly PlannedWakeUp[]): Promise<readonly PlannedWakeUp[]>;
  /** How many jobs of a network could run by now and do not. */
  countDue(network: string): Promise<number>;
  /** How many jobs of all networks are being run, or wait for a worker. */
  countBusy(): Promise<number>;
  readonly all: ReadonlyMap<string, Queue<WakeUp>>;
}

export interface QueueSetup {
  /** Carries the hash tag: `{carillon}`. */
  readonly prefix: string;
  readonly networks: readonly string[];
  readonly connection: ConnectionOptions;
  /** A connection to look keys up with. */
  readonly redis: Redis;
  readonly onError: (error: unknown) => void;
  /** Where traces are wanted. */
  readonly tracing?: (Tracing & { readonly telemetry: Telemetry }) | undefined;
  /**
   * More overdue than this, a job is looked for in every list of its queue: on time, its key is enough. Two seconds
   * if absent; 0 where the ledger's time jumps, and no job is ever on time.
   */
  readonly overdueMs?: number;
}

const OVERDUE_MS = 2_000;
const PAGE = 500;

export function openQueues(setup: QueueSetup): Queues {
  const { prefix, networks, connection, redis, onError, tracing, overdueMs = OVERDUE_MS } = setup;
  const queues = new Map(
    networks.map((network) => {
      const queue = new bullmq.Queue<WakeUp>(network, {
        prefix,
        connection,
        skipWaitingForReady: true,
        streams: { events: { maxLen: 1000 } },
        ...(tracing && { telemetry: tracing.telemetry }),
      });
      queue.on('error', onError);
      return [network, queue] as const;
    }),
  );
  const queueOf = (network: string): Queue<WakeUp> => {
    const queue = queues.get(network);
    if (queue === undefined) throw new Error(`There is no queue for ${network}.`);
    return queue;
  };
  const jobKey = (network: string, id: string) => `${prefix}:${network}:${id}`;

  async function isAlive({ network, publication, generation }: PlannedWakeUp): Promise<boolean> {
    const queue = queueOf(network);
    const id = jobIdOf(publication, generation);
    switch (await queue.getJobState(id)) {
      case 'waiting':
      case 'prioritized':
        return true;
      case 'active':
        // An active job without a lock belonged to a worker that died.
        return (await redis.exists(`${jobKey(network, id)}:lock`)) === 1;
      case 'delayed': {
        // Its worker is away, or the clock that delayed it went wrong.
        const job = await queue.getJob(id);
        await job?.promote().catch(() => undefined);
        return true;
      }
      default:
        return false;
    }
  }

  async function withoutKey(wakeUps: readonly PlannedWakeUp[]): Promise<PlannedWakeUp[]> {
    const pipeline = redis.pipeline();
    for (const { network, publication, generation } of wakeUps) {
      pipeline.hmget(jobKey(network, jobIdOf(publication, generation)), 'name', 'finishedOn');
    }
    const replies = (await pipeline.exec()) ?? [];
    return wakeUps.filter((_, i) => {
      const [name, finishedOn] = (replies[i]?.[1] ?? []) as (string | null)[];
      return name === null || name === undefined || finishedOn != null;
    });
  }

  return {
    all: queues,
    async enqueue(untraced) {
      const wakeUps = tracing ? await traceEnqueuing(untraced, tracing) : untraced;
      const enqueueOf = async (network: string, queue: Queue<WakeUp>): Promise<void> => {
        const mine = wakeUps.filter((wakeUp) => wakeUp.network === network);
        for (let start = 0; start < mine.length; start += PAGE) {
          await queue.addBulk(
            mine.slice(start, start + PAGE).map((wakeUp) => ({
              name: wakeUp.publication,
              data: { publication: wakeUp.publication, generation: wakeUp.generation },
              opts: {
                jobId: jobIdOf(wakeUp.publication, wakeUp.generation),
                delay: Math.max(0, Math.ceil(wakeUp.inMs)),
                ...telemetryOf(wakeUp),
              },
            })),
          );
        }
      };
      await Promise.all([...queues].map(([network, queue]) => enqueueOf(network, queue)));
    },
    async withoutJob(wakeUps) {
      const known = wakeUps.filter(({ network }) => queues.has(network));
      const missing: PlannedWakeUp[] = [];
      const suspects = known.filter(({ inMs }) => inMs < -overdueMs).slice(0, PAGE);
      for (const suspect of suspects) if (!(await isAlive(suspect))) missing.push(suspect);
      const others = known.filter(({ inMs }) => inMs >= -overdueMs);
      for (let start = 0; start < others.length; start += PAGE) {
        missing.push(...(await withoutKey(others.slice(start, start + PAGE))));
      }
      return missing;
    },
    async countDue(network) {
      const queue = queueOf(network);
      const [waiting, overdue] = await Promise.all([
        queue.getWaitingCount(),
        queue.getDelayedCount(Date.now()),
      ]);
      return waiting + overdue;
    },
    async countBusy() {
      const counts = [...queues.values()].map((queue) => queue.getJobCounts('waiting', 'active'));
      return (await Promise.all(counts)).reduce(
        (sum, { waiting = 0, active = 0 }) => sum + waiting + active,
        0,
      );
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...queues.values()].map((queue) => queue.close().catch(onError)));
    },
  };
}
