import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, test } from 'node:test';
import { runCommand } from '../support/command-line.ts';

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'carillon-init-'));
});
afterEach(() => rm(cwd, { recursive: true, force: true }));

const read = (name: string) => readFile(join(cwd, name), 'utf8');

test('in an empty folder, init --yes writes a config that check accepts and says what comes next', async () => {
  const { status, out, err } = await runCommand(['init', '--yes'], { cwd });
  const checked = await runCommand(['check'], { cwd });

  assert.deepEqual([status, err], [0, '']);
  assert.match(out, /^config\/carillon\.yaml is written\.$/m);
  assert.match(out, /carillon check .*\n.*carillon preview .*\n.*carillon start /);
  assert.deepEqual(checked, { status: 0, out: '3 publications of 1 entry are fine.\n', err: '' });
  const text = await read('config/carillon.yaml');
  assert.match(text, /^# yaml-language-server: \$schema=\S+carillon\.schema\.json$/m);
  assert.match(text, /^sandbox: true$/m);
});

test('the schema that editors are led to is there', async () => {
  await runCommand(['init', '--yes'], { cwd });

  const [, schema = ''] = /\$schema=(\S+)/.exec(await read('config/carillon.yaml')) ?? [];
  const file = new URL(schema, new URL(`file://${cwd}/config/carillon.yaml`));

  assert.match(await readFile(file, 'utf8'), /"title": "Carillon config"/);
});

test('init never changes a config that is there', async () => {
  await writeFile(join(cwd, 'mine.yaml'), 'mine\n');

  const { status, err } = await runCommand(['init', '--yes', '--config', 'mine.yaml'], { cwd });

  assert.equal(status, 2);
  assert.match(err, /^mine\.yaml is there already and stays as it is\./);
  assert.equal(await read('mine.yaml'), 'mine\n');
});

test('init takes its answers from a pipe', async () => {
  const input = Readable.from(['Asia/Tehran\nfb x\nCity Library\nabc\n12345\n']);

  const { status, out } = await runCommand(['init', '--config', 'mine.yaml'], { cwd, input });
  const checked = await runCommand(['check', '--config', 'mine.yaml'], { cwd });

  assert.equal(status, 0);
  assert.match(out, /It must be the number of the Page/);
  const text = await read('mine.yaml');
  assert.match(text, /^timezone: Asia\/Tehran /m);
  assert.match(text, /^ {2}to: \[city-library-x, city-library-page\]$/m);
  assert.match(text, /^ {4}pageId: "12345"$/m);
  assert.equal(checked.out, '2 publications of 1 entry are fine.\n');
});

test('init does not ask for what the call says, and says what is wrong with it', async () => {
  const flags = ['--timezone', 'europe/paris', '--networks', 'yt', '--name', 'agency'];
  const done = await runCommand(['init', '--yes', ...flags], { cwd });
  const wrong = await runCommand(
    ['init', '--yes', '--networks', 'mastodon', '--config', 'b.yaml'],
    { cwd },
  );

  assert.equal(done.status, 0);
  const text = await read('config/carillon.yaml');
  assert.match(text, /^timezone: Europe\/Paris /m);
  assert.match(text, /^accounts:\n {2}agency-tube:$/m);
  assert.equal(wrong.status, 2);
  assert.match(wrong.err, /^There is no network "mastodon"\. Known: twitter \(X\)/);
  await assert.rejects(read('b.yaml'), { code: 'ENOENT' });
});

test('init says so where it cannot write', async () => {
  await writeFile(join(cwd, 'config'), 'a file is in the way');

  const { status, err } = await runCommand(['init', '--yes'], { cwd });

  assert.equal(status, 2);
  assert.match(err, /^config\/carillon\.yaml cannot be written \(E\w+\)\. /);
});
