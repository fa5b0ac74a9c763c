import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silentLog } from '../../src/core/log.ts';
import { type SchedulerSetup, startScheduler } from '../../src/scheduler/scheduler.ts';

/** A scheduler that leads as it is told, over a ledger in which nothing is to do. */
async function runOneRound(leads: boolean, over: Partial<SchedulerSetup>): Promise<void> {
  const ledger = {
    ...{ underWay: async () => [], wakeable: async () => [], withWake: async () => [] },
    ...{ now: async () => 0, removeMedia: async () => 0 },
  } as unknown as SchedulerSetup['ledger'];
  const queues = { withoutJob: async () => [] } as unknown as SchedulerSetup['queues'];
  await using scheduler = startScheduler({
    ...{ ledger, queues, log: silentLog },
    settings: {} as SchedulerSetup['settings'],
    lease: { take: async () => leads, release: async () => undefined },
    ...over,
  });
  await scheduler.begun;
}

test('only the scheduler that leads checks daily', async () => {
  let checked = 0;
  const checkDaily = () => {
    checked += 1;
  };

  await runOneRound(false, { checkDaily });
  assert.equal(checked, 0);
  await runOneRound(true, { checkDaily });
  assert.equal(checked, 1);
});
