import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openPlans } from '../../src/processes/plan-apart.ts';

test('a broken config is told with its lines, from a process of its own, once for all who ask', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'carillon-plan-'));
  after(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'mine.yaml');
  await writeFile(file, 'timezone: Europe/Paris\nsandbox: true\nacounts: {}\n');
  const plans = openPlans(file, new AbortController().signal);

  const [first, second] = await Promise.all([plans(), plans()]);

  assert.equal(first, second);
  assert.equal(first.outcome.kind, 'broken');
  assert.ok(first.problems.some(({ line, message }) => line === 3 && message.includes('acounts')));
});
