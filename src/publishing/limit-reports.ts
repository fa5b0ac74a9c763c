import type { LimitSighting } from '../core/limits.ts';

export interface LimitReports {
  saw(account: string, sighting: LimitSighting): void;
  /** Hands on what was seen of the account since the last time. */
  tell(account: string): void;
}

/** More at once says nothing new. */
const MOST = 50;

/**
 * Gathers what answers say of limits until the ledger is told: right before it hears of an outcome, or a moment later
 * where no outcome follows. What is lost on the way is said again by the next answer.
 */
export function openLimitReports(
  send: (account: string, sightings: readonly LimitSighting[]) => Promise<void>,
  onError: (error: unknown) => void,
  lingerMs = 200,
): LimitReports {
  const seen = new Map<string, LimitSighting[]>();
  const tell = (account: string): void => {
    const sightings = seen.get(account);
    if (sightings === undefined) return;
    seen.delete(account);
    send(account, sightings).catch(onError);
  };
  return {
    saw(account, sighting) {
      const known = seen.get(account);
      if (known === undefined) {
        seen.set(account, [sighting]);
        setTimeout(() => tell(account), lingerMs).unref();
      } else {
        known.push(sighting);
        if (known.length > MOST) known.shift();
      }
    },
    tell,
  };
}
