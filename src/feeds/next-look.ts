const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** When a feed that could be read is asked again: as its publisher wants it, but within an hour if the config says so. */
export function waitAfterAnswer(everyMs: number, wishes: readonly (number | undefined)[]): number {
  const wished = Math.max(0, ...wishes.map((wish) => wish ?? 0));
  return Math.max(everyMs, Math.min(wished, hourMs));
}

/** The same for one that could not be read: longer from time to time, and never sooner than its server allows. */
export function waitAfterFailure(
  everyMs: number,
  failures: number,
  retryAfterMs: number | undefined,
): number {
  const backedOff = Math.min(everyMs * 2 ** Math.min(failures - 1, 10), Math.max(everyMs, hourMs));
  return Math.max(backedOff, Math.min(retryAfterMs ?? 0, dayMs));
}
