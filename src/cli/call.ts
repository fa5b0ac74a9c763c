import type { OptionName } from './options.ts';

/** Where a command reads and writes; tests stand in for it. */
export interface Io {
  /** Writes to standard output. */
  out(text: string): void;
  /** Writes to standard error. */
  err(text: string): void;
  /** What people type, or what is piped in; absent: nobody answers. */
  readonly input?: NodeJS.ReadableStream;
  /** How wide the output is; 80 where there is no terminal. */
  readonly columns: number;
  readonly hasColors: boolean;
  /** True if people read standard error as it comes. */
  readonly isErrTerminal: boolean;
  /** The environment; that of this process without it. */
  readonly env?: NodeJS.ProcessEnv;
  /** The working directory; that of this process without it. */
  readonly cwd?: string;
}

/** A command as it was called, checked against the table of commands. */
export interface Call {
  readonly command: string;
  /** What stands beside the options, in order. */
  readonly args: readonly string[];
  has(option: OptionName): boolean;
  valueOf(option: OptionName): string | undefined;
  readonly io: Io;
}

/** What the file of a command exports. `run` answers the exit status. */
export interface CommandModule {
  run(call: Call): Promise<number>;
}

/** 0 done; 1 it failed; 2 the config or the call is wrong. */
export const EXIT = { done: 0, failed: 1, wrongCall: 2 } as const;

/** The call cannot be carried out as it was written. The message says what to write instead. */
export class CallError extends Error {
  override readonly name = 'CallError';
}
