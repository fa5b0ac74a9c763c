import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { examineDiskSpace, judgeDiskSpace } from '../../src/doctor/disk-space.ts';

const GB = 1e9;

for (const [free, total, severity, words] of [
  [200 * GB, 1000 * GB, 'ok', /has 200 GB free/],
  [40 * GB, 1000 * GB, 'warning', /only 40 GB of 1000 GB free/],
  [1.5 * GB, 20 * GB, 'ok', /has 1\.5 GB free/],
  [0.95 * GB, 4 * GB, 'warning', /only 950 MB of 4\.0 GB free/],
  [0.09 * GB, 4 * GB, 'error', /only 90 MB/],
  [0, 4 * GB, 'error', /only 0 MB/],
] as const) {
  test(`a disk of ${total / GB} GB with ${free / GB} GB free is judged ${severity}`, () => {
    const finding = judgeDiskSpace('/data', { freeBytes: free, totalBytes: total });

    assert.equal(finding.severity, severity);
    assert.match(finding.message, words);
    assert.equal(finding.remedy === undefined, severity === 'ok');
  });
}

test('a directory that is not there yet is judged by where it will be', async () => {
  const finding = await examineDiskSpace(join(tmpdir(), 'carillon-not-there', 'deeper'));

  assert.equal(finding.code, 'space');
});

test('a disk that cannot be asked is a warning, not a crash', async () => {
  const finding = await examineDiskSpace('/dev/null/data');

  assert.deepEqual([finding.code, finding.severity], ['unknown', 'warning']);
  assert.match(finding.message, /ENOTDIR/);
});
