import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { endWithUs } from '../support/end-with-us.ts';
import { until } from '../support/until.ts';

/** A process of the built product. */
export interface CarillonProcess extends AsyncDisposable {
  readonly pid: number;
  said(): string;
  /** Waits until it has said something of the kind. */
  untilItSays(words: RegExp): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  stop(): Promise<void>;
}

/** So long anything may take on a busy machine. */
export const PATIENCE_MS = 90_000;

export function runCarillon(args: readonly string[], env: NodeJS.ProcessEnv): CarillonProcess {
  const child: ChildProcess = spawn(process.execPath, [resolve('dist/src/cli/main.js'), ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  endWithUs(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  }
  const ended = once(child, 'close');
  const stop = async (): Promise<void> => {
    child.kill('SIGCONT');
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await ended;
    clearTimeout(timer);
  };
  return {
    pid: child.pid ?? 0,
    said: () => said,
    untilItSays: (words) => until(() => words.test(said), `${words} in:\n${said}`, PATIENCE_MS),
    kill: (signal) => child.kill(signal),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
