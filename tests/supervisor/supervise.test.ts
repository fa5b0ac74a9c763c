import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { silentLog } from '../../src/core/log.ts';
import {
  type SuperviseOptions,
  type Supervisor,
  supervise,
} from '../../src/supervisor/supervise.ts';
import type { Part } from '../../src/supervisor/supervised-part.ts';
import { isGone } from '../support/processes.ts';

const support = (name: string): string =>
  fileURLToPath(new URL(`../support/${name}`, import.meta.url));

/** A part that waits for its end, as workers do; `hangs`: and does not end then. */
function part(behaviour: 'works' | 'hangs', name = 'worker twitter'): Part {
  const args = ['--import', 'tsx', support('scripted-part.ts'), behaviour];
  return { name, command: process.execPath, args };
}

/** A part that ends as soon as it starts. */
function dyingPart(exitCode: number): Part {
  const script = `console.log('started'); process.stderr.write('Zürich: cannot go on\\nlast words');`;
  const args = ['--eval', `${script} process.exitCode = ${exitCode}`];
  return { name: 'worker twitter', command: process.execPath, args };
}

interface Watched {
  readonly supervisor: Supervisor;
  readonly lines: string[];
  readonly warnings: string[];
  readonly errors: string[];
}

function watch(parts: readonly Part[], options: Partial<SuperviseOptions> = {}): Watched {
  const lines: string[] = [];
  const warnings: string[] = [];
  const errors: string[] = [];
  const supervisor = supervise(parts, {
    log: {
      ...silentLog,
      warn: (words: unknown) => warnings.push(String(words)),
      error: (words: unknown) => errors.push(String(words)),
    },
    onLine: (name, stream, line) => lines.push(`${name} ${stream} ${line}`),
    ...options,
  });
  return { supervisor, lines, warnings, errors };
}

async function until(what: string, check: () => boolean): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!check()) {
    assert.ok(performance.now() < deadline, `never happened: ${what}`);
    await wait(10);
  }
}

function pidOf(supervisor: Supervisor, index = 0): number {
  const pid = supervisor.parts()[index]?.pid;
  assert.ok(pid !== undefined, 'the part has no process');
  return pid;
}

test('passes on what parts write, line by line, and that they are ready', async () => {
  const ready: unknown[] = [];
  const { supervisor, lines } = watch([part('works')], {
    onReady: (name, url) => ready.push([name, url]),
  });
  await using _supervisor = supervisor;

  await supervisor.settled;
  const pid = pidOf(supervisor);
  const [state] = supervisor.parts();
  await supervisor.stop();

  assert.deepEqual(ready, [['worker twitter', 'http://127.0.0.1:1']]);
  assert.equal(state?.state, 'ready');
  assert.equal(state.url, 'http://127.0.0.1:1');
  assert.equal(lines[0], `worker twitter stdout started ${pid}`);
});

test('starts a part that is killed again at once, and says why it ended', async () => {
  const { supervisor, warnings } = watch([part('works')]);
  await using _supervisor = supervisor;
  await supervisor.settled;
  const killed = pidOf(supervisor);

  const since = performance.now();
  process.kill(killed, 'SIGKILL');
  await until('another process', () => ![undefined, killed].includes(supervisor.parts()[0]?.pid));
  const tookMs = performance.now() - since;

  assert.ok(tookMs < 2000, `took ${tookMs} ms`);
  assert.match(
    warnings.join('\n'),
    /^worker twitter ended after \d+ s \(SIGKILL\): starting it again at once\.$/,
  );
  await until('it is ready again', () => supervisor.parts()[0]?.state === 'ready');
});

test('waits longer and longer before it starts a part that keeps dying', async () => {
  const timings = { steadyAfterMs: 60_000, firstPauseMs: 10, longestPauseMs: 40 };
  const { supervisor, warnings, lines } = watch([dyingPart(1)], { timings });
  await using _supervisor = supervisor;

  await until('six deaths', () => warnings.length >= 6);
  await supervisor.stop();

  const pauses = warnings.map((line) => /again (at once|in .* s)\.$/.exec(line)?.[1]);
  assert.deepEqual(pauses.slice(0, 6), [
    'at once',
    'in 0.01 s',
    'in 0.02 s',
    'in 0.04 s',
    'in 0.04 s',
    'in 0.04 s',
  ]);
  assert.match(warnings[0] ?? '', /\(exit code 1\)/);
  assert.ok(lines.includes('worker twitter stderr Zürich: cannot go on'));
  assert.ok(lines.includes('worker twitter stderr last words'));
});

test('starts a part that ends by itself again, too', async () => {
  const { supervisor, warnings } = watch([dyingPart(0)]);
  await using _supervisor = supervisor;

  await until('a restart', () => (supervisor.parts()[0]?.restarts ?? 0) > 0);

  assert.match(warnings[0] ?? '', /\(exit code 0\)/);
});

for (const code of [2, 78]) {
  test(`does not start a part again that ends with ${code}, as its config is wrong`, async () => {
    const givenUp: unknown[] = [];
    const { supervisor, warnings, errors } = watch([dyingPart(code)], {
      onGivenUp: (name, exitCode) => givenUp.push([name, exitCode]),
    });
    await using _supervisor = supervisor;

    await supervisor.settled;
    await wait(50);

    assert.deepEqual(givenUp, [['worker twitter', code]]);
    assert.equal(supervisor.parts()[0]?.state, 'given up');
    assert.deepEqual(warnings, []);
    assert.match(errors.join('\n'), /It is not started again/);
  });
}

test('a program that does not exist is reported and tried again', async () => {
  const missing: Part = { name: 'worker', command: '/nowhere/carillon', args: [] };
  const { supervisor, warnings } = watch([missing], { timings: { firstPauseMs: 10 } });
  await using _supervisor = supervisor;

  await until('a second try', () => warnings.length >= 2);

  assert.match(warnings[0] ?? '', /could not be started \(ENOENT\)/);
});

test('stop ends all parts in peace, and leaves none', async () => {
  const { supervisor, lines } = watch([part('works', 'one'), part('works', 'two')]);
  await supervisor.settled;
  const pids = [pidOf(supervisor, 0), pidOf(supervisor, 1)];

  await supervisor.stop();

  assert.deepEqual(pids.map(isGone), [true, true]);
  assert.ok(lines.includes('one stdout stopped: SIGTERM'));
  assert.ok(lines.includes('two stdout stopped: SIGTERM'));
  assert.ok(supervisor.parts().every(({ state }) => state === 'stopped'));
});

test('stop ends a part by force that does not end in time', async () => {
  const { supervisor, warnings } = watch([part('hangs')], { stopGraceMs: 200 });
  await supervisor.settled;
  const pid = pidOf(supervisor);

  await supervisor.stop();

  assert.equal(isGone(pid), true);
  assert.match(warnings.join('\n'), /does not stop, and is ended by force/);
});

test('stop during a pause starts nothing more', async () => {
  const { supervisor, warnings, lines } = watch([dyingPart(1)], { timings: { firstPauseMs: 100 } });
  await until('a pause', () => warnings.length >= 2);

  await supervisor.stop();
  const started = lines.filter((line) => line.includes('started')).length;
  await wait(200);

  assert.equal(lines.filter((line) => line.includes('started')).length, started);
});

test('no part outlives a supervisor that is killed', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', support('supervising-process.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve) => {
    createInterface({ input: child.stdout }).once('line', resolve);
  });
  const pids: number[] = JSON.parse(line);
  assert.deepEqual(pids.map(isGone), [false, false]);

  child.kill('SIGKILL');

  await until('all are gone', () => pids.every(isGone));
});

test('a part that gets two signals ends at once with 130', async () => {
  const args = ['--import', 'tsx', support('scripted-part.ts'), 'hangs'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await new Promise<void>((resolve) => child.once('message', () => resolve()));
  await wait(20);

  child.kill('SIGINT');
  await wait(100);
  child.kill('SIGTERM');

  assert.equal(await ended, 130);
});
