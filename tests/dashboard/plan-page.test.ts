import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DashboardData } from '../../src/dashboard/data.ts';
import { reportPlan } from '../../src/dashboard/plan-report.ts';
import { planChanges } from '../../src/planning/plan.ts';
import { startTestDashboard } from '../support/dashboard.ts';
import { anIntent, aPost } from '../support/ledger.ts';
import { aPublication, DUE } from '../support/publications.ts';
import { aBrokenPlan, aFullPlan, troubled } from '../support/scenes.ts';

async function render(path: string, data: Partial<DashboardData>): Promise<string> {
  const publications = [aPublication({ publication: 'fair/newsroom-x' })];
  const dashboard = await startTestDashboard({ publications, data });
  const answer = await dashboard.get(path, { 'accept-language': 'en' });
  assert.equal(answer.status, 200);
  return answer.text();
}

const standing = async (applies: boolean, isLate = false) => {
  const known = await troubled.data.standing?.();
  assert.ok(known);
  return { ...known, scheduler: { lastAt: DUE, isLate, applies } };
};

test('says what changes, why, how many more there are and who does it', async () => {
  const page = await render('/plan', { plan: async () => aFullPlan });

  assert.match(page, /3,608 to add · 1 to move · 1 to update · 1 to cancel/);
  assert.match(page, /Quiet hours\./);
  assert.match(page, /and 3,607 more/);
  assert.match(page, /config\/carillon\.yaml:41:9/);
  assert.match(page, /applies the config by itself/);
  assert.doesNotMatch(page, /<b>Too late/);
});

test('says where a scheduler applies nothing, and where none runs', async () => {
  const plan = async () => aFullPlan;

  const told = await render('/plan', { plan, standing: () => standing(false) });
  const still = await render('/plan', { plan, standing: () => standing(true, true) });

  assert.match(told, /does not apply the config by itself/);
  assert.match(still, /No scheduler runs/);
});

test('shows what is wrong with a broken config, and that what was applied goes on', async () => {
  const page = await render('/plan', { plan: async () => aBrokenPlan });

  assert.match(page, /cannot be used as it stands/);
  assert.match(page, /config\/carillon\.yaml:41:9/);
  assert.match(page, /There is no account/);
  assert.match(page, /and 200 more/);
});

test('a report names the first changes, counts them all and has their sentences', () => {
  const intents = Array.from({ length: 250 }, (_, n) =>
    anIntent({
      ...{ publication: `e${n}/newsroom-x`, due: DUE + 1_000, publishByMs: 7_200_000 },
      post: aPost({ text: `Text ${n}` }),
    }),
  );
  const old = aPublication({ publication: 'gone/newsroom-x', due: DUE + 1_000 });
  const plan = planChanges({ intents, ledger: new Map([[old.publication, old]]), now: DUE });

  const { outcome } = reportPlan({ plan, notes: { moved: [], waiting: [] }, costs: [] }, [], DUE);

  assert.ok(outcome.kind === 'planned');
  assert.deepEqual(outcome.plan.counts, { add: 250, cancel: 1 });
  assert.equal(outcome.plan.total, 251);
  assert.equal(outcome.plan.changes.length, 200);
  assert.equal(outcome.plan.changes[3]?.beginning, 'Text 3');
});

test('shows what waits for approval with the whole of its text, and how to approve it', async () => {
  const page = await render('/approvals', {
    ...troubled.data,
    publications: async (names) =>
      names.map((name) => troubled.publications.find((one) => one.publication === name)),
  });

  assert.match(page, /1 publication waits for approval/);
  assert.match(page, /interview\/newsroom-x/);
  assert.match(page, /Our spring report is out\./);
  assert.match(page, /action="\/deeds\/approve"/);
  assert.match(page, /name="fingerprint"/);
});
