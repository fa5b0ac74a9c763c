import assert from 'node:assert/strict';
import { appendFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { noteFence, readFence } from '../../src/archive/archive-folder.ts';
import { recallArchived } from '../../src/archive/recall-archived.ts';
import { silentLog } from '../../src/core/log.ts';
import { recoverIfBehind } from '../../src/publishing/recover.ts';
import { ageLedger, archiveBench, DAY_MS, useArchives } from '../support/archive.ts';
import {
  anIntent,
  aTestimony,
  inconsistenciesOf,
  NAME,
  publishAll,
  useLedgers,
} from '../support/ledger.ts';

const openLedger = useLedgers();
const openArchive = useArchives();

const quiet = { host: 'attic', onBroken: () => {} };

async function openArchived() {
  const bench = openLedger();
  const folder = openArchive();
  await bench.ledger.add(anIntent());
  await publishAll(bench);
  await ageLedger(bench.redis, bench.prefix, 500 * DAY_MS);
  await archiveBench(bench, folder);
  const forget = async () => {
    await bench.redis.del(await bench.redis.keys(`${bench.prefix}*`));
  };
  return { ...bench, bench, folder, forget };
}

test('a ledger that lost everything is told what was archived, and refuses it as before', async () => {
  const { ledger, bench, folder, forget } = await openArchived();
  const before = await ledger.get(NAME);
  await forget();

  const told = await recallArchived(folder, { ledger, ...quiet });

  assert.equal(told, 1);
  assert.deepEqual(await ledger.get(NAME), before);
  assert.equal((await ledger.add(anIntent())).changed, false);
  assert.equal(await ledger.ownerOf('newsroom-x', `${NAME}-1-0`), NAME);
  assert.deepEqual(await ledger.archivedLike([anIntent()]), [NAME]);
  assert.deepEqual(await inconsistenciesOf(bench), []);
});

test('what the ledger knows is left alone', async () => {
  const { ledger, folder, forget } = await openArchived();
  assert.equal(await recallArchived(folder, { ledger, ...quiet }), 0);
  await forget();
  await ledger.add(anIntent());

  assert.equal(await recallArchived(folder, { ledger, ...quiet }), 0);
  assert.equal((await ledger.get(NAME))?.state, 'scheduled');
});

test('what a journal has told of it before is kept', async () => {
  const { ledger, folder, forget } = await openArchived();
  await forget();
  await ledger.witness(aTestimony({ fence: 50 }));

  await recallArchived(folder, { ledger, ...quiet });

  assert.equal((await ledger.get(NAME))?.state, 'published');
  // A worker that hands it in again tells nothing new.
  assert.equal((await ledger.witness(aTestimony({ fence: 50 }))).changed, false);
});

test('of several lines of one publication the last counts, and a torn one is told', async () => {
  const { ledger, folder, forget } = await openArchived();
  const file = join(folder, readdirSync(folder).filter((name) => name.endsWith('.jsonl'))[0] ?? '');
  const later = {
    publication: NAME,
    endedAt: 5,
    fields: { ...RETRACTED, network: 'twitter' },
    story: [],
  };
  appendFileSync(file, `{"publication":\n${JSON.stringify(later)}\n`);
  await forget();
  const broken: number[] = [];

  const onBroken = ({ line }: { line: number }) => void broken.push(line);
  await recallArchived(folder, { ledger, host: 'attic', onBroken });

  assert.equal((await ledger.get(NAME))?.state, 'retracted');
  assert.deepEqual(broken, [2]);
});

const RETRACTED = {
  ...{
    entry: 'spring-report',
    account: 'newsroom-x',
    state: 'retracted',
    due: '1',
    publishBy: '2',
  },
  ...{ generation: '7', fingerprint: 'f', parts: '[]' },
};

test('a host that has archived notices a ledger that was emptied', async () => {
  const { ledger, folder, forget } = await openArchived();
  await forget();

  const recovered = await recoverIfBehind(ledger, dirname(folder), silentLog);

  assert.equal(recovered, true);
  assert.equal((await ledger.get(NAME))?.state, 'published');
  assert.equal(await ledger.frozen(), undefined);
  assert.ok((await ledger.lastFence()) > 1);
});

test('the highest token that was noted never sinks', async () => {
  const folder = openArchive();
  assert.equal(readFence(folder), 0);

  await noteFence(folder, 7);
  await noteFence(folder, 3);

  assert.equal(readFence(folder), 7);
});
