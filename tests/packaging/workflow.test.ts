import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly 'runs-on': string;
  readonly 'timeout-minutes'?: number;
  readonly permissions?: unknown;
  readonly strategy?: {
    readonly matrix: { readonly os: readonly string[]; readonly node: readonly string[] };
  };
  readonly steps: readonly Step[];
}

const FOLDER = '.github/workflows';
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const workflow = parse(readFileSync(join(FOLDER, 'ci.yml'), 'utf8'));
const jobs = Object.values(workflow.jobs as Readonly<Record<string, Job>>);
const steps = jobs.flatMap((job) => job.steps);

test('there is one workflow, and it may only read', () => {
  assert.deepEqual(readdirSync(FOLDER), ['ci.yml']);
  assert.deepEqual(workflow.permissions, { contents: 'read' });
  assert.ok(jobs.every(({ permissions }) => permissions === undefined));
  for (const { with: settings } of steps.filter(({ uses }) =>
    uses?.startsWith('actions/checkout@'),
  )) {
    assert.equal(settings?.['persist-credentials'], false);
  }
});

test('every action is named by its commit', () => {
  const used = steps.flatMap(({ uses }) => uses ?? []);

  assert.ok(used.length >= 3);
  for (const action of used) assert.match(action, /^actions\/[\w-]+@[0-9a-f]{40}$/);
});

test('a newer push ends the run of the older one, and no run lasts for ever', () => {
  assert.equal(workflow.concurrency['cancel-in-progress'], true);
  assert.match(workflow.concurrency.group, /github\.ref/);
  for (const job of jobs) assert.ok((job['timeout-minutes'] ?? Number.POSITIVE_INFINITY) <= 60);
});

test('every change is checked on the oldest Node that is promised, and on those after it, on Linux and macOS', () => {
  const matrix = workflow.jobs.check.strategy.matrix;

  assert.deepEqual(matrix.node, [manifest.engines.node.replace('>=', ''), '22', '24']);
  assert.deepEqual(matrix.os, ['ubuntu-latest', 'macos-latest']);
  assert.match(workflow.jobs.check['runs-on'], /matrix\.os/);
});

test('what it runs is there', () => {
  const lines = steps.flatMap(({ run = '' }) => run.split('\n'));
  const scripts = lines.flatMap((line) => /^bash (\S+)$/.exec(line)?.[1] ?? []);
  const npmScripts = lines.flatMap((line) =>
    [...line.matchAll(/npm run (?:--\S+ )?([\w:-]+)/g)].map(([, name = '']) => name),
  );

  assert.deepEqual(scripts, ['.ci/run']);
  for (const script of scripts) assert.ok(existsSync(script), script);
  for (const name of npmScripts) assert.ok(name in manifest.scripts, name);
  if (lines.some((line) => line.startsWith('docker build '))) assert.ok(existsSync('Dockerfile'));
  if (lines.some((line) => line.startsWith('docker compose ')))
    assert.ok(existsSync('compose.yaml'));
});

test('what .ci/run runs is there', () => {
  const script = readFileSync('.ci/run', 'utf8');
  const names = [...script.matchAll(/^npm (?:run )?([\w:-]+)$/gm)].map(([, name = '']) => name);
  const files = [...script.matchAll(/^bash (\S+)$/gm)].map(([, name = '']) => name);

  assert.ok(names.length >= 4);
  for (const name of names) assert.ok(name in manifest.scripts, name);
  for (const file of files) assert.ok(existsSync(file), file);
});
