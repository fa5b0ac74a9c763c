export interface DailyRound {
  /** `again`: it was not done whole, and comes again as after an error. */
  work(): Promise<'again' | undefined>;
  onError(error: unknown): void;
  /** When the first one comes: nothing of a start is to wait for it. */
  readonly afterMs?: number;
  readonly everyMs?: number;
  /** When it comes again after it failed. */
  readonly retryMs?: number;
}

const HOUR_MS = 3_600_000;

/**
 * Does something once a day, beside whatever else its process does.
 *
 * @returns starts a round if it is time for one, and comes back at once
 */
export function openDailyRound(round: DailyRound): () => void {
  const { afterMs = HOUR_MS / 6, everyMs = 24 * HOUR_MS, retryMs = HOUR_MS } = round;
  let nextAt = performance.now() + afterMs;
  let isUnderWay = false;
  return () => {
    if (isUnderWay || performance.now() < nextAt) return;
    isUnderWay = true;
    nextAt = performance.now() + retryMs;
    round
      .work()
      .then((next) => {
        if (next !== 'again') nextAt = performance.now() + everyMs;
      })
      .catch((error: unknown) => round.onError(error))
      .finally(() => {
        isUnderWay = false;
      });
  };
}
