import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { endWithUs } from '../support/end-with-us.ts';

/** A process that is started again whenever it ends, as a supervisor would. */
export interface Supervised {
  readonly name: string;
  /** How often it was started. */
  readonly starts: number;
  /** What it said last on standard error. */
  readonly lastWords: string;
  kill(signal: NodeJS.Signals): void;
  stop(): Promise<void>;
}

const restartAfterMs = 200;

export function superviseProcess(
  name: string,
  command: readonly string[],
  env: NodeJS.ProcessEnv,
  onLine: (line: string) => void = () => {},
): Supervised {
  let isStopping = false;
  let starts = 0;
  let lastWords = '';
  let child: ChildProcess;
  const run = async (): Promise<void> => {
    while (!isStopping) {
      starts += 1;
      const [file = '', ...args] = command;
      child = spawn(file, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
      endWithUs(child);
      child.stderr?.on('data', (chunk: Buffer) => {
        lastWords = (lastWords + chunk.toString()).slice(-4_000);
        onLine(chunk.toString());
      });
      await once(child, 'exit');
      if (!isStopping) await wait(restartAfterMs);
    }
  };
  const running = run();
  return {
    name,
    get starts() {
      return starts;
    },
    get lastWords() {
      return lastWords;
    },
    kill: (signal) => child.kill(signal),
    async stop() {
      isStopping = true;
      // One that stands still would never hear that it is to end.
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 8_000);
      await running;
      clearTimeout(timer);
    },
  };
}
