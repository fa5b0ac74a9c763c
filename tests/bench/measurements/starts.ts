import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { findFreePort } from '../../../src/redis/endpoint.ts';
import { createClosing } from '../../support/closing.ts';
import { medianOf } from '../figure.ts';
import type { Measurement, Reading, Scale } from '../measurement.ts';
import { runNode } from '../program.ts';
import { openScene } from '../scene.ts';
import { NETWORKS, writeConfig, writeEntries } from '../write-config.ts';

/** One is over so soon that the noise of the machine is as long as it. */
const TRIES: Record<Scale, number> = { tiny: 1, quick: 3, full: 5 };
const COMMANDS = ['--help', '--version', 'check', 'preview', 'plan', 'apply', 'status', 'feeds'];
const PROCESSES = [
  ...['sandbox', 'scheduler', 'dashboard'],
  ...NETWORKS.map((network) => `worker ${network}`),
];
const DAY_MS = 24 * 3_600_000;

export const starts: Measurement = {
  name: 'starts',
  about:
    'How long commands take with a config of three entries, and processes until they are ready, held against a Node that does nothing. `npm start` begins with an empty data directory, and includes what npm and the build take; from it to the first post in the sandbox.',
  async measure({ scale, say }) {
    say('commands');
    const bareMs = await medianTime(TRIES[scale], async () => (await runNode(['-e', '0'])).ms);
    const limit = { of: 'bare node', value: bareMs };
    const readings = await measureCommands(scale, limit);
    say('npm start');
    const firstPostMs = await timeFirstPost();
    return [
      ...readings,
      {
        figure: 'npm start to the first post',
        ...{ unit: 'ms', value: firstPostMs },
        goals: [{ of: 'figure', most: 5_000 }],
      },
    ];
  },
};

async function measureCommands(
  scale: Scale,
  limit: NonNullable<Reading['limit']>,
): Promise<readonly Reading[]> {
  await using closing = createClosing();
  const { carillon } = await openScene(closing);
  carillon.writeConfig(writeConfig(writeEntries(3, Date.now() + DAY_MS)));
  const readings: Reading[] = [];
  for (const command of COMMANDS) {
    const value = await medianTime(TRIES[scale], async () => (await carillon.run([command])).ms);
    readings.push({
      ...{ figure: `carillon ${command}`, unit: 'ms', value, limit },
      ...(command === '--help' && { goals: [{ of: 'ratio', most: 1.6 }] }),
    });
  }
  for (const name of PROCESSES) {
    const part = await carillon.start(name.split(' '));
    readings.push({ figure: `carillon ${name}: ready`, unit: 'ms', value: part.readyMs, limit });
    await part[Symbol.asyncDispose]();
  }
  return readings;
}

async function medianTime(tries: number, measure: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < tries; i++) times.push(await measure());
  return medianOf(times);
}

/** From the working directory of the project, with its example config, which publishes some entries at once. */
async function timeFirstPost(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-bench-start-'));
  const [sandboxPort, dashboardPort] = [await findFreePort(), await findFreePort()].map(String);
  const startedAt = performance.now();
  // A group of its own: npm, its shell and what that runs end together.
  const child = spawn('npm', ['start'], {
    detached: true,
    stdio: 'ignore',
    env: {
      ...process.env,
      ...{ REDIS_URL: '', CARILLON_CONFIG: '', CARILLON_DATA_DIR: join(folder, 'data') },
      ...{ CARILLON_SANDBOX_PORT: sandboxPort, CARILLON_DASHBOARD_PORT: dashboardPort },
    },
  });
  const ended = once(child, 'exit');
  const isThere = async (): Promise<boolean> => {
    if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}.`);
    const log = await fetch(`http://127.0.0.1:${sandboxPort}/log`).catch(() => undefined);
    return log !== undefined && ((await log.json()) as unknown[]).length > 0;
  };
  try {
    while (!(await isThere())) await wait(20);
    return performance.now() - startedAt;
  } finally {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 });
  }
}
