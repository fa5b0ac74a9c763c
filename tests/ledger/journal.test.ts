import assert from 'node:assert/strict';
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
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

test('an intent is on the disk before the call returns', () => {
  using journal = open();

  journal.intend(anEntry({ fence: 7 }));

  assert.deepEqual(linesOnDisk(), [{ ...anEntry({ fence: 7 }), kind: 'intent', at: 1_000 }]);
});

test('the journal is for its owner only', () => {
  using journal = open();
  journal.intend(anEntry());

  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(statSync(dirname(file)).mode & 0o777, 0o700);
});

test('an intent without an outcome may have been posted', () => {
  using journal = open();

  journal.intend(anEntry({ fence: 7 }));

  assert.deepEqual(journal.testimonies(), [
    { ...anEntry({ fence: 7 }), kind: 'may-be-posted', at: 1_000 },
  ]);
  assert.equal(journal.highestFence(), 7);
  assert.equal(journal.lastAttempt(anEntry().publication)?.fence, 7);
});

test('a receipt wins over every intent, earlier or later', () => {
  using journal = open();
  journal.intend(anEntry({ fence: 7 }));
  journal.settle(anEntry({ fence: 7 }), aPosted());

  journal.intend(anEntry({ fence: 9 }));
  journal.settle(anEntry({ fence: 9 }), { kind: 'not-sent' });

  assert.deepEqual(
    journal.testimonies().map(({ kind, fence, receipt }) => [kind, fence, receipt]),
    [['posted', 7, aReceipt()]],
  );
  assert.equal(journal.highestFence(), 9);
});

test('what was not sent clears its own intent and no other', () => {
  using journal = open();
  journal.intend(anEntry({ fence: 7 }));
  journal.intend(anEntry({ fence: 9 }));

  journal.settle(anEntry({ fence: 9 }), { kind: 'not-sent' });

  assert.deepEqual(
    journal.testimonies().map(({ kind, fence }) => [kind, fence]),
    [['may-be-posted', 7]],
  );
  journal.settle(anEntry({ fence: 7 }), { kind: 'not-sent' });
  assert.deepEqual(journal.testimonies(), []);
  assert.equal(journal.lastAttempt(anEntry().publication), undefined);
  assert.equal(journal.highestFence(), 9);
});

test('each part of a thread is told by itself, in order', () => {
  using journal = open();
  journal.intend(anEntry({ fence: 7, part: 0 }));
  journal.settle(anEntry({ fence: 7, part: 0 }), { ...aPosted(), isLastPart: false });
  journal.intend(anEntry({ fence: 7, part: 1 }));

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

test('publications do not mix', () => {
  using journal = open();
  journal.intend(anEntry({ fence: 7 }));
  journal.intend(anEntry({ publication: 'other/newsroom-x', fence: 8 }));

  journal.settle(anEntry({ publication: 'other/newsroom-x', fence: 8 }), { kind: 'not-sent' });

  assert.equal(journal.lastAttempt('other/newsroom-x'), undefined);
  assert.equal(journal.lastAttempt(anEntry().publication)?.fence, 7);
});

test('a journal that is opened again knows all that it knew', () => {
  const first = open();
  first.intend(anEntry({ fence: 7 }));
  first.settle(anEntry({ fence: 7 }), aPosted());
  first.intend(anEntry({ publication: 'other/newsroom-x', fence: 12 }));
  const before = first.testimonies();
  first.close();

  using second = open();

  assert.deepEqual(second.testimonies(), before);
  assert.equal(second.highestFence(), 12);
  assert.deepEqual(readJournal(file).testimonies(), before);
  assert.equal(readJournal(file).highestFence(), 12);
});

test('a line that a crash has torn neither counts nor swallows the next one', () => {
  const first = open();
  first.intend(anEntry({ fence: 7 }));
  first.close();
  appendFileSync(file, '{"publication":"other/newsroom-x","fence":9,"ki');

  const second = open();
  second.intend(anEntry({ fence: 11 }));
  second.close();

  using third = open();
  assert.equal(third.highestFence(), 11);
  assert.deepEqual(
    third.testimonies().map(({ publication, fence }) => [publication, fence]),
    [[anEntry().publication, 11]],
  );
});

test('whatever stands in a damaged file, the whole lines count', () => {
  const first = open();
  first.intend(anEntry({ fence: 7 }));
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
}, () => {
  const journal = openJournal(file, () => 1_000);
  journal.intend(anEntry({ fence: 7 }));
  // The number of a closed descriptor is given to the next file.
  journal.close();
  const full = openSync('/dev/full', 'w');

  assert.throws(
    () => journal.intend(anEntry({ fence: 8 })),
    (error) => error instanceof JournalError && /\(ENOSPC\).*its disk has room/.test(error.message),
  );
  assert.equal(journal.highestFence(), 7);

  closeSync(full);
  appendFileSync(file, '{"publication":"spring-rep');
  const withRoom = openSync(file, 'a');
  journal.intend(anEntry({ fence: 9 }));
  closeSync(withRoom);
  assert.equal(readJournal(file).highestFence(), 9);
});

test('an intent that could not be written is not remembered as made', () => {
  const journal = openJournal(file, () => 1_000);
  journal.close();

  assert.throws(() => journal.intend(anEntry({ fence: 8 })), /\(EBADF\)/);
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
