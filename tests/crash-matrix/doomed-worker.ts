import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { endWithUs } from '../support/end-with-us.ts';
import type { WorkerPlan } from './worker.ts';

/** A worker process that is to die, or to stand still, at its point. */
export interface DoomedWorker {
  readonly child: ChildProcess;
  /** Resolves with the publications that had reached the point when it was struck. */
  readonly struck: Promise<readonly string[]>;
  /** Ends it if it still runs. */
  end(): Promise<void>;
}

const patienceMs = 60_000;

export function startDoomedWorker(plan: WorkerPlan): DoomedWorker {
  const script = fileURLToPath(new URL('./worker.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(plan)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  endWithUs(child);
  const ended = once(child, 'exit');
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2_000);
  });
  let reached: readonly string[] = [];
  const isStruck = new Promise<readonly string[]>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line) as { reached?: readonly string[] };
      if (said.reached === undefined) return;
      reached = said.reached;
      if (plan.point.startsWith('stopped')) resolve(reached);
    });
    // Whatever it wrote is read before `close` comes.
    child.once('close', () => resolve(reached));
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  return {
    child,
    struck: isStruck.then((publications) => {
      clearTimeout(timer);
      // Struck, it was killed or stands still; whoever ends with a status has failed by itself.
      if (child.exitCode !== null) throw new Error(`The doomed worker failed: ${complaint}`);
      return publications;
    }),
    async end() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
