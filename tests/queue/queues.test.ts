import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jobIdOf } from '../../src/queue/job-id.ts';
import { NAME } from '../support/ledger.ts';
import { aWakeUp, type QueueBench, useQueues } from '../support/queue.ts';

const openQueues = useQueues();
const OVERDUE = -10_000;

test('a wake-up is a job of its network, for its time', async () => {
  await using bench = openQueues();

  await bench.queues.enqueue([aWakeUp(), aWakeUp({ network: 'facebook', inMs: 60_000 })]);

  const now = await jobOf(bench);
  assert.equal(await now?.getState(), 'waiting');
  assert.deepEqual(now?.data, { publication: NAME, generation: 1 });
  assert.ok((now?.opts.attempts ?? 0) <= 1, 'the ledger decides about tries');
  const later = await jobOf(bench, 'facebook');
  assert.equal(await later?.getState(), 'delayed');
  assert.equal(later?.delay, 60_000);
});

test('the same wake-up twice is one job, another generation is another', async () => {
  await using bench = openQueues();

  await bench.queues.enqueue([aWakeUp(), aWakeUp()]);
  await bench.queues.enqueue([aWakeUp(), aWakeUp({ generation: 2 })]);

  assert.equal(await bench.queues.countDue('twitter'), 2);
});

test('a wake-up that is overdue wakes at once', async () => {
  await using bench = openQueues();

  await bench.queues.enqueue([aWakeUp({ inMs: -5_000.5 })]);

  assert.equal(await (await jobOf(bench))?.getState(), 'waiting');
});

test('a thousand wake-ups at once are a thousand jobs', async () => {
  await using bench = openQueues();
  const wakeUps = Array.from({ length: 1_200 }, (_, i) => aWakeUp({ publication: `e${i}/x` }));

  await bench.queues.enqueue(wakeUps);

  assert.equal(await bench.queues.countDue('twitter'), 1_200);
  assert.deepEqual(await bench.queues.withoutJob(wakeUps), []);
});

test('what has no job is told, what has one is not', async () => {
  await using bench = openQueues();
  const known = aWakeUp({ inMs: 60_000 });
  const lost = aWakeUp({ publication: 'lost/newsroom-x', inMs: 60_000 });
  const newer = aWakeUp({ generation: 2, inMs: 60_000 });
  await bench.queues.enqueue([known]);

  assert.deepEqual(await bench.queues.withoutJob([known, lost, newer]), [lost, newer]);
});

test('a job that has ended wakes nobody', async () => {
  await using bench = openQueues();
  const worker = bench.startWorker(async ({ publication }) => {
    if (publication === 'bad/newsroom-x') throw new Error('a bug');
    return { kind: 'done', because: 'published' };
  });
  const bad = { publication: 'bad/newsroom-x' };
  await bench.queues.enqueue([aWakeUp(), aWakeUp(bad)]);
  await until(async () => {
    const states = await Promise.all([stateOf(bench), stateOf(bench, bad.publication)]);
    return states.join() === 'completed,failed';
  });
  await worker[Symbol.asyncDispose]();

  for (const inMs of [0, OVERDUE]) {
    const asked = [aWakeUp({ inMs }), aWakeUp({ ...bad, inMs })];
    assert.deepEqual(await bench.queues.withoutJob(asked), asked);
  }
});

test('a job in the hands of a worker counts, one whose worker has died does not', async () => {
  await using bench = openQueues();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  bench.startWorker(async () => {
    await held;
    return { kind: 'done', because: 'published' };
  });
  await bench.queues.enqueue([aWakeUp()]);
  await until(async () => (await stateOf(bench)) === 'active');
  const overdue = aWakeUp({ inMs: OVERDUE });

  assert.deepEqual(await bench.queues.withoutJob([overdue]), []);

  await bench.redis.del(`${bench.prefix}:twitter:${jobIdOf(NAME, 1)}:lock`);
  assert.deepEqual(await bench.queues.withoutJob([overdue]), [overdue]);
  release();
});

test('a job that sleeps although its time is over is woken', async () => {
  await using bench = openQueues();
  await bench.queues.enqueue([aWakeUp({ inMs: 3_600_000 })]);

  const missing = await bench.queues.withoutJob([aWakeUp({ inMs: OVERDUE })]);

  assert.deepEqual(missing, []);
  assert.equal(await stateOf(bench), 'waiting');
});

test('a job that waits for a busy worker is left alone', async () => {
  await using bench = openQueues();
  await bench.queues.enqueue([aWakeUp()]);

  assert.deepEqual(await bench.queues.withoutJob([aWakeUp({ inMs: OVERDUE })]), []);
});

test('what belongs to a network without a queue is nobody here to wake', async () => {
  await using bench = openQueues();

  assert.deepEqual(await bench.queues.withoutJob([aWakeUp({ network: 'elsewhere' })]), []);
  await bench.queues.enqueue([aWakeUp({ network: 'elsewhere' })]);
});

test('jobs that are due are counted, those that sleep are not', async () => {
  await using bench = openQueues();
  await bench.queues.enqueue([
    aWakeUp(),
    aWakeUp({ generation: 2, inMs: 1 }),
    aWakeUp({ generation: 3, inMs: 60_000 }),
  ]);

  await until(async () => (await bench.queues.countDue('twitter')) === 2);
});

async function jobOf({ queues }: QueueBench, network = 'twitter') {
  return queues.all.get(network)?.getJob(jobIdOf(NAME, 1));
}

async function stateOf({ queues }: QueueBench, publication = NAME) {
  return queues.all.get('twitter')?.getJobState(jobIdOf(publication, 1));
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + 20_000;
  while (!(await isTrue())) {
    if (performance.now() > giveUpAt) assert.fail('It did not come true.');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('where time jumps, a job that sleeps by the real clock wakes as soon as it is due', async () => {
  await using bench = openQueues({ overdueMs: 0 });
  await bench.queues.enqueue([aWakeUp({ inMs: 86_400_000 })]);

  const missing = await bench.queues.withoutJob([aWakeUp({ inMs: -1 })]);

  assert.deepEqual(missing, []);
  assert.equal(await (await jobOf(bench))?.getState(), 'waiting');
});

test('jobs that wait for a worker are busy, those that sleep are not', async () => {
  await using bench = openQueues();

  await bench.queues.enqueue([
    aWakeUp(),
    aWakeUp({ network: 'facebook' }),
    aWakeUp({ publication: 'later/newsroom-x', inMs: 60_000 }),
  ]);

  assert.equal(await bench.queues.countBusy(), 2);
});
