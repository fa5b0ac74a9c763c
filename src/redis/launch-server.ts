import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../core/log.ts';

/** A server process that this process started. */
export interface ServerProcess {
  readonly pid: number | undefined;
  /** Resolves when it has ended, with the reason in words. */
  readonly ended: Promise<string>;
  /** What it said last, for a diagnosis. */
  lastWords(): string;
  /** Ends it cleanly; by force after `graceMs`. Resolves when nothing of it is left. */
  stop(graceMs?: number): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** Lets this process end although the server runs: it ends then, too. */
  unref(): void;
}

/**
 * Becomes the server, with a small shell beside it that reads from descriptor 4. Our end of it closes when
 * this process ends, however it ends: then the shell asks the server to stop. A line instead of the end
 * says that the server is gone already and its number perhaps somebody else's.
 * Descriptor 3 is the lock: the server keeps it, so the lock lasts as long as the server does.
 * A locale that the machine does not have keeps Redis from starting.
 */
const launchScript = `
( if ! read -r _ <&4; then kill -TERM "$$"; fi ) 3>&- >/dev/null 2>&1 &
LC_ALL=C; export LC_ALL
exec "$@" 4<&-
`;

/**
 * Starts a Redis server that ends with this process, even if this process is killed.
 *
 * @param options.lockFd open file that holds the lock on the data
 */
export function launchServer(options: {
  file: string;
  configFile: string;
  /** What follows the config on its command line. */
  flags?: readonly string[];
  lockFd?: number;
  log: Log;
}): ServerProcess {
  const command = [options.file, options.configFile, ...(options.flags ?? [])];
  const child = spawn('/bin/sh', ['-c', launchScript, 'sh', ...command], {
    stdio: ['ignore', 'pipe', 'pipe', options.lockFd ?? 'ignore', 'pipe'],
    // In a group of its own: Ctrl-C in a terminal is for Carillon, which ends its server last.
    detached: true,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      said = (said + chunk).slice(-8000);
      options.log.debug({ redis: chunk.trim() }, 'The private Redis says something.');
    });
  }
  const lifeline = child.stdio[4];
  lifeline?.on('error', () => {});
  if (lifeline instanceof Socket) lifeline.resume();
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(`it could not be started (${error.message})`));
    child.on('exit', (code, signal) => {
      if (lifeline instanceof Socket) lifeline.end('\n');
      resolve(signal === null ? `exit status ${code}` : signal);
    });
  });
  const closed = new Promise<void>((resolve) => {
    child.on('close', () => resolve());
    child.on('error', () => resolve());
  });

  /** Whether this process stays for the server's sake: for the child and each of its streams. */
  const hold = (how: 'ref' | 'unref'): void => {
    child[how]();
    for (const stream of child.stdio) if (stream instanceof Socket) stream[how]();
  };
  const stop = async (graceMs = 5000): Promise<void> => {
    hold('ref');
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await ended;
    clearTimeout(force);
    // A rewrite of the data that outlives a killed server for a moment may keep its output open.
    await Promise.race([closed, wait(1000, undefined, { ref: false })]);
  };
  return {
    pid: child.pid,
    ended,
    lastWords: () => said,
    stop,
    kill: (signal) => child.kill(signal),
    unref: () => hold('unref'),
  };
}
