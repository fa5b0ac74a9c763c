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
  /** The most memory that it had in use. Undefined unless that was asked for. */
  readonly peakBytes: number | undefined;
}

export interface ProgramOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly tellsPeak?: boolean;
}

/** Tells on a pipe of its own, at the end, as it could not be asked afterwards. */
const TELL_PEAK = `data:text/javascript,${encodeURIComponent(
  "import { writeSync } from 'node:fs'; process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS * 1024)));",
)}`;

/** Runs a program in Node to its end. */
export async function runNode(
  args: readonly string[],
  { env = process.env, cwd, tellsPeak = false }: ProgramOptions = {},
): Promise<Ended> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...(tellsPeak ? ['--import', TELL_PEAK] : []), ...args], {
    ...{ env, ...(cwd !== undefined && { cwd }) },
    stdio: ['ignore', 'pipe', 'pipe', tellsPeak ? 'pipe' : 'ignore'],
  });
  endWithUs(child);
  const ended = once(child, 'exit').then(() => performance.now() - startedAt);
  const [ms, out, err, peak] = await Promise.all([
    ended,
    readAll(child.stdout),
    readAll(child.stderr),
    readAll(child.stdio[3]),
  ]);
  const peakBytes = tellsPeak ? Number(peak) : undefined;
  return { status: child.exitCode, out, err, ms, peakBytes };
}

async function readAll(stream: unknown): Promise<string> {
  return stream ? text(stream as NodeJS.ReadableStream) : '';
}
