import { type ChildProcess, fork } from 'node:child_process';
import { openTurns } from '../core/turns.ts';
import type { FitAnswer, FitRequest } from './fit-file.ts';

/**
 * Fits images in processes of its own: whatever a hostile image does to the library that reads it, this process and
 * its secrets stay out of it, and the memory that large images take is given back.
 */
export interface Workshop {
  fit(request: FitRequest): Promise<FitAnswer>;
}

export interface WorkshopOptions {
  /** Time for one image. */
  readonly timeoutMs?: number;
  /** How long a process waits for another image before it ends. */
  readonly idleMs?: number;
  /** The file of the process; another one for tests. */
  readonly processFile?: URL;
}

/** Few, as one large image may take some hundred megabytes while it is worked on. */
const mostAtOnce = 2;
/** `.js` once built; `.ts` where the sources run themselves. */
const extension = import.meta.url.slice(import.meta.url.lastIndexOf('.'));

/** Opens a workshop. It starts a process with the first image, and keeps nobody alive while it has none. */
export function openWorkshop(options: WorkshopOptions = {}): Workshop {
  const { timeoutMs = 60_000, idleMs = 2_000 } = options;
  const file = options.processFile ?? new URL(`./fit-process${extension}`, import.meta.url);
  const inTurn = openTurns(mostAtOnce);
  const idle: Place[] = [];

  return {
    fit: (request) =>
      inTurn(async () => {
        const place = idle.pop() ?? { child: startProcess(file) };
        clearTimeout(place.closing);
        const answer = await ask(place.child, request, timeoutMs);
        if (!place.child.connected) return answer;
        idle.push(place);
        place.closing = setTimeout(() => {
          idle.splice(idle.indexOf(place), 1);
          place.child.disconnect();
        }, idleMs);
        place.closing.unref();
        return answer;
      }),
  };
}

interface Place {
  readonly child: ChildProcess;
  closing?: NodeJS.Timeout;
}

function startProcess(file: URL): ChildProcess {
  const child = fork(file, {
    // It needs none of what is in the environment, and secrets least of all.
    env: {},
    execArgv: extension === '.ts' ? ['--import', import.meta.resolve('tsx')] : [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // One that cannot even be started ends as one that broke off.
  child.on('error', () => undefined);
  return child;
}

const fault = {
  tooLong: 'It takes too long to be read. Save it smaller, or as JPEG or PNG.',
  broke: 'Reading it broke off: it may need too much memory, or be made to do harm. Save it anew.',
};

function ask(child: ChildProcess, request: FitRequest, timeoutMs: number): Promise<FitAnswer> {
  setKeepsAlive(child, true);
  return new Promise<FitAnswer>((resolve) => {
    const settle = (answer: FitAnswer) => {
      clearTimeout(timer);
      child.off('message', settle).off('exit', onEnd).off('error', onEnd);
      setKeepsAlive(child, false);
      resolve(answer);
    };
    const giveUp = (said: string) => {
      child.kill('SIGKILL');
      if (child.connected) child.disconnect();
      settle({ fault: said });
    };
    const onEnd = () => giveUp(fault.broke);
    const timer = setTimeout(() => giveUp(fault.tooLong), timeoutMs);
    child.on('message', settle).on('exit', onEnd).on('error', onEnd);
    if (child.connected) child.send(request, (error) => error && onEnd());
    else onEnd();
  });
}

function setKeepsAlive(child: ChildProcess, keeps: boolean): void {
  for (const handle of [child, child.channel]) {
    if (keeps) handle?.ref();
    else handle?.unref();
  }
}
