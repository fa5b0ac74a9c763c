import type { Finding } from '../doctor/finding.ts';
import { askApart } from './ask-apart.ts';
import type { ExaminationAnswer } from './examination-process.ts';

/** Longer than the accounts get, however long the config lets a request take. */
const timeoutMs = 5 * 60_000;

/**
 * Examines everything in a process of its own.
 *
 * @throws in words for people, if nothing came of it in time
 */
export async function examineApart(
  configFile: string | undefined,
  stopped: AbortSignal,
): Promise<readonly Finding[]> {
  const program = 'examination-process';
  const answer = await askApart<ExaminationAnswer>({ program, configFile, stopped, timeoutMs });
  if ('findings' in answer) return answer.findings;
  throw new Error(answer.error);
}
