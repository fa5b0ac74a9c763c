import assert from 'node:assert/strict';
import {
  appendFileSync,
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import fc from 'fast-check';
import { compactJournal } from '../../src/ledger/compact-journal.ts';
import { type JournalEntry, openJournal, readJournal } from '../../src/ledger/journal.ts';
import { endedFilesOf, endJournalFile, journalsIn } from '../../src/ledger/journal-files.ts';
import { readJournals } from '../../src/publishing/recover.ts';
import { aReceipt } from '../support/ledger.ts';

let directory = '';
let file = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'carillon-compact-'));
  file = join(directory, 'twitter.jsonl');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const DAY = 86_400_000;
const NOTHING = async () => new Set<string>();

/** Any file is idle, and no line too young. */
const atOnce = { now: Date.now() + 1_000 * DAY, idleMs: 0, keepMs: 400 * DAY };

function anEntry(over: Partial<JournalEntry> = {}): JournalEntry {
  return {
    ...{ publication: 'spring-report/newsroom-x', entry: 'spring-report', account: 'newsroom-x' },
    ...{ network: 'twitter', due: 500, fence: 1, part: 0 },
    ...over,
  };
}

const posted = { kind: 'posted', receipt: aReceipt(), isLastPart: true } as const;

/** A journal that ends its file after every few lines. */
const open = (largest = 400) =>
  openJournal(
    file,
    () => 1_000,
    async () => {},
    largest,
  );

test('a file that has grown is ended, and read like before', async () => {
  const journal = open();
  for (let fence = 1; fence <= 20; fence++) {
    await journal.intend(anEntry({ publication: `entry-${fence}/newsroom-x`, fence }));
  }
  journal.close();

  const again = readJournal(file);

  assert.ok(endedFilesOf(file).length > 3);
  assert.ok(statSync(file).size < 800);
  assert.equal(again.highestFence(), 20);
  assert.equal(again.testimonies().length, 20);
  assert.deepEqual(journalsIn(directory), [file]);
  assert.equal(readJournals(directory).length, 1);
});

test('of two processes that write one journal none loses a line when the other ends the file', async () => {
  const [one, other] = [open(), open()];

  await Promise.all(
    [one, other].map(async (journal, j) => {
      for (let i = 0; i < 60; i++) {
        await journal.intend(anEntry({ publication: `entry-${j}-${i}/x`, fence: 1 + i * 2 + j }));
      }
    }),
  );
  one.close();
  other.close();

  assert.equal(readJournal(file).testimonies().length, 120);
});

test('an attempt that one file begins and another settles is over', async () => {
  const journal = open(1);
  await journal.intend(anEntry({ fence: 3 }));
  await journal.settle(anEntry({ fence: 3 }), { kind: 'not-sent' });
  journal.close();

  const [read] = readJournals(directory);

  assert.equal(endedFilesOf(file).length, 2);
  assert.deepEqual(read?.testimonies(), []);
  assert.equal(read?.highestFence(), 3);
});

test('compacted at any time, a journal testifies the same, and its highest token stays', async () => {
  const anAct = fc.record({
    entry: fc.integer({ min: 0, max: 5 }),
    part: fc.integer({ min: 0, max: 1 }),
    ends: fc.constantFrom('posted', 'not-sent', 'unknown', 'compact'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(anAct, { maxLength: 40 }), async (acts) => {
      rmSync(directory, { recursive: true, force: true });
      const journal = open(300);
      let fence = 0;
      for (const { entry, part, ends } of acts) {
        if (ends === 'compact') await compactJournal(file, { ...atOnce, findArchived: NOTHING });
        const one = anEntry({ publication: `entry-${entry}/x`, part, fence: ++fence });
        await journal.intend(one);
        if (ends === 'posted') await journal.settle(one, posted);
        if (ends === 'not-sent') await journal.settle(one, { kind: 'not-sent' });
      }
      const before = [journal.testimonies(), journal.highestFence()];

      await compactJournal(file, { ...atOnce, findArchived: NOTHING });
      const after = readJournal(file);
      journal.close();

      const byName = (a: { publication: string }, b: { publication: string }) =>
        a.publication < b.publication ? -1 : 1;
      const [testimonies, highest] = before as [ReturnType<typeof after.testimonies>, number];
      assert.deepEqual(after.testimonies().toSorted(byName), testimonies.toSorted(byName));
      assert.equal(after.highestFence(), highest);
    }),
    { numRuns: 60 },
  );
});

test('what was archived long ago goes, but for the highest token', async () => {
  const journal = open(1);
  for (const [i, name] of ['old/x', 'kept/x', 'last/x'].entries()) {
    await journal.intend(anEntry({ publication: name, fence: i + 1 }));
    await journal.settle(anEntry({ publication: name, fence: i + 1 }), posted);
  }
  journal.close();
  const asked: string[] = [];

  const freed = await compactJournal(file, {
    ...atOnce,
    findArchived: async (names) => {
      asked.push(...names);
      return new Set(['old/x', 'last/x']);
    },
  });

  const read = readJournal(file);
  assert.ok(freed > 0);
  assert.deepEqual(asked.sort(), ['kept/x', 'last/x', 'old/x']);
  assert.deepEqual(
    read.testimonies().map(({ publication }) => publication),
    ['kept/x'],
  );
  assert.equal(read.highestFence(), 3);
});

test('what is archived, and younger than a backup may be, stays', async () => {
  const journal = open(1);
  await journal.settle(anEntry(), posted);
  journal.close();

  await compactJournal(file, {
    ...{ now: 1_000 + 399 * DAY, idleMs: -1_000 * DAY, keepMs: 400 * DAY },
    findArchived: async (names) => new Set(names),
  });

  assert.equal(readJournal(file).testimonies().length, 1);
});

test('a file that somebody has written to lately is left alone, and all that come after it', async () => {
  const journal = open(1);
  for (const fence of [1, 2]) {
    await journal.intend(anEntry({ fence }));
    await journal.settle(anEntry({ fence }), { kind: 'not-sent' });
  }
  journal.close();
  const before = endedFilesOf(file).map((one) => readFileSync(one, 'utf8'));

  const freed = await compactJournal(file, {
    ...{ now: Date.now(), idleMs: DAY, keepMs: 400 * DAY, findArchived: NOTHING },
  });

  assert.equal(freed, 0);
  assert.deepEqual(
    endedFilesOf(file).map((one) => readFileSync(one, 'utf8')),
    before,
  );
});

test('what a process wrote to a file while that was compacted under it is written again', async () => {
  let compacts = true;
  const journal = openJournal(
    file,
    () => 1_000,
    async () => {
      if (!compacts) return;
      compacts = false;
      // It stood still between its look and its write: meanwhile its file was ended, and a smaller one took its place.
      const descriptor = openSync(file, 'r');
      endJournalFile(file, descriptor);
      closeSync(descriptor);
      for (const ended of endedFilesOf(file)) rmSync(ended);
    },
  );

  await journal.intend(anEntry({ fence: 9 }));
  journal.close();

  assert.equal(readJournal(file).highestFence(), 9);
});

test('a torn end of an ended file is no obstacle, and nothing is left beside', async () => {
  const journal = open(1);
  await journal.intend(anEntry({ fence: 1 }));
  await journal.settle(anEntry({ fence: 1 }), posted);
  journal.close();
  appendFileSync(endedFilesOf(file)[1] ?? '', '{"publication":"torn');

  await compactJournal(file, { ...atOnce, findArchived: NOTHING });

  assert.equal(readJournal(file).testimonies().length, 1);
  assert.ok(readdirSync(directory).every((name) => name.endsWith('.jsonl')));
});

test('a journal that was removed while it is open is begun again', async () => {
  const journal = open();
  await journal.intend(anEntry({ fence: 1 }));
  rmSync(file);

  await journal.intend(anEntry({ fence: 2 }));
  journal.close();

  assert.equal(readJournal(file).highestFence(), 2);
});
