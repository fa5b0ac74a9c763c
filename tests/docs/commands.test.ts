import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { after, before, describe, it, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { parseRequest } from '../../src/cli/parse-call.ts';
import { findFreePort } from '../../src/redis/endpoint.ts';
import { silent } from '../support/callable.ts';
import { runCommand } from '../support/command-line.ts';
import { ensureTestServer } from '../support/redis.ts';
import { makeNewsroom, type Newsroom, startWebsite, type Website } from './newsroom.ts';
import { NOT_RUN, whyNotRun } from './not-run.ts';
import { blocksOf, listPages, readPage, wordsOf } from './pages.ts';

const blocks = listPages().flatMap((page) => blocksOf(page, 'sh').map((text) => ({ page, text })));
const lines = blocks.flatMap(({ page, text }) =>
  linesOf(text).map((line) => ({ page, line, reason: whyNotRun(line) })),
);

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** As a shell would cut it. */
function cut(call: string): readonly string[] {
  return [...call.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}

test('the pages show commands, and every reason not to run one is needed', () => {
  assert.ok(lines.filter(({ reason }) => reason === undefined).length > 40);
  assert.deepEqual(
    NOT_RUN.filter(([form]) => !lines.some(({ line }) => form.test(line))),
    [],
  );
});

describe('what is called by its name in a sentence, or cannot be run here', () => {
  // The list of commands says what each takes, in capitals and brackets.
  const inWords = listPages()
    .filter((page) => page !== 'docs/commands.md')
    .flatMap((page) =>
      [...wordsOf(page).matchAll(/`(carillon [^`]+)`/g)].map(([, call = '']) => ({ page, call })),
    )
    .filter(({ call }) => !/[A-Z]{4}/.test(call));
  // What takes root or containers: the units, the image and the fleet are tried in tests/packaging.
  const asRoot = listPages().flatMap((page) =>
    blocksOf(page, 'console').flatMap((text) =>
      [...text.matchAll(/(?:-u carillon|exec \w+) (carillon .+)$/gm)].map(([, call = '']) => ({
        page,
        call,
      })),
    ),
  );
  const apart = lines
    .filter(({ line, reason }) => reason !== undefined && line.startsWith('carillon '))
    .map(({ page, line }) => ({ page, call: line }));

  for (const { page, call } of [...inWords, ...asRoot, ...apart]) {
    it(`${page}: "${call}" can be typed, and has help`, async () => {
      const [, ...argv] = cut(call);
      // By its name alone it is only spoken of.
      const request = await parseRequest(argv.length === 1 ? [...argv, '--help'] : argv, silent);
      const help = await runCommand([argv[0] ?? '', '--help']);

      assert.ok(request.kind !== 'run' || request.call.command === argv[0]);
      assert.equal(help.status, 0);
    });
  }
});

/** What somebody types where a command asks. */
function answersTo(line: string): string {
  return line.startsWith('carillon password') ? 'a long password\n'.repeat(2) : 'y\n'.repeat(20);
}

describe('every command that the pages show', () => {
  let website: Website;
  let newsroom: Newsroom;
  let running: ChildProcess;
  let said = '';
  let env: Readonly<Record<string, string>>;

  before(async () => {
    await ensureTestServer();
    website = await startWebsite();
    newsroom = makeNewsroom(website.url);
    env = surroundings(newsroom.folder, await findFreePort(), await findFreePort());
    running = spawn(join(newsroom.folder, 'programs/carillon'), ['start'], {
      cwd: newsroom.folder,
      env,
      stdio: 'pipe',
    });
    for (const stream of [running.stdout, running.stderr]) {
      stream?.on('data', (chunk) => {
        said += String(chunk);
      });
    }
    const log = `http://127.0.0.1:${env.CARILLON_SANDBOX_PORT}/log`;
    await until(async () => {
      if (running.exitCode !== null) throw new Error(said);
      const posts = said.includes('Ready after') ? await (await fetch(log)).json() : [];
      return (posts as unknown[]).length >= 4;
    });
  });
  after(async () => {
    running.kill('SIGTERM');
    if (running.exitCode === null) await new Promise((done) => running.once('close', done));
    await newsroom[Symbol.asyncDispose]();
    await website[Symbol.asyncDispose]();
  });

  /** What somebody does between two pages, so that the next command has something to do. */
  const beforehand: readonly (readonly [RegExp, () => void])[] = [
    [
      /^carillon correct/,
      () => newsroom.edit('config/carillon.yaml', 'We close at six.', 'We close at eight.'),
    ],
  ];

  for (const { page, text } of blocks) {
    const toRun = linesOf(text).filter((line) => whyNotRun(line) === undefined);
    if (toRun.length === 0) continue;
    it(`${page}: ${toRun.join('; ')}`, async () => {
      for (const [form, act] of beforehand) if (toRun.some((line) => form.test(line))) act();
      const isPlain = toRun.every((line) => /^carillon [^|<>$;&*]+$/.test(line));
      const run = isPlain ? typeEach : runInShell;
      const { status, out } = await run(toRun, { cwd: newsroom.folder, env });

      assert.equal(status, 0, out);
      const example = isPlain ? exampleAfter(page, toRun) : undefined;
      if (example !== undefined) assert.deepEqual(unknownKeys(JSON.parse(out), example), []);
    });
  }

  it('a command that fails is noticed', async () => {
    const surroundings = { cwd: newsroom.folder, env };
    const typed = await typeEach(['carillon show nobody/nowhere'], surroundings);
    const inShell = await runInShell(['carillon show nobody/nowhere'], surroundings);

    assert.notEqual(typed.status, 0);
    assert.equal(inShell.status, typed.status);
  });
});

/** An environment in which `carillon` is on the path, and everything stays in the folder. */
function surroundings(
  folder: string,
  sandbox: number,
  dashboard: number,
): Readonly<Record<string, string>> {
  const programs = join(folder, 'programs');
  mkdirSync(programs);
  const main = resolve('dist/src/cli/main.js');
  const node = `exec "${process.execPath}" "${main}" "$@"`;
  writeFileSync(join(programs, 'carillon'), `#!/bin/sh\n${node}\n`, { mode: 0o755 });
  return {
    PATH: `${programs}${delimiter}${process.env.PATH}`,
    HOME: folder,
    CARILLON_DATA_DIR: join(folder, 'data'),
    CARILLON_SANDBOX_PORT: String(sandbox),
    CARILLON_DASHBOARD_PORT: String(dashboard),
  };
}

/** The document that the page shows of what a command prints. */
function exampleAfter(page: string, calls: readonly string[]): unknown {
  if (!calls[0]?.endsWith(' --json')) return undefined;
  const [, after = ''] = readPage(page).split(`${calls[0]}\n\`\`\`\n`);
  const [, example = ''] = /^\n```json\n([\s\S]*?)```/.exec(after) ?? [];
  return JSON.parse(example);
}

/** Keys that are printed and not told of. What is empty in the example may hold anything. */
function unknownKeys(printed: unknown, told: unknown, path = ''): readonly string[] {
  if (Array.isArray(printed) && Array.isArray(told)) {
    return told.length === 0
      ? []
      : [...new Set(printed.flatMap((one) => unknownKeys(one, told[0], `${path}[]`)))];
  }
  if (!isGroup(printed) || !isGroup(told) || Object.keys(told).length === 0) return [];
  return Object.entries(printed).flatMap(([key, value]) =>
    Object.hasOwn(told, key) ? unknownKeys(value, told[key], `${path}.${key}`) : [`${path}.${key}`],
  );
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface Place {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

interface Ran {
  readonly status: number | null;
  readonly out: string;
}

/** One after the other, by somebody who sits at a terminal. In this process: a new one for each takes ten times as long. */
async function typeEach(calls: readonly string[], { cwd, env }: Place): Promise<Ran> {
  let last = '';
  for (const call of calls) {
    const input = Object.assign(Readable.from([answersTo(call)]), { isTTY: true });
    const { status, out, err } = await runCommand(cut(call).slice(1), { cwd, env, input });
    if (status !== 0) return { status, out: `${call}\n${out}${err}` };
    last = out;
  }
  return { status: 0, out: last };
}

/** All in one shell, as they stand; whatever asks gets the usual answer. */
async function runInShell(calls: readonly string[], { cwd, env }: Place): Promise<Ran> {
  const script = calls.map((call) =>
    call.startsWith('export ') ? call : `yes '' | head -20 | ${call}`,
  );
  const shell = spawn('sh', ['-e', '-c', script.join('\n')], { cwd, env, stdio: 'pipe' });
  let out = '';
  for (const stream of [shell.stdout, shell.stderr]) {
    stream.on('data', (chunk) => {
      out += String(chunk);
    });
  }
  const status = await new Promise<number | null>((done) => shell.once('close', done));
  return { status, out };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error('It did not happen in time.');
    await wait(100);
  }
}

test('what a command prints and the page does not tell is found', () => {
  assert.deepEqual(unknownKeys([{ a: 1, b: { c: 2 } }], [{ a: 0, b: { d: 0 } }]), ['[].b.c']);
});
