import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silentLog } from '../../src/core/log.ts';
import { type SchedulerSetup, startScheduler } from '../../src/scheduler/scheduler.ts';
import { until } from '../support/until.ts';

/** A scheduler that leads as it is told, over a ledger in which nothing is to do; it goes on until it may stop. */
async function runOneRound(
  leads: boolean,
  over: Partial<SchedulerSetup>,
  meanwhile = async (): Promise<void> => undefined,
): Promise<void> {
  const ledger = {
    ...{ underWay: async () => [], wakeable: async () => [], withWake: async () => [] },
    ...{ now: async () => 0, removeMedia: async () => 0 },
    advanceLines: async () => [],
    attend: async () => ({ epoch: 0, reported: 0, frozen: undefined }),
    ...over.ledger,
  } as unknown as SchedulerSetup['ledger'];
  const queues = { withoutJob: async () => [] } as unknown as SchedulerSetup['queues'];
  await using scheduler = startScheduler({
    settings: {} as SchedulerSetup['settings'],
    lease: { take: async () => leads, release: async () => undefined },
    ...over,
    ...{ ledger, queues, log: silentLog },
  });
  await scheduler.begun;
  await meanwhile();
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

test('looks for lost jobs of many publications in turns, so that its lease does not wait for all', async () => {
  const planned = 12_500;
  const asked: number[] = [];
  let afterOneRound = 0;
  const ledger = {
    withWake: async (offset: number, limit: number) => {
      asked.push(offset);
      const count = Math.max(0, Math.min(limit, planned - offset));
      return Array.from({ length: count }, () => ({ state: 'held' }));
    },
  } as unknown as SchedulerSetup['ledger'];

  await runOneRound(true, { ledger, sweepEveryMs: 1 }, async () => {
    afterOneRound = asked.length;
    await until(() => asked.length >= 13, 'the last page');
  });

  assert.ok(afterOneRound < 13, `${afterOneRound} pages in the first round`);
  assert.deepEqual(
    asked,
    Array.from({ length: 13 }, (_, i) => i * 1_000),
  );
});
