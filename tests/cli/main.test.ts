import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { useCommands } from '../support/command-bench.ts';
import { runCommand } from '../support/command-line.ts';

const openBench = useCommands();
const main = resolve('src/cli/main.ts');
const tsx = import.meta.resolve('tsx');
const folder = mkdtempSync(join(tmpdir(), 'carillon-main-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('what help needs to load is nothing but small files of its own', () => {
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const statements = readFileSync(file, 'utf8').matchAll(
      /^(?:import|export) (?!type)(?:[^;]*? )?from '([^']+)';/gms,
    );
    for (const [, from = ''] of statements) {
      if (from.startsWith('.')) visit(resolve(dirname(file), from));
      else assert.match(from, /^node:/, `${file} loads ${from}`);
    }
  };

  visit(main);
  visit(resolve('src/cli/help.ts'));

  assert.ok(seen.size >= 5 && seen.size <= 8, [...seen].join('\n'));
  for (const file of seen) assert.equal(dirname(file), dirname(main));
});

test('the program runs through a link, as npm makes one, and exits with its status', () => {
  const link = join(folder, 'carillon');
  symlinkSync(main, link);

  const version = spawnSync(process.execPath, ['--import', tsx, link, '--version'], {
    encoding: 'utf8',
  });
  const wrong = spawnSync(process.execPath, ['--import', tsx, link, 'aply'], { encoding: 'utf8' });

  assert.deepEqual([version.status, version.stderr], [0, '']);
  assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/);
  assert.deepEqual([wrong.status, wrong.stdout], [2, '']);
  assert.match(wrong.stderr, /Did you mean "apply"\?\n$/);
});

test('a reader that goes away before the end changes neither the work nor the status', async () => {
  const { writeEntries, folder: cwd, env, ledger } = openBench();
  const entries = Array.from({ length: 400 }, (_, i) => ({
    id: `entry-${i}`,
    at: '2030-01-01 09:00',
  }));
  writeEntries(...entries);

  const child = spawn(process.execPath, ['--import', tsx, main, 'apply', '--json'], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const status = await new Promise((done) => child.on('close', done));

  assert.deepEqual([status, said], [0, '']);
  assert.equal((await ledger.list()).length, 400);
});

test('without a Redis of the user, a command finds its own and leaves no process behind', () => {
  const { folder: cwd, env, writeEntries } = openBench();
  writeEntries({ id: 'one', at: '2030-01-01 09:00' });
  const run = (...argv: string[]) =>
    spawnSync(process.execPath, ['--import', tsx, main, ...argv], {
      cwd,
      env: { ...process.env, ...env, REDIS_URL: '' },
      encoding: 'utf8',
    });

  const applied = run('apply', '--json');
  const status = run('status', '--json');

  assert.deepEqual([applied.status, applied.stderr], [0, '']);
  const processes = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
  assert.ok(!processes.includes(cwd), processes);
  const [only] = JSON.parse(status.stdout) as { publication: string; state: string }[];
  assert.deepEqual([only?.publication, only?.state], ['one/newsroom-x', 'scheduled']);
});

test('an unexpected error is one sentence, and with --verbose also a stack', async () => {
  const { folder: cwd, env } = openBench();
  const broken = {
    cwd,
    env: { ...env, CARILLON_DATA_DIR: join(cwd, 'config', 'carillon.yaml', 'x') },
  };

  const plain = await runCommand(['status'], { ...broken, env: { ...broken.env, REDIS_URL: '' } });
  const verbose = await runCommand(['status', '--verbose'], {
    ...broken,
    env: { ...broken.env, REDIS_URL: '' },
  });

  assert.equal(plain.status, 1);
  assert.match(plain.err, /^The data directory .* cannot be made, as a file is in its way: /);
  assert.equal(plain.err.trimEnd().split('\n').length, 1);
  assert.match(verbose.err, /^ {4}at /m);
});

test('colours are for terminals: nothing is painted elsewhere', async () => {
  const { run, writeEntries } = openBench();
  writeEntries({ id: 'one', at: '2030-01-01 09:00' });

  const plain = await run(['plan']);
  const painted = await run(['plan'], { hasColors: true });

  assert.ok(!plain.out.includes('\u001b'));
  assert.ok(painted.out.includes('\u001b[32m'));
});
