import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { endWithUs } from '../support/end-with-us.ts';

/** A program that has ended. */
export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
  /** From its start to its end. */
  readonly ms: number;
  /** Undefined unless it was asked for. */
  readonly used: Used | undefined;
}

/** What a process took of the machine. */
export interface Used {
  /** The most memory that it had. */
  readonly peakBytes: number;
  /** Of its own code and of the system's. */
  readonly processorMs: number;
}

export interface ProgramOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly tellsUse?: boolean;
}

/** Tells on a pipe of its own, at the end, as it could not be asked afterwards. */
const TELL_USE = `data:text/javascript,${encodeURIComponent(`import { writeSync } from 'node:fs';
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const used = { peakBytes: maxRSS * 1024, processorMs: (userCPUTime + systemCPUTime) / 1e3 };
  writeSync(3, JSON.stringify(used));
});`)}`;

/** Runs a program in Node to its end. */
export async function runNode(
  args: readonly string[],
  { env = process.env, cwd, tellsUse = false }: ProgramOptions = {},
): Promise<Ended> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...(tellsUse ? ['--import', TELL_USE] : []), ...args], {
    ...{ env, ...(cwd !== undefined && { cwd }) },
    stdio: ['ignore', 'pipe', 'pipe', tellsUse ? 'pipe' : 'ignore'],
  });
  endWithUs(child);
  const ended = once(child, 'exit').then(() => performance.now() - startedAt);
  const [ms, out, err, used] = await Promise.all([
    ended,
    readAll(child.stdout),
    readAll(child.stderr),
    readAll(child.stdio[3]),
  ]);
  return {
    ...{ status: child.exitCode, out, err, ms },
    used: used === '' ? undefined : (JSON.parse(used) as Used),
  };
}

async function readAll(stream: unknown): Promise<string> {
  return stream ? text(stream as NodeJS.ReadableStream) : '';
}
