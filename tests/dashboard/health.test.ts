import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestDashboard } from '../support/dashboard.ts';
import { someTallies } from '../support/metric-facts.ts';
import { DUE } from '../support/publications.ts';

const stuckFor = (ms: number) =>
  someTallies({ due: new Map([['twitter', { since: DUE - ms, count: 3 }]]) });

test('is ready as long as what is due moves on', async () => {
  const dashboard = await startTestDashboard({ data: { tallies: async () => stuckFor(59_000) } });

  const answer = await dashboard.get('/readyz');

  assert.equal(answer.status, 200);
  assert.deepEqual(await answer.json(), { ready: true });
});

test('is not ready once what is due does not move, and says where to look', async () => {
  const dashboard = await startTestDashboard({ data: { tallies: async () => stuckFor(90_000) } });

  const answer = await dashboard.get('/readyz');

  assert.equal(answer.status, 503);
  const { ready, reason, oldestDueSeconds } = (await answer.json()) as Record<string, unknown>;
  assert.equal(ready, false);
  assert.match(String(reason), /due for 90 seconds does not move: .*scheduler.*workers/);
  assert.equal(oldestDueSeconds, 90);
  assert.equal((await dashboard.get('/healthz')).status, 200);
});

test('says that a frozen ledger is why, where something is due', async () => {
  const frozen = async () => ({ reason: 'a secret reason', by: 'ada', at: DUE });
  const idle = await startTestDashboard({ data: { frozen } });
  const stuck = await startTestDashboard({
    data: { frozen, tallies: async () => stuckFor(90_000) },
  });

  assert.equal((await idle.get('/readyz')).status, 200);
  const answer = await stuck.get('/readyz');
  const text = await answer.text();
  assert.equal(answer.status, 503);
  assert.match(text, /frozen/);
  assert.doesNotMatch(text, /secret|ada/);
});

test('without Redis it is alive and not ready', async () => {
  const dashboard = await startTestDashboard({
    data: {
      tallies: async () => {
        throw new Error('Connection is closed.');
      },
    },
  });

  assert.equal((await dashboard.get('/readyz')).status, 503);
  assert.equal((await dashboard.get('/healthz')).status, 200);
});
