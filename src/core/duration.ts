const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const;

/** How people write a length of time: `300ms`, `90s`, `15m`, `2h`, `3d`. */
export const durationPattern = /^(\d{1,12})(ms|s|m|h|d)$/;

/** Milliseconds of a length of time as people write it, or undefined if it is none. */
export function parseDuration(text: string): number | undefined {
  const [, count, unit] = durationPattern.exec(text.trim()) ?? [];
  const size = units.find(([name]) => name === unit)?.[1];
  if (count === undefined || size === undefined) return undefined;

  const ms = Number(count) * size;
  return Number.isSafeInteger(ms) ? ms : undefined;
}

/** Writes a length of time so that `parseDuration` reads the same back, in the largest unit that is exact. */
export function formatDuration(ms: number): string {
  if (ms === 0) return '0s';
  const [name, size] = units.find(([, length]) => ms % length === 0) ?? ['ms', 1];
  return `${ms / size}${name}`;
}
