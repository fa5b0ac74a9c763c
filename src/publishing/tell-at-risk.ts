import { atRiskOn } from '../core/at-risk.ts';
import { describeError } from '../core/log.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Publishing } from './publishing.ts';

/** Many publications may meet the same refusal at once: it is told once. */
const QUIET_MS = 60_000;
const SHOWN = 5;
const toldAt = new WeakMap<Ledger, Map<string, number>>();

/** Says in the log what waits for an account that a network has just refused. */
export async function tellAtRisk(account: string, publishing: Publishing): Promise<void> {
  const { ledger, log, clock } = publishing;
  const told = toldAt.get(ledger) ?? new Map<string, number>();
  toldAt.set(ledger, told);
  if (clock.monotonic() - (told.get(account) ?? Number.NEGATIVE_INFINITY) < QUIET_MS) return;
  told.set(account, clock.monotonic());
  try {
    const waiting = atRiskOn(account, await ledger.list(['scheduled', 'held']));
    const next = waiting
      .slice(0, SHOWN)
      .map(({ publication, due }) => `${publication} ${new Date(due).toISOString()}`);
    log.error(
      { account, publications: waiting.length, next },
      `Publications that wait until the access of ${account} is mended: ${waiting.length}.`,
    );
  } catch (error) {
    log.warn({ account, ...describeError(error) }, 'What waits for the account cannot be told.');
  }
}
