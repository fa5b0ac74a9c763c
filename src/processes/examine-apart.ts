import { fork } from 'node:child_process';
import { environmentForPart } from '../../config/environment.ts';
import type { Finding } from '../doctor/finding.ts';
import type { ExaminationAnswer } from './examination-process.ts';

/** Longer than the accounts get, however long the config lets a request take. */
const timeoutMs = 5 * 60_000;
/** `.js` once built; `.ts` where the sources run themselves. */
const extension = import.meta.url.slice(import.meta.url.lastIndexOf('.'));

/**
 * Examines everything in a process of its own: what the networks' libraries need of memory is given back, and
 * whatever goes wrong there, this process goes on.
 *
 * @throws in words for people, if nothing came of it in time
 */
export function examineApart(
  configFile: string | undefined,
  stopped: AbortSignal,
): Promise<readonly Finding[]> {
  const child = fork(
    new URL(`./examination-process${extension}`, import.meta.url),
    configFile === undefined ? [] : [configFile],
    {
      env: environmentForPart(),
      execArgv: extension === '.ts' ? ['--import', import.meta.resolve('tsx')] : [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      signal: stopped,
      killSignal: 'SIGKILL',
      timeout: timeoutMs,
    },
  );
  return new Promise((resolve, reject) => {
    child.once('message', (answer: ExaminationAnswer) => {
      child.disconnect();
      if ('findings' in answer) resolve(answer.findings);
      else reject(new Error(answer.error));
    });
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(new Error(`The examination ended early (${signal ?? code}).`)),
    );
  });
}
