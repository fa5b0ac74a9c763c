import type { ConnectionOptions, Job, Telemetry, Worker } from 'bullmq';
import { lightRequire } from '../core/light-require.ts';
import type { Next, PlannedWakeUp, WakeUp } from '../core/wake-up.ts';
import { traceOf } from './traced-jobs.ts';

const bullmq = lightRequire<typeof import('bullmq')>('bullmq');

export interface WorkerSetup {
  readonly network: string;
  readonly prefix: string;
  readonly connection: ConnectionOptions;
  readonly concurrency: number;
  /** Answers what becomes of the job. What it throws is a bug or a Redis that is away: the scheduler sees to it. */
  readonly handle: (wakeUp: WakeUp) => Promise<Next>;
  /** Makes the job of a new generation. */
  readonly enqueue: (wakeUps: readonly PlannedWakeUp[]) => Promise<void>;
  /** How many jobs are due by now and wait for somebody. */
  readonly countDue: () => Promise<number>;
  readonly onError: (error: unknown) => void;
  readonly log: (fields: object, message: string) => void;
  /** Where traces are wanted. */
  readonly telemetry?: Telemetry | undefined;
  /** Told of each worker that had gone deaf and was replaced. */
  readonly onReplaced?: () => void;
  /** A worker that hears nothing for so long while jobs are due is replaced. */
  readonly deafAfterMs?: number;
  /** How long the job of a worker that died counts as being in its hands. */
  readonly lockMs?: number;
}

export interface QueueWorker extends AsyncDisposable {
  /** How often the worker was replaced because it had gone deaf. */
  readonly replacements: number;
}

/** Short, as a publication waits for so long if its worker dies before the claim; to run a job twice is harmless. */
const LOCK_MS = 15_000;

/** Runs `handle` for each job of one network, and stops after the jobs in hand are done. */
export function startQueueWorker(setup: WorkerSetup): QueueWorker {
  const { log, onError, countDue, deafAfterMs = 15_000, lockMs = LOCK_MS } = setup;
  let lastHeardAt = performance.now();
  let waitingSince: number | undefined;
  let inHand = 0;
  let replacements = 0;

  const process = async (job: Job<WakeUp>, token?: string): Promise<string> => {
    lastHeardAt = performance.now();
    inHand++;
    try {
      const next = await setup.handle(job.data);
      if (next.wakes) await setup.enqueue([next.wakes]);
      if (next.kind === 'done') return next.because;
      const { generation = job.data.generation } = next;
      if (generation !== job.data.generation) {
        const { publication } = job.data;
        const { network } = setup;
        const trace = traceOf(job);
        await setup.enqueue([{ publication, network, generation, inMs: next.inMs, trace }]);
        return next.because;
      }
      await job.moveToDelayed(Date.now() + Math.max(1, Math.ceil(next.inMs)), token);
      throw new bullmq.DelayedError(next.because);
    } finally {
      inHand--;
      lastHeardAt = performance.now();
    }
  };
  const open = (): Worker<WakeUp> => {
    const worker = new bullmq.Worker<WakeUp>(setup.network, process, {
      prefix: setup.prefix,
      connection: setup.connection,
      concurrency: setup.concurrency,
      lockDuration: lockMs,
      stalledInterval: 15_000,
      // To run a job again is harmless: the ledger knows what it has done.
      maxStalledCount: 1_000,
      drainDelay: 5,
      ...(setup.telemetry && { telemetry: setup.telemetry }),
      removeOnComplete: { age: 7 * 24 * 3600, count: 1000 },
      removeOnFail: { age: 30 * 24 * 3600, count: 5000 },
    });
    worker.on('error', onError);
    worker.on('failed', (job, { message }) => {
      const fields = { ...(job && { publication: job.data.publication }) };
      log(fields, `The job failed (${message}); the scheduler makes another.`);
    });
    return worker;
  };

  let worker = open();
  let isClosing = false;
  /** How long jobs have been due of which this worker has not heard. An idle one that is silent is not deaf. */
  const measureSilence = async (): Promise<number> => {
    const isHeard = () => inHand > 0 || performance.now() - lastHeardAt < deafAfterMs;
    if (isHeard() || (await countDue()) === 0 || isHeard()) waitingSince = undefined;
    else waitingSince ??= performance.now();
    return waitingSince === undefined ? 0 : performance.now() - waitingSince;
  };
  const watch = setInterval(async () => {
    try {
      if ((await measureSilence()) < deafAfterMs || isClosing) return;
      log({}, `The ${setup.network} worker has heard nothing while jobs are due: it is replaced.`);
      const deaf = worker;
      lastHeardAt = performance.now();
      waitingSince = undefined;
      replacements++;
      setup.onReplaced?.();
      worker = open();
      await deaf.close(true);
    } catch (error) {
      onError(error);
    }
  }, deafAfterMs / 3);
  watch.unref();

  return {
    get replacements() {
      return replacements;
    },
    async [Symbol.asyncDispose]() {
      isClosing = true;
      clearInterval(watch);
      await worker.close();
    },
  };
}
