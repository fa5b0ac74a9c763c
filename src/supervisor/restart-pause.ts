/** When a part that died is started again. */
export interface RestartTimings {
  /** A part that ran this long was well: its next restart is the first again. */
  readonly steadyAfterMs: number;
  /** Pause before the second restart; it doubles from there. The first restart comes at once. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

export const usualRestartTimings: RestartTimings = {
  steadyAfterMs: 30_000,
  firstPauseMs: 1000,
  longestPauseMs: 30_000,
};

/**
 * The pause before a restart.
 *
 * @param quickDeaths how often in a row the part died soon after its start, this time included; 0 if it ran well
 */
export function restartPauseMs(quickDeaths: number, timings: RestartTimings): number {
  if (quickDeaths <= 1) return 0;
  return Math.min(timings.firstPauseMs * 2 ** (quickDeaths - 2), timings.longestPauseMs);
}
