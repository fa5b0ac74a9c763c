import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
  examineJournalDirectory,
  judgeJournalDirectory,
} from '../../src/doctor/journal-directory.ts';

const folder = mkdtempSync(join(tmpdir(), 'carillon-journal-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('a directory that takes a file is well, and nothing is left in it', async () => {
  const finding = await examineJournalDirectory(folder);

  assert.equal(finding.severity, 'ok');
  assert.deepEqual(readdirSync(folder), []);
});

test('a directory that is not there is an error with its code', async () => {
  const finding = await examineJournalDirectory(join(folder, 'gone'));

  assert.equal(finding.severity, 'error');
  assert.match(finding.message, /gone cannot be written \(ENOENT\)/);
});

test('the remedy fits what stands in the way', () => {
  assert.match(judgeJournalDirectory('/data', 'ENOSPC').remedy ?? '', /^Free space/);
  assert.match(judgeJournalDirectory('/data', 'EROFS').remedy ?? '', /^Make that disk writable/);
  assert.match(judgeJournalDirectory('/data', 'EACCES').remedy ?? '', /the right to write/);
});
