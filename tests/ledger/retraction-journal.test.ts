import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { silentLog } from '../../src/core/log.ts';
import { noteRetraction, readRetractions } from '../../src/ledger/retraction-journal.ts';
import type { KnownRetraction } from '../../src/ledger/retractions.ts';
import { readJournals, recoverIfBehind } from '../../src/publishing/recover.ts';
import { anIntent, aReceipt, NAME, useLedgers } from '../support/ledger.ts';

const openLedger = useLedgers();
const root = mkdtempSync(join(tmpdir(), 'carillon-retractions-'));
after(() => rmSync(root, { recursive: true, force: true }));

const known: KnownRetraction = {
  publication: NAME,
  entry: 'spring-report',
  account: 'newsroom-x',
  network: 'twitter',
  due: 1_000,
  parts: [aReceipt('100'), aReceipt('101')],
  gone: [],
  by: 'ada',
  reason: 'wrong "figures"\nof Ünal',
  at: 2_000,
};

let count = 0;
const aDirectory = () => join(root, String(++count));

test('what was written down is read back, all lines of a publication put together', () => {
  const directory = aDirectory();

  noteRetraction(directory, known);
  noteRetraction(directory, { ...known, gone: ['101'] });
  noteRetraction(directory, { ...known, publication: 'other/newsroom-x', correctedAs: 'x~2/y' });
  noteRetraction(directory, { ...known, gone: ['100'] });

  const [first, second] = readRetractions(directory);
  assert.deepEqual(first, { ...known, gone: ['101', '100'] });
  assert.equal(second?.correctedAs, 'x~2/y');
});

test('torn and foreign lines are passed over, and no journal is none', () => {
  const directory = aDirectory();
  assert.deepEqual(readRetractions(directory), []);
  noteRetraction(directory, known);

  appendFileSync(join(directory, 'retractions.jsonl'), '{"publication":"torn/x","parts":[');
  noteRetraction(directory, { ...known, gone: ['100'] });

  assert.deepEqual(
    readRetractions(directory).map(({ publication, gone }) => [publication, gone]),
    [[NAME, ['100']]],
  );
});

test('it is no journal of a worker, and says nothing of tokens', () => {
  const directory = aDirectory();
  noteRetraction(directory, known);

  const [journal] = readJournals(directory);

  assert.deepEqual([journal?.highestFence(), journal?.testimonies()], [0, []]);
});

test('a ledger that has lost everything is told before anything is planned, though no token says so', async () => {
  const bench = openLedger();
  const directory = aDirectory();
  noteRetraction(directory, { ...known, gone: ['100', '101'] });

  await recoverIfBehind(bench.ledger, directory, silentLog);
  const { changed } = await bench.ledger.add(anIntent());

  assert.equal(changed, false);
  assert.equal(await bench.state(), 'retracted');
  assert.equal(await bench.ledger.frozen(), undefined);
});
