import { spawn } from 'node:child_process';

/** What a program that was run to its end said. */
export interface ProgramResult {
  /** Undefined if the program does not exist or could not be started. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Why it could not be started or was ended, such as `ENOENT` or `SIGKILL`. */
  readonly failure?: string;
}

/** The environment to look for programs in; undefined is this process's own. */
export type Environment = Readonly<Record<string, string | undefined>> | undefined;

/** Runs a program and collects what it says. Never throws. */
export function runProgram(
  file: string,
  args: readonly string[],
  options: {
    env?: Environment;
    input?: string;
    timeoutMs?: number;
    argv0?: string;
    /** Open file that the program gets as its descriptor 3. */
    inheritFd?: number;
  } = {},
): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      stdio: ['pipe', 'pipe', 'pipe', options.inheritFd ?? 'ignore'],
      ...(options.env === undefined ? {} : { env: { ...options.env } }),
      ...(options.argv0 === undefined ? {} : { argv0: options.argv0 }),
      ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
    });
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
    });
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    // A program that ends without reading its input is no failure of ours.
    child.stdin?.on('error', () => {});
    child.stdin?.end(options.input ?? '');
    child.on('error', (error: NodeJS.ErrnoException) => {
      resolve({ exitCode: undefined, stdout, stderr, failure: error.code ?? error.message });
    });
    child.on('close', (code, signal) => {
      resolve(
        code === null
          ? { exitCode: undefined, stdout, stderr, failure: signal ?? 'ended' }
          : { exitCode: code, stdout, stderr },
      );
    });
  });
}
