import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../core/log.ts';
import { findServer, oldestServerVersion, type ServerProgram } from './find-server.ts';
import { codeOf, RedisUnavailableError } from './redis-errors.ts';
import { type Environment, type ProgramResult, runProgram } from './run-program.ts';

const longestInstallMs = 15 * 60_000;

export interface InstallOptions {
  readonly log: Log;
  /** False: only looks, and says what to install. */
  readonly install: boolean;
  /** The rest stands in for this machine in tests. */
  readonly env?: Environment;
  readonly folders?: readonly string[];
  readonly platform?: NodeJS.Platform;
  readonly isRoot?: boolean;
  /** The file that Debian asks whether services may be started. */
  readonly policyFile?: string;
  /** True if systemd runs this machine. */
  readonly hasSystemd?: boolean;
  readonly lockFile?: string;
}

/**
 * Finds a Redis server program, or installs one from the system's package manager.
 *
 * @throws {RedisUnavailableError} that says what to install, where neither can be done
 */
export async function ensureServer(options: InstallOptions): Promise<ServerProgram> {
  const found = await findServer(options);
  if (found.server !== undefined) return found.server;
  const missing = sayWhatIsMissing(found.tooOld);
  if (!options.install) throw new RedisUnavailableError(`${missing} ${sayWhatToInstall(options)}`);
  await using _lock = await waitForInstallLock(options.lockFile);
  const foundMeanwhile = await findServer(options);
  if (foundMeanwhile.server !== undefined) return foundMeanwhile.server;
  const failure = await installServer(options);
  const installed = failure === undefined ? await findServer(options) : {};
  if (installed.server !== undefined) return installed.server;
  const reason = failure ?? sayWhatIsMissing(installed.tooOld);
  throw new RedisUnavailableError(`${reason} ${sayWhatToInstall(options)}`);
}

function sayWhatIsMissing(tooOld: ServerProgram | undefined): string {
  if (tooOld === undefined) return 'Carillon keeps its ledger in Redis, and there is none here.';
  const least = oldestServerVersion.slice(0, 2).join('.');
  return `${tooOld.file} is version ${tooOld.version.join('.')}, and Carillon needs ${least} or later.`;
}

function sayWhatToInstall(options: InstallOptions): string {
  const elsewhere = 'or set REDIS_URL to a Redis that runs elsewhere.';
  switch (options.platform ?? process.platform) {
    case 'darwin':
      return `Run "brew install redis" (Homebrew is at https://brew.sh) and start again, ${elsewhere}`;
    case 'linux':
      return `Install redis-server or valkey-server (Debian and Ubuntu: "sudo apt-get install redis-server") and start again, ${elsewhere}`;
    default:
      return `Carillon runs a Redis of its own on Linux and macOS only: set REDIS_URL to a Redis that runs elsewhere.`;
  }
}

/** Answers why nothing could be installed, or undefined once it is. */
async function installServer(options: InstallOptions): Promise<string | undefined> {
  const platform = options.platform ?? process.platform;
  if (platform === 'darwin') return installWithBrew(options);
  const isRoot = options.isRoot ?? process.getuid?.() === 0;
  if (platform !== 'linux' || !isRoot) return sayWhatIsMissing(undefined);
  const apt = await runProgram('apt-get', ['--version'], { env: options.env });
  if (apt.exitCode !== 0) return sayWhatIsMissing(undefined);
  return installWithApt(options);
}

async function installWithBrew(options: InstallOptions): Promise<string | undefined> {
  for (const brew of ['brew', '/opt/homebrew/bin/brew', '/usr/local/bin/brew']) {
    const known = await runProgram(brew, ['--version'], { env: options.env });
    if (known.exitCode !== 0) continue;
    options.log.info('Redis is missing here: installing it with "brew install redis".');
    const result = await runProgram(brew, ['install', '--quiet', 'redis'], { env: options.env });
    return result.exitCode === 0 ? undefined : sayWhyItFailed('brew install redis', result);
  }
  return sayWhatIsMissing(undefined);
}

async function installWithApt(options: InstallOptions): Promise<string | undefined> {
  options.log.info('Redis is missing here: installing the package redis-server with apt-get.');
  await using _quiet = await keepServicesFromStarting(options.policyFile);
  let result = await runAptInstall(options);
  if (result.exitCode !== 0) {
    // Package lists are missing in images and out of date on machines that were not updated for long.
    await runProgram('apt-get', ['update', '-q'], { env: options.env });
    result = await runAptInstall(options);
  }
  if (result.exitCode !== 0) return sayWhyItFailed('apt-get install redis-server', result);
  await disableService(options);
  return undefined;
}

function runAptInstall(options: InstallOptions): Promise<ProgramResult> {
  const args = ['install', '-y', '-q', '--no-install-recommends', 'redis-server'];
  return runProgram(
    '/usr/bin/env',
    ['DEBIAN_FRONTEND=noninteractive', 'apt-get', '-o', 'DPkg::Lock::Timeout=120', ...args],
    { env: options.env },
  );
}

function sayWhyItFailed(command: string, result: ProgramResult): string {
  const lines = `${result.stdout}\n${result.stderr}`.split('\n').map((line) => line.trim());
  const words =
    lines.findLast((line) => /^(E|Error):/.test(line)) ??
    lines.findLast((line) => line !== '') ??
    result.failure ??
    `exit status ${result.exitCode}`;
  return `"${command}" failed: ${words.replace(/\.?$/, '.')}`;
}

/**
 * Keeps Debian's packages from starting a service until disposed of. A policy that the machine already
 * has is left alone; ours allows everything again by itself if this process should die first.
 */
async function keepServicesFromStarting(file = '/usr/sbin/policy-rc.d'): Promise<AsyncDisposable> {
  const script = [
    '#!/bin/sh',
    '# Written by Carillon while it installs Redis; it may be deleted.',
    `kill -0 ${process.pid} 2>/dev/null && exit 101`,
    'exit 0',
    '',
  ].join('\n');
  let isOurs = true;
  try {
    await writeFile(file, script, { flag: 'wx', mode: 0o755 });
  } catch {
    isOurs = false;
  }
  return {
    async [Symbol.asyncDispose]() {
      if (isOurs) await rm(file, { force: true });
    },
  };
}

/** Carillon runs a server of its own: the distribution's is to run neither now nor after a reboot. */
async function disableService(options: InstallOptions): Promise<void> {
  const hasSystemd = options.hasSystemd ?? (await exists('/run/systemd/system'));
  if (!hasSystemd) return;
  await runProgram('systemctl', ['disable', '--now', 'redis-server'], { env: options.env });
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/** Lets one process of this machine install at a time; the others wait, and then find what it installed. */
async function waitForInstallLock(
  file = join(tmpdir(), 'carillon-install.lock'),
): Promise<AsyncDisposable> {
  for (;;) {
    try {
      await writeFile(file, String(process.pid), { flag: 'wx', mode: 0o600 });
      return { [Symbol.asyncDispose]: () => rm(file, { force: true }) };
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
      if (await isHolderGone(file)) await rm(file, { force: true });
      else await wait(200);
    }
  }
}

async function isHolderGone(file: string): Promise<boolean> {
  const [words, facts] = await Promise.all([
    readFile(file, 'utf8').catch(() => ''),
    stat(file).catch(() => undefined),
  ]);
  if (facts === undefined) return false;
  const ageMs = Date.now() - facts.mtimeMs;
  const pid = Number(words);
  // The file is made first and the number written a moment later.
  if (!Number.isInteger(pid) || pid <= 0) return ageMs > 5000;
  return ageMs > longestInstallMs || !isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}
