import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Next, WakeUp } from '../../src/core/wake-up.ts';
import { jobIdOf } from '../../src/queue/job-id.ts';
import { NAME } from '../support/ledger.ts';
import { aWakeUp, type QueueBench, useQueues } from '../support/queue.ts';

const openQueues = useQueues();
const DONE: Next = { kind: 'done', because: 'published' };

test('each job is handled once, and keeps in a word what came of it', async () => {
  await using bench = openQueues();
  const handled: WakeUp[] = [];
  bench.startWorker(async (wakeUp) => {
    handled.push(wakeUp);
    return DONE;
  });

  await bench.queues.enqueue([aWakeUp()]);
  await until(async () => (await stateOf(bench)) === 'completed');

  assert.deepEqual(handled, [{ publication: NAME, generation: 1 }]);
  assert.equal((await jobOf(bench))?.returnvalue, 'published');
});

test('a job that is to come again sleeps, and no attempt is spent', async () => {
  await using bench = openQueues();
  const handledAt: number[] = [];
  bench.startWorker(async () => {
    handledAt.push(performance.now());
    const isOver = handledAt.length === 4;
    return isOver ? DONE : { kind: 'again', inMs: 60, because: 'early' };
  });

  await bench.queues.enqueue([aWakeUp()]);
  await until(async () => (await stateOf(bench)) === 'completed');

  assert.equal(handledAt.length, 4);
  for (let i = 1; i < 4; i++) assert.ok((handledAt[i] ?? 0) - (handledAt[i - 1] ?? 0) >= 55);
  const job = await jobOf(bench);
  assert.deepEqual([job?.failedReason, job?.attemptsMade], [undefined, 1]);
});

test('a new generation gets a job of its own, and the old one is done', async () => {
  await using bench = openQueues();
  const handled: number[] = [];
  bench.startWorker(async ({ generation }) => {
    handled.push(generation);
    if (generation === 2) return DONE;
    return { kind: 'again', inMs: 20, because: 'scheduled', generation: 2 };
  });

  await bench.queues.enqueue([aWakeUp()]);
  await until(async () => (await stateOf(bench, 2)) === 'completed');

  assert.deepEqual(handled, [1, 2]);
  assert.equal((await jobOf(bench, 1))?.returnvalue, 'scheduled');
});

test('a bug of the handler fails the job and not the worker', async () => {
  await using bench = openQueues();
  bench.startWorker(async ({ generation }) => {
    if (generation === 1) throw new Error('a bug');
    return DONE;
  });

  await bench.queues.enqueue([aWakeUp(), aWakeUp({ generation: 2 })]);
  await until(async () => (await stateOf(bench, 2)) === 'completed');
  await until(async () => (await stateOf(bench, 1)) === 'failed');

  assert.equal((await jobOf(bench, 1))?.failedReason, 'a bug');
});

test('several jobs are in hand at once, never more than allowed', async () => {
  await using bench = openQueues();
  let inHand = 0;
  let most = 0;
  bench.startWorker(
    async () => {
      most = Math.max(most, ++inHand);
      await wait(30);
      inHand--;
      return DONE;
    },
    { concurrency: 3 },
  );
  const generations = Array.from({ length: 12 }, (_, i) => i + 1);

  await bench.queues.enqueue(generations.map((generation) => aWakeUp({ generation })));
  await until(async () => (await stateOf(bench, 12)) === 'completed');

  assert.equal(most, 3);
});

test('a worker that is stopped finishes what it has in hand and takes nothing new', async () => {
  await using bench = openQueues();
  const handled: number[] = [];
  const worker = bench.startWorker(
    async ({ generation }) => {
      handled.push(generation);
      await wait(150);
      return DONE;
    },
    { concurrency: 1 },
  );
  await bench.queues.enqueue([aWakeUp(), aWakeUp({ generation: 2 })]);
  await until(async () => handled.length === 1);

  await worker[Symbol.asyncDispose]();

  assert.deepEqual(handled, [1]);
  assert.deepEqual([await stateOf(bench, 1), await stateOf(bench, 2)], ['completed', 'waiting']);
});

test('a job that a stopping worker puts off is there for the next one', async () => {
  await using bench = openQueues();
  let isStarted = false;
  const first = bench.startWorker(async () => {
    isStarted = true;
    await wait(50);
    return { kind: 'again', inMs: 1, because: 'the worker stops' };
  });
  await bench.queues.enqueue([aWakeUp()]);
  await until(async () => isStarted);
  await first[Symbol.asyncDispose]();

  bench.startWorker(async () => DONE);

  await until(async () => (await stateOf(bench)) === 'completed');
});

test('a worker that hears nothing while jobs are due is replaced', async () => {
  await using bench = openQueues();
  const said: string[] = [];
  const handled: number[] = [];
  let told = 0;
  // A queue whose jobs this worker is never told of.
  const worker = bench.startWorker(
    async ({ generation }) => {
      handled.push(generation);
      return DONE;
    },
    {
      ...{ countDue: async () => 1, deafAfterMs: 150 },
      log: (_, message) => said.push(message),
      onReplaced: () => told++,
    },
  );

  await until(async () => worker.replacements > 0);

  assert.match(said[0] ?? '', /twitter worker has heard nothing.*replaced/);
  assert.equal(told, worker.replacements);
  await bench.queues.enqueue([aWakeUp()]);
  await until(async () => handled.length === 1);
});

test('a worker with nothing to do is not deaf, nor is one that is busy', async () => {
  await using bench = openQueues();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const idle = bench.startWorker(async () => DONE, { deafAfterMs: 60, network: 'facebook' });
  const busy = bench.startWorker(
    async () => {
      await held;
      return DONE;
    },
    { countDue: async () => 1, deafAfterMs: 60 },
  );
  await bench.queues.enqueue([aWakeUp()]);
  await until(async () => (await stateOf(bench)) === 'active');
  const before = busy.replacements;

  await wait(300);
  release();

  assert.deepEqual([idle.replacements, busy.replacements - before], [0, 0]);
});

test('a worker that was silent for long is not deaf the moment a job is due', async () => {
  await using bench = openQueues();
  let due = 0;
  const worker = bench.startWorker(async () => DONE, {
    countDue: async () => due,
    deafAfterMs: 600,
  });
  await wait(900);

  due = 1;
  await wait(300);

  assert.equal(worker.replacements, 0);
  await until(async () => worker.replacements === 1);
});

test('a worker whose Redis goes away for a moment goes on', async () => {
  await using bench = openQueues();
  const handled: number[] = [];
  bench.startWorker(async ({ generation }) => {
    handled.push(generation);
    return DONE;
  });
  await bench.queues.enqueue([aWakeUp()]);
  await until(async () => handled.length === 1);

  await bench.redis.call('CLIENT', 'KILL', 'TYPE', 'normal').catch(() => undefined);
  await bench.queues.enqueue([aWakeUp({ generation: 2 })]);

  await until(async () => handled.includes(2));
});

async function jobOf({ queues }: QueueBench, generation = 1) {
  return queues.all.get('twitter')?.getJob(jobIdOf(NAME, generation));
}

async function stateOf({ queues }: QueueBench, generation = 1) {
  return queues.all.get('twitter')?.getJobState(jobIdOf(NAME, generation));
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + 20_000;
  while (!(await isTrue())) {
    if (performance.now() > giveUpAt) assert.fail('It did not come true.');
    await wait(10);
  }
}
