import type { Log } from '../core/log.ts';
import { type RestartTimings, usualRestartTimings } from './restart-pause.ts';
import { type Part, type PartState, SupervisedPart } from './supervised-part.ts';

export interface SuperviseOptions {
  readonly log: Log;
  /** Gets every line that a part writes. */
  readonly onLine: (part: string, stream: 'stdout' | 'stderr', line: string) => void;
  /** A part has said that it is ready; again after each restart. */
  readonly onReady?: (part: string, url: string | undefined) => void;
  /** A part ended because its config or call is wrong (exit code 2 or 78): it is not started again. */
  readonly onGivenUp?: (part: string, exitCode: number) => void;
  readonly timings?: Partial<RestartTimings>;
  /** How long parts get to end by themselves when they are stopped. */
  readonly stopGraceMs?: number;
}

/** Keeps child processes running. */
export interface Supervisor extends AsyncDisposable {
  parts(): readonly PartState[];
  /** Resolves once every part is ready or given up. */
  readonly settled: Promise<void>;
  /** Ends all parts, by force after the grace. Resolves when none is left. */
  stop(): Promise<void>;
}

/**
 * Starts every part as a child process and starts one that ends again. Parts end with this process, even if it
 * is killed: they see the channel to it close.
 */
export function supervise(parts: readonly Part[], options: SuperviseOptions): Supervisor {
  const timings = { ...usualRestartTimings, ...options.timings };
  const stopGraceMs = options.stopGraceMs ?? 8000;
  const supervised = parts.map((part) => new SupervisedPart(part, { ...options, timings }));
  // The last act of a process that ends without stop(), as after an uncaught error.
  const endAll = (): void => {
    for (const part of supervised) part.signal('SIGTERM');
  };
  process.on('exit', endAll);
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= Promise.all(supervised.map((part) => part.stop(stopGraceMs))).then(() => {
      process.off('exit', endAll);
    });
    return stopped;
  };
  return {
    parts: () => supervised.map((part) => part.state),
    settled: Promise.all(supervised.map((part) => part.settled)).then(() => {}),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
