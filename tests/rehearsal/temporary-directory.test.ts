import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeTemporaryDirectory } from '../../src/rehearsal/temporary-directory.ts';

test('it is gone with all that is in it once it is disposed of', async () => {
  let path = '';
  {
    await using directory = makeTemporaryDirectory('carillon-test-');
    path = directory.path;
    writeFileSync(join(path, 'file'), 'x');
  }

  assert.equal(existsSync(path), false);
});

test('it is gone if the process ends before', () => {
  const module = new URL('../../src/rehearsal/temporary-directory.ts', import.meta.url).href;
  const script = `const { makeTemporaryDirectory } = await import('${module}');
    console.log(makeTemporaryDirectory('carillon-test-').path); process.exit(3);`;

  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), '--input-type=module', '--eval', script],
    { encoding: 'utf8' },
  );

  assert.equal(status, 3, stderr);
  assert.equal(existsSync(stdout.trim()), false);
});
