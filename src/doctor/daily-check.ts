import { describeError, type Log } from '../core/log.ts';
import type { Examinations } from './examinations.ts';
import { type Finding, isFault, keyOf } from './finding.ts';

export interface DailyCheck {
  /** Examines everything, within its own time. */
  examine(): Promise<readonly Finding[]>;
  readonly examinations: Pick<Examinations, 'told' | 'keepTold'>;
  readonly log: Log;
  /** When the first one comes: nothing of a start is to wait for it. */
  readonly afterMs?: number;
  readonly everyMs?: number;
  /** When it comes again after an account could not be asked, or the check itself failed. */
  readonly retryMs?: number;
}

const HOUR_MS = 3_600_000;

/**
 * Examines everything soon after a start and once a day, beside whatever else its process does, and logs what has
 * changed since the last time.
 *
 * @returns starts an examination if it is time for one, and comes back at once
 */
export function openDailyCheck(check: DailyCheck): () => void {
  const { log, afterMs = 60_000, everyMs = 24 * HOUR_MS, retryMs = HOUR_MS } = check;
  let nextAt = performance.now() + afterMs;
  let isUnderWay = false;

  const examineOnce = async (): Promise<void> => {
    try {
      const findings = await check.examine();
      await tellChanges(findings, check);
      if (!findings.some(isRefusal)) nextAt = performance.now() + everyMs;
    } catch (error) {
      // The process is told to stop.
      if (error instanceof Error && error.name === 'AbortError') return;
      log.warn(describeError(error), 'The daily check could not be done; it is tried again.');
    }
  };
  return () => {
    if (isUnderWay || performance.now() < nextAt) return;
    isUnderWay = true;
    nextAt = performance.now() + retryMs;
    void examineOnce().finally(() => {
      isUnderWay = false;
    });
  };
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
