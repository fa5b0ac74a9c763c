import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { gatherMarks, haveChanged } from '../../src/watching/file-marks.ts';
import { readStill } from '../../src/watching/read-still.ts';
import { watchFiles } from '../../src/watching/watch-files.ts';
import { until } from '../support/until.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carillon-watching-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const fileIn = (name: string) => join(folder, name);

async function marksOf(...paths: string[]) {
  const { marks, note } = gatherMarks();
  for (const path of paths) await note(path);
  return marks;
}

/** Follows some files and counts how often something may have changed. */
async function follow(paths: string[], pollEveryMs = 60_000) {
  let count = 0;
  const watch = watchFiles({ onChange: () => void count++, pollEveryMs, gatherMs: 5 });
  watch.follow(await marksOf(...paths));
  return { watch, count: () => count };
}

test('a file that is written, replaced, removed or made anew has changed', async () => {
  const file = fileIn('a.yaml');
  writeFileSync(file, 'one');
  const written = await marksOf(file);
  assert.equal(await haveChanged(written), false);
  writeFileSync(file, 'two!');
  assert.equal(await haveChanged(written), true);

  const before = await marksOf(file);
  const { atime, mtime } = statSync(file);
  // The clock of a file system may stand still for some milliseconds.
  await new Promise((resolve) => setTimeout(resolve, 20));
  writeFileSync(fileIn('new'), 'six!');
  utimesSync(fileIn('new'), atime, mtime);
  renameSync(fileIn('new'), file);
  assert.equal(await haveChanged(before), true);

  const replaced = await marksOf(file);
  rmSync(file);
  assert.equal(await haveChanged(replaced), true);

  const missing = await marksOf(file);
  assert.equal(await haveChanged(missing), false);
  writeFileSync(file, '');
  assert.equal(await haveChanged(missing), true);
});

test('a directory has changed when a file comes or goes, but not for what an editor leaves there', async () => {
  writeFileSync(fileIn('a.yaml'), '');
  const marks = await marksOf(folder);

  writeFileSync(fileIn('.a.yaml.swp'), '');
  writeFileSync(fileIn('a.yaml~'), '');
  assert.equal(await haveChanged(marks), false);

  writeFileSync(fileIn('b.yaml'), '');
  assert.equal(await haveChanged(marks), true);
});

test('tells of a file that is written, and of one that another takes the place of', async () => {
  const file = fileIn('a.yaml');
  writeFileSync(file, 'one');
  const { watch, count } = await follow([file]);
  using _ = watch;

  writeFileSync(file, 'two');
  await until(() => count() > 0, 'the write');
  const before = count();
  writeFileSync(fileIn('.tmp'), 'three');
  renameSync(fileIn('.tmp'), file);
  await until(() => count() > before, 'the rename');
});

test('tells of a file in a folder that is yet to come', async () => {
  const file = join(folder, 'articles', 'deep', 'a.md');
  const { watch, count } = await follow([file]);
  using _ = watch;

  mkdirSync(join(folder, 'articles', 'deep'), { recursive: true });
  await until(() => count() > 0, 'the folder');
});

test('tells of the file that a link leads to', async () => {
  mkdirSync(fileIn('shared'));
  writeFileSync(join(folder, 'shared', 'real.yaml'), 'one');
  symlinkSync(join(folder, 'shared', 'real.yaml'), fileIn('a.yaml'));
  const { watch, count } = await follow([fileIn('a.yaml')]);
  using _ = watch;

  writeFileSync(join(folder, 'shared', 'real.yaml'), 'two');
  await until(() => count() > 0, 'the write');
});

test('finds by looking what no event tells of', async () => {
  const real = join(folder, 'v1');
  mkdirSync(real);
  writeFileSync(join(real, 'a.yaml'), 'one');
  mkdirSync(fileIn('v2'));
  writeFileSync(join(folder, 'v2', 'a.yaml'), 'another');
  symlinkSync(real, fileIn('current'));
  const { watch, count } = await follow([join(folder, 'current', 'a.yaml')], 20);
  using _ = watch;

  // As a volume of a cluster changes: the link above the file leads elsewhere.
  symlinkSync(join(folder, 'v2'), fileIn('next'));
  renameSync(fileIn('next'), fileIn('current'));
  await until(() => count() > 0, 'the look');
});

test('what is written while it is read, or right after, is read again', async () => {
  const file = fileIn('a.yaml');
  writeFileSync(file, 'half');
  let reads = 0;
  const read = async (note: (path: string) => Promise<void>) => {
    await note(file);
    reads++;
    if (reads === 1) writeFileSync(file, 'whole');
    return reads;
  };

  const still = await readStill({
    read,
    quietMs: () => 10,
    signal: new AbortController().signal,
    onRestless: () => {
      if (reads === 1) setTimeout(() => writeFileSync(file, 'whole, and more'), 5);
    },
  });

  assert.ok(reads >= 3, `${reads} reads`);
  assert.equal(still?.value, reads);
});

test('reading files that never rest ends when it is called off', async () => {
  const stopping = new AbortController();
  let size = 0;
  const read = async (note: (path: string) => Promise<void>) => {
    await note(fileIn('a.yaml'));
    writeFileSync(fileIn('a.yaml'), 'x'.repeat(++size));
    if (size === 5) stopping.abort();
  };

  assert.equal(await readStill({ read, quietMs: () => 0, signal: stopping.signal }), undefined);
});
