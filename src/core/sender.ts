import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * A process that sends, named so that no other can be taken for it: `<host>:<pid>:<start>`. The start tells a
 * process from a later one that was given the same pid.
 */
export function thisSender(): string {
  own ??= `${thisHost()}:${process.pid}:${startOf(process.pid) ?? ''}`;
  return own;
}

/** It is asked for with every publication, and the system has to be asked for it. */
let own: string | undefined;

/**
 * Whether a sender still runs. `elsewhere`: it is on another host, where nobody here can look.
 * @throws if the system does not tell: a sender is never taken for gone on a guess
 */
export function stateOfSender(sender: string): 'running' | 'gone' | 'elsewhere' {
  const parsed = parse(sender);
  if (parsed === undefined || parsed.host !== thisHost()) return 'elsewhere';
  return startOf(parsed.pid) === parsed.start ? 'running' : 'gone';
}

/**
 * Ends a sender on this host at once and waits until it is gone, so that it cannot send after it was judged.
 * Answers false if that could not be made sure.
 */
export async function endSender(sender: string): Promise<boolean> {
  const parsed = parse(sender);
  if (parsed === undefined) return false;
  for (let tries = 0; tries < 100; tries++) {
    const state = stateOfSender(sender);
    if (state !== 'running') return state === 'gone';
    try {
      process.kill(parsed.pid, 'SIGKILL');
    } catch {
      // It ended by itself in between, or belongs to another user: the next look tells.
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

/** By Linux, the same on every machine. */
const OUTERMOST_PROCESSES = 'pid:[4026531836]';

/**
 * The machine's name. Containers may share one and number their processes each for itself: what one of them sees
 * tells nothing of another's senders, so each counts as a host of its own.
 */
function thisHost(): string {
  const processes = readProcessNamespace();
  const isContainer = processes !== undefined && processes !== OUTERMOST_PROCESSES;
  return isContainer ? `${hostname()}/${processes.replace(/\D+/g, '')}` : hostname();
}

function readProcessNamespace(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return undefined;
  }
}

function parse(sender: string): { host: string; pid: number; start: string } | undefined {
  const match = /^(.*):(\d+):([^:]*)$/.exec(sender);
  if (match === null) return undefined;
  const [, host = '', pid, start = ''] = match;
  return { host, pid: Number(pid), start };
}

/** When a process started, in whatever words the system has for it; undefined if it does not run. */
function startOf(pid: number): string | undefined {
  if (process.platform === 'linux') {
    try {
      // After the name in brackets, which may hold anything: state is the 1st field, start time the 20th.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
      return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ESRCH') return undefined;
      throw error;
    }
  }
  try {
    const started = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    return started.trim().replaceAll(/[\s:]+/g, '-') || undefined;
  } catch (error) {
    // Status 1 is its way to say that there is no such process.
    if ((error as { status?: unknown }).status === 1) return undefined;
    throw error;
  }
}
