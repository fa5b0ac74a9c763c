import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UnrecoverableError } from 'bullmq';
import { jobIdOf } from '../../src/queue/job-id.ts';
import { startTestDashboard } from '../support/dashboard.ts';
import { NAME } from '../support/ledger.ts';
import { aWakeUp, useQueues } from '../support/queue.ts';
import { until } from '../support/until.ts';

const openQueues = useQueues();
const SECRET = 'a-token-that-nobody-may-see';
const hideSecrets = (text: string) => text.replaceAll(SECRET, '[secret]');
const people = [
  { name: 'omid', role: 'operator', password: 'a sentence of his' },
  { name: 'anna', role: 'editor', password: 'a sentence of hers' },
] as const;

/** A queue with a job that has failed over more words than anybody wants to read, and with a secret in them. */
async function openFailed() {
  const bench = openQueues();
  bench.startWorker(async () => {
    throw new UnrecoverableError(`The network said: ${SECRET} ${'x'.repeat(20_000)}`);
  });
  await bench.queues.enqueue([aWakeUp()]);
  const queue = bench.queues.all.get('twitter') ?? assert.fail();
  const id = jobIdOf(NAME, 1);
  await until(async () => (await queue.getJobState(id)) === 'failed', 'a failed job');
  const job = (await queue.getJob(id)) ?? assert.fail();
  await job.log(`a line with ${SECRET}`);
  await job.updateData({ ...job.data, extra: { token: SECRET, long: 'x'.repeat(3_000) } } as never);
  const dashboard = await startTestDashboard({
    people,
    data: { queues: bench.queues.all.values(), hideSecrets },
  });
  const { name, password } = people[0];
  const entered = await dashboard.post('/enter', { name, password });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  return { bench, queue, id, dashboard, cookie };
}

test('shows jobs without secrets and at no length, and lets nobody change them', async () => {
  const { bench, queue, id, dashboard, cookie } = await openFailed();
  await using _ = bench;
  const below = `/queues/api/queues/twitter/${id}`;

  const one = await (await dashboard.get(below, { cookie })).text();
  const all = await (
    await dashboard.get('/queues/api/queues?activeQueue=twitter&status=failed&page=1', { cookie })
  ).text();
  const logs = await (await dashboard.get(`${below}/logs`, { cookie })).text();

  for (const text of [one, all, logs]) {
    assert.doesNotMatch(text, new RegExp(SECRET));
    assert.match(text, /\[secret\]/);
    assert.ok(text.length < 10_000, `${text.length} characters`);
  }
  assert.match(all, /"readOnlyMode":true/);
  assert.match(one, /The network said/);
  const retried = await fetch(`${dashboard.url}${below}/retry/failed`, {
    method: 'PUT',
    headers: { cookie },
  });
  assert.equal(retried.status, 405);
  assert.equal(await queue.getJobState(id), 'failed');
});

test('is for operators alone', async () => {
  const { bench, dashboard } = await openFailed();
  await using _ = bench;
  const { name, password } = people[1];
  const entered = await dashboard.post('/enter', { name, password });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';

  for (const path of ['/queues', '/queues/', '/queues/api/queues', '/queues/queue/twitter']) {
    assert.equal((await dashboard.get(path, { cookie })).status, 403, path);
  }
});
