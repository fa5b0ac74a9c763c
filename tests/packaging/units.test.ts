import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { networkIds } from '../../src/networks/registry.ts';
import { assertCallable } from '../support/callable.ts';

const FOLDER = 'docs/deploy';
const PROGRAM = '/opt/carillon/node_modules/.bin/carillon';
const unitFiles = readdirSync(FOLDER).filter((name) => /\.(service|target)$/.test(name));
const services = unitFiles.filter((name) => name.endsWith('.service'));
const read = (name: string) => readFileSync(join(FOLDER, name), 'utf8');

/** The values of a key of a unit, in order. */
function valuesOf(name: string, key: string): readonly string[] {
  return [...read(name).matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map(([, value = '']) => value);
}

function findSystemd(): number | undefined {
  try {
    const [, version] =
      /^systemd (\d+)/.exec(String(execFileSync('systemd-analyze', ['--version']))) ?? [];
    return Number(version);
  } catch {
    return undefined;
  }
}
const systemd = findSystemd();

/** The units as they would be installed, with a program that is there. */
function installed(context: { after(done: () => void): void }): string {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-units-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'program'), '#!/bin/sh\n', { mode: 0o755 });
  for (const name of unitFiles) {
    writeFileSync(join(folder, name), read(name).replaceAll(PROGRAM, join(folder, 'program')));
  }
  for (const network of networkIds) {
    copyFileSync(
      join(folder, 'carillon-worker@.service'),
      join(folder, `carillon-worker@${network}.service`),
    );
  }
  return folder;
}

test('every unit starts a command that Carillon has', async () => {
  assert.ok(services.length >= 4);
  for (const name of services) {
    const [line = ''] = valuesOf(name, 'ExecStart');
    const [program, ...args] = line.split(' ');

    assert.equal(program, PROGRAM);
    await assertCallable(args.map((word) => (word === '%i' ? 'twitter' : word)));
  }
});

test('the target has the scheduler, the dashboard and a worker of each network', () => {
  const wanted = valuesOf('carillon.target', 'Wants').flatMap((line) => line.split(' '));

  assert.deepEqual(
    wanted.toSorted(),
    [
      ...['carillon-dashboard.service', 'carillon-scheduler.service'],
      ...networkIds.map((network) => `carillon-worker@${network}.service`),
    ].toSorted(),
  );
});

test('every service is brought back, may finish what it has begun, and touches nothing but its data', () => {
  const rules = {
    User: 'carillon',
    Restart: 'always',
    StartLimitIntervalSec: '0',
    // A signal to every process at once would take Redis away before the workers have written down what came of it.
    KillMode: 'mixed',
    TimeoutStopSec: '90',
    NoNewPrivileges: 'yes',
    CapabilityBoundingSet: '',
    ProtectSystem: 'strict',
    ProtectHome: 'yes',
    PrivateTmp: 'yes',
    StateDirectory: 'carillon',
    UMask: '0077',
    // Enabled on its own it starts with the machine, too.
    WantedBy: 'multi-user.target',
  };
  for (const name of services) {
    for (const [key, value] of Object.entries(rules))
      assert.deepEqual(valuesOf(name, key), [value], `${name}: ${key}`);
    assert.match(
      valuesOf(name, 'Environment').join(' '),
      /CARILLON_DATA_DIR=\/var\/lib\/carillon\b/,
    );
  }
});

test('what a service may not do is the same for all', () => {
  const [first = '', ...others] = services.map(
    (name) => read(name).split('[Service]\n')[1]?.split('[Install]')[0],
  );
  const withoutCall = (text = '') => text.replace(/^ExecStart=.*$/m, '');

  for (const other of others) assert.equal(withoutCall(other), withoutCall(first));
});

test('systemd finds nothing wrong with the units', {
  skip: systemd === undefined && 'this machine has no systemd-analyze',
}, (context) => {
  const folder = installed(context);
  const files = readdirSync(folder).filter(
    (name) => /\.(service|target)$/.test(name) && !name.includes('@.'),
  );

  const paths = files.map((name) => join(folder, name));
  const { status, stdout, stderr } = spawnSync('systemd-analyze', ['verify', ...paths], {
    encoding: 'utf8',
  });

  assert.equal(stdout + stderr, '');
  assert.equal(status, 0);
});

test('systemd counts the services among the well secured', {
  skip: (systemd ?? 0) < 250 && 'this machine has no systemd-analyze of version 250 or later',
}, (context) => {
  const folder = installed(context);
  for (const name of services.map((each) => each.replace('@.', '@twitter.'))) {
    const args = ['security', '--offline=true', '--threshold=25', '--no-pager', join(folder, name)];

    assert.doesNotThrow(() => execFileSync('systemd-analyze', args, { stdio: 'pipe' }), name);
  }
});

test('every line of the Procfile is a command that Carillon has', async () => {
  const lines = readFileSync(join(FOLDER, 'Procfile'), 'utf8').trim().split('\n');
  const calls = lines.map((line) => /^[a-z]+: carillon (.+)$/.exec(line)?.[1] ?? '');

  for (const call of calls) await assertCallable(call.split(' '));
  assert.deepEqual(
    calls.toSorted(),
    ['scheduler', 'dashboard', ...networkIds.map((network) => `worker ${network}`)].toSorted(),
  );
});
