import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { endWithUs } from '../support/end-with-us.ts';

/** A process that works until it is disposed of. */
export interface Part extends AsyncDisposable {
  readonly pid: number;
  /** From its start until it said that it is ready. */
  readonly readyMs: number;
  /** What it told when it was ready. */
  readonly told: Readonly<Record<string, unknown>>;
  /** Kills it, without a chance to clean up. */
  kill9(): Promise<void>;
}

/**
 * Starts a program in Node. It is ready once it has told so to its parent, as every process of Carillon does, or has
 * said `readyWords` on standard output.
 */
export async function startPart(
  args: readonly string[],
  env = process.env,
  readyWords?: string,
): Promise<Part> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe', readyWords === undefined ? 'ipc' : 'ignore'],
  });
  endWithUs(child);
  let lastWords = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    lastWords = (lastWords + chunk.toString()).slice(-4_000);
  });
  const told = await Promise.race([
    once(child, 'message').then(([message]) => message as Record<string, unknown>),
    saysOn(child, readyWords).then(() => ({})),
    once(child, 'exit').then(() => undefined),
  ]);
  if (told === undefined) throw new Error(`${args.join(' ')} ended: ${lastWords}`);
  return {
    pid: child.pid ?? 0,
    readyMs: performance.now() - startedAt,
    told,
    kill9: () => end(child, 'SIGKILL'),
    [Symbol.asyncDispose]: () => end(child, 'SIGTERM'),
  };
}

/** What comes after the words goes nowhere. */
async function saysOn({ stdout }: ChildProcess, words: string | undefined): Promise<void> {
  let said = '';
  await new Promise<void>((resolve) => {
    stdout?.on('data', (chunk: Buffer) => {
      if (words === undefined) return;
      said = (said + chunk.toString()).slice(-4_000);
      if (said.includes(words)) resolve();
    });
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(timer);
}
