import { type DailyRound, openDailyRound } from '../core/daily-round.ts';
import { describeError, type Log } from '../core/log.ts';
import type { Examinations } from './examinations.ts';
import { type Finding, isFault, keyOf } from './finding.ts';

/** Also where an account could not be asked it comes again as after an error. */
export interface DailyCheck extends Pick<DailyRound, 'afterMs' | 'everyMs' | 'retryMs'> {
  /** Examines everything, within its own time. */
  examine(): Promise<readonly Finding[]>;
  readonly examinations: Pick<Examinations, 'told' | 'keepTold'>;
  readonly log: Log;
}

/**
 * Examines everything soon after a start and once a day, beside whatever else its process does, and logs what has
 * changed since the last time.
 *
 * @returns starts an examination if it is time for one, and comes back at once
 */
export function openDailyCheck(check: DailyCheck): () => void {
  const { log, afterMs = 60_000 } = check;
  return openDailyRound({
    ...check,
    afterMs,
    async work() {
      const findings = await check.examine();
      await tellChanges(findings, check);
      return findings.some(isRefusal) ? 'again' : undefined;
    },
    onError(error) {
      // The process is told to stop.
      if (error instanceof Error && error.name === 'AbortError') return;
      log.warn(describeError(error), 'The daily check could not be done; it is tried again.');
    },
  });
}

function isRefusal({ check, code, severity }: Finding): boolean {
  return check === 'account' && severity !== 'ok' && code.startsWith('refused');
}

/** Each fault is logged once, until it is over or has become another. */
async function tellChanges(
  findings: readonly Finding[],
  { examinations, log }: DailyCheck,
): Promise<void> {
  const before = await examinations.told();
  const faults = findings.filter(isFault);
  const told = new Map(faults.map((fault) => [keyOf(fault), fault.message]));
  for (const fault of faults) {
    if (before.has(keyOf(fault))) continue;
    const { check, account, severity, message, remedy } = fault;
    const fields = { check, ...(account !== undefined && { account }) };
    log[severity === 'error' ? 'error' : 'warn'](fields, `${message} ${remedy}`);
  }
  for (const [key, message] of before) {
    if (!told.has(key)) log.info(`No longer so: ${message}`);
  }
  await examinations.keepTold(told);
}
