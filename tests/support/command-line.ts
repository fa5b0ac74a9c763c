import type { Io } from '../../src/cli/call.ts';
import { main } from '../../src/cli/main.ts';

export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions extends Partial<Pick<Io, 'columns' | 'hasColors' | 'cwd' | 'input'>> {
  readonly env?: Readonly<Record<string, string>>;
}

/** Carries out a command line in this process, with nothing of this process's environment but its PATH. */
export async function runCommand(argv: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const status = await main(argv, {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    columns: 80,
    hasColors: false,
    isErrTerminal: false,
    ...options,
    env: { PATH: process.env.PATH, ...options.env },
  });
  return { status, out: out.join(''), err: err.join('') };
}
