import assert from 'node:assert/strict';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import {
  type Journal,
  type JournalEntry,
  JournalError,
  openJournal,
  readJournal,
} from '../../src/ledger/journal.ts';
import { aReceipt } from '../support/ledger.ts';

let directory = '';
let file = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'carillon-journal-'));
  file = join(directory, 'journal', 'twitter.jsonl');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test('an intent is on the disk before the call returns', async () => {
  using journal = open();

  await journal.intend(anEntry({ fence: 7 }));

  assert.deepEqual(linesOnDisk(), [{ ...anEntry({ fence: 7 }), kind: 'intent', at: 1_000 }]);
});

test('intents that come at once share the flushes of the disk, and none is told before its own', async () => {
  const flushes: string[] = [];
  const journal = openJournal(
    file,
    () => 1_000,
    async () => {
      flushes.push(readFileSync(file, 'utf8'));
      await new Promise((resolve) => setImmediate(resolve));
    },
  );
  const names = Array.from({ length: 30 }, (_, i) => `entry-${i}/newsroom-x`);
  const first = journal.intend(anEntry({ publication: names[0] ?? '', fence: 1 }));
  await Promise.resolve();

  await Promise.all([
    first,
    ...names.slice(1).map(async (publication, i) => {
      await journal.intend(anEntry({ publication, fence: i + 2 }));
      assert.ok(flushes.some((onDisk) => onDisk.includes(`"${publication}"`)));
      assert.equal(journal.lastAttempt(publication)?.fence, i + 2);
    }),
  ]);

  assert.ok(flushes.length <= 3, `${flushes.length} flushes`);
  journal.close();
  assert.equal(readJournal(file).testimonies().length, 30);
});

test('after a flush that failed the journal goes on with whole lines, and those who shared it all hear of it', async () => {
  let isBroken = true;
  const flush = async () => {
    if (isBroken) throw Object.assign(new Error('no'), { code: 'EIO' });
  };
  const journal = openJournal(file, () => 1_000, flush);

  const told = await Promise.allSettled([7, 8].map((fence) => journal.intend(anEntry({ fence }))));
  isBroken = false;
  await journal.intend(anEntry({ fence: 9 }));

  assert.deepEqual(
    told.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  assert.equal(journal.highestFence(), 9);
  journal.close();
  assert.equal(readJournal(file).highestFence(), 9);
});

test('the journal is for its owner only', async () => {
  using journal = open();
  await journal.intend(anEntry());

  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(statSync(dirname(file)).mode & 0o777, 0o700);
});

test('an intent without an outcome may have been posted', async () => {
  using journal = open();

  await journal.intend(anEntry({ fence: 7 }));

  assert.deepEqual(journal.testimonies(), [
    { ...anEntry({ fence: 7 }), kind: 'may-be-posted', at: 1_000 },
  ]);
  assert.equal(journal.highestFence(), 7);
  assert.equal(journal.lastAttempt(anEntry().publication)?.fence, 7);
});

test('a receipt wins over every intent, earlier or later', async () => {
  using journal = open();
  await journal.intend(anEntry({ fence: 7 }));
  await journal.settle(anEntry({ fence: 7 }), aPosted());

  await journal.intend(anEntry({ fence: 9 }));
  await journal.settle(anEntry({ fence: 9 }), { kind: 'not-sent' });

  assert.deepEqual(
    journal.testimonies().map(({ kind, fence, receipt }) => [kind, fence, receipt]),
    [['posted', 7, aReceipt()]],
  );
  assert.equal(journal.highestFence(), 9);
});

test('what was not sent clears its own intent and no other', async () => {
  using journal = open();
  await journal.intend(anEntry({ fence: 7 }));
  await journal.intend(anEntry({ fence: 9 }));

  await journal.settle(anEntry({ fence: 9 }), { kind: 'not-sent' });

  assert.deepEqual(
    journal.testimonies().map(({ kind, fence }) => [kind, fence]),
    [['may-be-posted', 7]],
  );
  await journal.settle(anEntry({ fence: 7 }), { kind: 'not-sent' });
  assert.deepEqual(journal.testimonies(), []);
  assert.equal(journal.lastAttempt(anEntry().publication), undefined);
  assert.equal(journal.highestFence(), 9);
});

test('each part of a thread is told by itself, in order', async () => {
  using journal = open();
  await journal.intend(anEntry({ fence: 7, part: 0 }));
  await journal.settle(anEntry({ fence: 7, part: 0 }), { ...aPosted(), isLastPart: false });
  await journal.intend(anEntry({ fence: 7, part: 1 }));

  assert.deepEqual(
    journal.testimonies().map(({ kind, part, isLastPart }) => [kind, part, isLastPart]),
    [
      ['posted', 0, false],
      ['may-be-posted', 1, undefined],
    ],
  );
  const { fence, part } = journal.lastAttempt(anEntry().publication) ?? {};
  assert.deepEqual([fence, part], [7, 1]);
});

test('publications do not mix', async () => {
  using journal = open();
  await journal.intend(anEntry({ fence: 7 }));
  await journal.intend(anEntry({ publication: 'other/newsroom-x', fence: 8 }));

  await journal.settle(anEntry({ publication: 'other/newsroom-x', fence: 8 }), {
    kind: 'not-sent',
  });

  assert.equal(journal.lastAttempt('other/newsroom-x'), undefined);
  assert.equal(journal.lastAttempt(anEntry().publication)?.fence, 7);
});

test('a journal that is opened again knows all that it knew', async () => {
  const first = open();
  await first.intend(anEntry({ fence: 7 }));
  await first.settle(anEntry({ fence: 7 }), aPosted());
  await first.intend(anEntry({ publication: 'other/newsroom-x', fence: 12 }));
  const before = first.testimonies();
  first.close();

  using second = open();

  assert.deepEqual(second.testimonies(), before);
  assert.equal(second.highestFence(), 12);
  assert.deepEqual(readJournal(file).testimonies(), before);
  assert.equal(readJournal(file).highestFence(), 12);
});

test('a line that a crash has torn neither counts nor swallows the next one', async () => {
  const first = open();
  await first.intend(anEntry({ fence: 7 }));
  first.close();
  appendFileSync(file, '{"publication":"other/newsroom-x","fence":9,"ki');

  const second = open();
  await second.intend(anEntry({ fence: 11 }));
  second.close();

  using third = open();
  assert.equal(third.highestFence(), 11);
  assert.deepEqual(
    third.testimonies().map(({ publication, fence }) => [publication, fence]),
    [[anEntry().publication, 11]],
  );
});

test('whatever stands in a damaged file, the whole lines count', async () => {
  const first = open();
  await first.intend(anEntry({ fence: 7 }));
  first.close();
  appendFileSync(file, '\u0000\u0000\u0000\nnull\n5\n"text"\n[]\n{}\n{"fence":3}\n\n');

  using second = open();

  assert.equal(second.highestFence(), 7);
  assert.equal(second.testimonies().length, 1);
});

test('there is nothing to read where no journal was kept', () => {
  const journal = readJournal(join(directory, 'nowhere', 'twitter.jsonl'));

  assert.deepEqual(journal.testimonies(), []);
  assert.equal(journal.highestFence(), 0);
  assert.equal(existsSync(join(directory, 'nowhere')), false);
});

test('a journal that cannot be opened says which and why', () => {
  writeFileSync(join(directory, 'a-file'), '');

  assert.throws(
    () => openJournal(join(directory, 'a-file', 'twitter.jsonl'), () => 0),
    (error) =>
      error instanceof JournalError &&
      /a-file.*cannot be written \((ENOTDIR|EEXIST)\).*disk has room/.test(error.message),
  );
  mkdirSync(file, { recursive: true });
  assert.throws(() => open(), JournalError);
});

test('a full disk is said; nothing counts of what was cut off, and what follows is whole', {
  skip: existsSync('/dev/full') ? false : 'this system has no /dev/full',
}, async () => {
  using journal = open();
  await journal.intend(anEntry({ fence: 7 }));
  renameSync(file, `${file}.aside`);
  symlinkSync('/dev/full', file);

  await assert.rejects(
    journal.intend(anEntry({ fence: 8 })),
    (error) => error instanceof JournalError && /\(ENOSPC\).*its disk has room/.test(error.message),
  );
  assert.equal(journal.highestFence(), 7);

  rmSync(file);
  renameSync(`${file}.aside`, file);
  appendFileSync(file, '{"publication":"spring-rep');
  await journal.intend(anEntry({ fence: 9 }));
  assert.equal(readJournal(file).highestFence(), 9);
});

test('an intent that could not be written is not remembered as made', async () => {
  const journal = openJournal(file, () => 1_000);
  journal.close();

  await assert.rejects(journal.intend(anEntry({ fence: 8 })), /\(EBADF\)/);
  assert.equal(journal.highestFence(), 0);
  assert.deepEqual(journal.testimonies(), []);
});

function open(): Journal & Disposable {
  const journal = openJournal(file, () => 1_000);
  return { ...journal, [Symbol.dispose]: journal.close };
}

function anEntry(over: Partial<JournalEntry> = {}): JournalEntry {
  return {
    publication: 'spring-report/newsroom-x',
    entry: 'spring-report',
    account: 'newsroom-x',
    network: 'twitter',
    due: 500,
    fence: 1,
    part: 0,
    ...over,
  };
}

function aPosted() {
  return { kind: 'posted', receipt: aReceipt(), isLastPart: true } as const;
}

function linesOnDisk(): unknown[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
}
