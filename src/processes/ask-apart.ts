import { fork } from 'node:child_process';
import { environmentForPart } from '../../config/environment.ts';

/** `.js` once built; `.ts` where the sources run themselves. */
const extension = import.meta.url.slice(import.meta.url.lastIndexOf('.'));

export interface Question {
  /** A file beside this one, without its ending. */
  readonly program: string;
  /** Given to it before the config file. */
  readonly args?: readonly string[];
  readonly configFile: string | undefined;
  readonly stopped?: AbortSignal | undefined;
  /** Longer than any answer takes. */
  readonly timeoutMs: number;
}

/**
 * Starts a process that sends one message, and lets go of it: what it needs of memory is given back, and whatever
 * goes wrong there, this process goes on.
 *
 * @throws in words for people, if nothing came of it in time
 */
export function askApart<Answer>(question: Question): Promise<Answer> {
  const { program, args = [], configFile, stopped, timeoutMs } = question;
  const child = fork(
    new URL(`./${program}${extension}`, import.meta.url),
    configFile === undefined ? args : [...args, configFile],
    {
      env: environmentForPart(),
      execArgv: extension === '.ts' ? ['--import', import.meta.resolve('tsx')] : [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      // Maps and bytes as they are.
      serialization: 'advanced',
      ...(stopped && { signal: stopped }),
      killSignal: 'SIGKILL',
      timeout: timeoutMs,
    },
  );
  return new Promise((resolve, reject) => {
    child.once('message', (answer: Answer) => {
      child.disconnect();
      resolve(answer);
    });
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(new Error(`It ended early, without an answer (${signal ?? code}).`)),
    );
  });
}
