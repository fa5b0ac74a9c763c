import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { silentLog } from '../../src/core/log.ts';
import { openJournal, readJournal } from '../../src/ledger/journal.ts';
import { endedFilesOf } from '../../src/ledger/journal-files.ts';
import { openJournalKeeper } from '../../src/wiring/journal-keeper.ts';
import { aReceipt } from '../support/ledger.ts';
import { aPublication } from '../support/publications.ts';
import { until } from '../support/until.ts';

const DAY = 86_400_000;

test('a journal loses what the ledger has archived, and nothing that it has not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-keeper-'));
  try {
    const file = join(folder, 'twitter.jsonl');
    const long = Date.now() - 500 * DAY;
    const journal = openJournal(
      file,
      () => long,
      async () => {},
      1,
    );
    for (const [i, name] of ['old/x', 'kept/x'].entries()) {
      await journal.settle(
        {
          ...{ publication: name, entry: name, account: 'x', network: 'twitter', due: long },
          ...{ fence: i + 1, part: 0 },
        },
        { kind: 'posted', receipt: aReceipt(name), isLastPart: true },
      );
    }
    journal.close();
    for (const ended of endedFilesOf(file)) utimesSync(ended, long / 1000, long / 1000);
    const inArchive = { isArchived: true, host: 'attic', months: ['2025-07'] };
    const keep = openJournalKeeper({
      ...{ file, log: silentLog, afterMs: 0, keepMs: () => 400 * DAY },
      ledger: {
        now: async () => Date.now(),
        getMany: async (names) =>
          names.map((publication) =>
            aPublication({
              publication,
              ...(publication === 'old/x' && { archive: inArchive }),
            }),
          ),
      },
    });

    keep();

    const left = () => readJournal(file).testimonies();
    await until(() => left().length === 1, 'a compacted journal');
    assert.equal(left()[0]?.publication, 'kept/x');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
