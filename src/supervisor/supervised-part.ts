import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../core/log.ts';
import { readLines } from './lines.ts';
import { type RestartTimings, restartPauseMs } from './restart-pause.ts';

/** A program to keep running. */
export interface Part {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Its whole environment; that of this process without it. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface PartState {
  readonly name: string;
  readonly pid: number | undefined;
  readonly state: 'starting' | 'running' | 'ready' | 'waiting' | 'given up' | 'stopped';
  readonly restarts: number;
  /** Where it is reached, if it has said so. */
  readonly url: string | undefined;
}

export interface PartOptions {
  readonly log: Log;
  readonly onLine: (part: string, stream: 'stdout' | 'stderr', line: string) => void;
  readonly onReady?: (part: string, url: string | undefined) => void;
  readonly onGivenUp?: (part: string, exitCode: number) => void;
  readonly timings: RestartTimings;
}

/** Exit codes that say that starting again cannot help: a wrong call or config. */
const hopelessExitCodes: readonly number[] = [2, 78];

/** One part: its process, and what happens when that ends. */
export class SupervisedPart {
  readonly #part: Part;
  readonly #options: PartOptions;
  readonly settled: Promise<void>;
  #settle: () => void = () => {};
  #child: ChildProcess | undefined;
  #state: PartState['state'] = 'starting';
  #url: string | undefined;
  #restarts = 0;
  #quickDeaths = 0;
  #startedAt = 0;
  #restart: NodeJS.Timeout | undefined;
  #isStopping = false;
  #gone: Promise<void> = Promise.resolve();
  #silent: Promise<void> = Promise.resolve();

  constructor(part: Part, options: PartOptions) {
    this.#part = part;
    this.#options = options;
    this.settled = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.#start();
  }

  get state(): PartState {
    return {
      name: this.#part.name,
      pid: this.#child?.pid,
      state: this.#state,
      restarts: this.#restarts,
      url: this.#url,
    };
  }

  /** Sends a signal to the process and all that it started, if it runs. */
  signal(signal: NodeJS.Signals): void {
    const pid = this.#child?.pid;
    if (pid === undefined) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // It has just ended.
    }
  }

  async stop(graceMs: number): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#restart);
    this.#child?.kill('SIGTERM');
    const force = setTimeout(() => {
      this.#options.log.warn(`${this.#part.name} does not stop, and is ended by force.`);
      this.signal('SIGKILL');
    }, graceMs);
    await this.#gone;
    clearTimeout(force);
    // Its last words; a process that it left behind may hold its output open for ever.
    await Promise.race([this.#silent, wait(500, undefined, { ref: false })]);
    if (this.#state !== 'given up') this.#state = 'stopped';
    this.#settle();
  }

  #start(): void {
    const { command, args, env } = this.#part;
    this.#startedAt = performance.now();
    this.#url = undefined;
    this.#state = 'running';
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // In a group of its own: Ctrl-C in a terminal reaches the supervisor alone, which then stops its parts.
      detached: true,
      ...(env === undefined ? {} : { env: { ...env } }),
    });
    this.#child = child;
    if (child.stdout) readLines(child.stdout, (line) => this.#say('stdout', line));
    if (child.stderr) readLines(child.stderr, (line) => this.#say('stderr', line));
    child.on('message', (message) => this.#hear(message));
    this.#silent = new Promise((resolve) => {
      child.once('close', () => resolve());
    });
    this.#gone = new Promise((resolve) => {
      child.once('error', (error: NodeJS.ErrnoException) => {
        // A failed signal is an error as well, of a process that runs.
        if (child.pid !== undefined) return;
        resolve();
        this.#onEnd(`it could not be started (${error.code ?? error.message})`, undefined);
      });
      child.once('exit', (code, signal) => {
        resolve();
        this.#onEnd(signal ?? `exit code ${code}`, code ?? undefined);
      });
    });
  }

  #say(stream: 'stdout' | 'stderr', line: string): void {
    this.#options.onLine(this.#part.name, stream, line);
  }

  #hear(message: unknown): void {
    if (typeof message !== 'object' || message === null) return;
    if (!('ready' in message) || message.ready !== true) return;
    this.#state = 'ready';
    this.#url = 'url' in message && typeof message.url === 'string' ? message.url : undefined;
    this.#settle();
    this.#options.onReady?.(this.#part.name, this.#url);
  }

  #onEnd(reason: string, exitCode: number | undefined): void {
    this.#child = undefined;
    if (this.#isStopping) return;
    const { name } = this.#part;
    const { log, timings } = this.#options;
    if (exitCode !== undefined && hopelessExitCodes.includes(exitCode)) {
      this.#state = 'given up';
      log.error(`${name} cannot run (${reason}): see what it says above. It is not started again.`);
      this.#settle();
      this.#options.onGivenUp?.(name, exitCode);
      return;
    }
    const ranMs = performance.now() - this.#startedAt;
    this.#quickDeaths = ranMs < timings.steadyAfterMs ? this.#quickDeaths + 1 : 0;
    const pauseMs = restartPauseMs(this.#quickDeaths, timings);
    const when = pauseMs === 0 ? 'at once' : `in ${pauseMs / 1000} s`;
    log.warn(
      `${name} ended after ${Math.round(ranMs / 1000)} s (${reason}): starting it again ${when}.`,
    );
    this.#state = 'waiting';
    this.#restart = setTimeout(() => {
      this.#restarts += 1;
      this.#start();
    }, pauseMs);
  }
}
