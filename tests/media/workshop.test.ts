import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import type { FitAnswer } from '../../src/media/fit-file.ts';
import { openWorkshop } from '../../src/media/workshop.ts';
import { asTaken, halves, someRules } from '../support/pictures.ts';

const rules = someRules();
const processFile = new URL('../support/breaking-fit-process.ts', import.meta.url);
const faultOf = (answer: FitAnswer) => ('fault' in answer ? answer.fault : assert.fail('fitted'));

test('an image is fitted in another process, and comes back whole', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'carillon-workshop-'));
  const file = path.join(folder, 'tree.jpg');
  await writeFile(file, await asTaken(halves(), 6).jpeg().toBuffer());

  const answer = await openWorkshop().fit({ file, rules, beside: 0 });

  await rm(folder, { recursive: true });
  if ('fault' in answer) assert.fail(answer.fault);
  assert.deepEqual([answer.image.width, answer.image.height], [40, 60]);
  assert.ok(Buffer.isBuffer(answer.image.bytes));
});

test('an image that kills its process is refused, and the next one has a new process', async () => {
  const workshop = openWorkshop({ processFile });

  const answers = [];
  for (const file of ['works', 'works', 'dies', 'works']) {
    answers.push(faultOf(await workshop.fit({ file, rules, beside: 0 })));
  }

  assert.match(answers[2] ?? '', /broke off.*Save it anew/);
  assert.equal(answers[0], answers[1]);
  assert.match(answers[3] ?? '', /^Answered by/);
  assert.notEqual(answers[3], answers[0]);
});

test('an image that never ends is refused after its time, with its process', async () => {
  const workshop = openWorkshop({ processFile, timeoutMs: 1_500 });

  const first = faultOf(await workshop.fit({ file: 'never ends', rules, beside: 0 }));

  assert.match(first, /too long to be read\. Save it smaller/);
});

test('a process that cannot be started is said as an image that cannot be read', async () => {
  const workshop = openWorkshop({ processFile: new URL('file:///nowhere/none.mjs') });

  assert.match(faultOf(await workshop.fit({ file: 'works', rules, beside: 0 })), /broke off/);
});
