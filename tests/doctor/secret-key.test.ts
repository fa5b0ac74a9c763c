import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { examineSecretKey, judgeSecretKey } from '../../src/doctor/secret-key.ts';

const folder = mkdtempSync(join(tmpdir(), 'carillon-key-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('a key that others may read is an error with the way to close it', async () => {
  const file = join(folder, 'secret-key');
  assert.deepEqual(await examineSecretKey(folder), []);
  writeFileSync(file, 'key', { mode: 0o600 });
  const [closed] = await examineSecretKey(folder);
  chmodSync(file, 0o644);
  const [open] = await examineSecretKey(folder);

  assert.equal(closed?.severity, 'ok');
  assert.equal(open?.severity, 'error');
  assert.match(open.message, /its rights are 644/);
  assert.match(open.remedy, /^Run "chmod 600 /);
});

test('a key that the group alone may read is open too', () => {
  assert.match(judgeSecretKey('/data/secret-key', 0o100640).message, /its rights are 640/);
});
