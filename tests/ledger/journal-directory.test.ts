import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { findJournalDirectory } from '../../src/ledger/journal-directory.ts';

describe('the directory of a journal', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'carillon-journals-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('is the same for a ledger that is opened again', () => {
    const first = findJournalDirectory(root, { id: 'one', address: 'private' });

    assert.equal(findJournalDirectory(root, { id: 'one', address: 'private' }), first);
  });

  it('is found by the address of a ledger that was emptied', () => {
    const first = findJournalDirectory(root, { id: 'one', address: 'redis:6379/0' });

    assert.equal(findJournalDirectory(root, { id: 'two', address: 'redis:6379/0' }), first);
    assert.equal(findJournalDirectory(root, { id: 'three', address: 'redis:6379/0' }), first);
  });

  it('is found by the id of a ledger that was restored elsewhere', () => {
    const first = findJournalDirectory(root, { id: 'one', address: 'old:6379/0' });

    assert.equal(findJournalDirectory(root, { id: 'one', address: 'new:6379/0' }), first);
    assert.equal(findJournalDirectory(root, { id: 'two', address: 'new:6379/0' }), first);
  });

  it('is not that of another ledger', () => {
    const first = findJournalDirectory(root, { id: 'one', address: 'a:6379/0' });
    const second = findJournalDirectory(root, { id: 'two', address: 'b:6379/0' });

    assert.notEqual(first, second);
  });

  it('follows a ledger that moves to where another was', () => {
    const first = findJournalDirectory(root, { id: 'one', address: 'a:6379/0' });
    const second = findJournalDirectory(root, { id: 'two', address: 'b:6379/0' });

    assert.equal(findJournalDirectory(root, { id: 'one', address: 'b:6379/0' }), first);
    assert.equal(findJournalDirectory(root, { id: 'four', address: 'b:6379/0' }), first);
    assert.equal(findJournalDirectory(root, { id: 'two', address: 'c:6379/0' }), second);
  });
});
