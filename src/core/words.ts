/** `1 publication`, `3 publications`; `many` where an s does not do. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;
}

const UNITS = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1000, 'second'],
] as const;

/** A length of time in its largest whole unit: `5 minutes`, `90 seconds`. */
export function sayDuration(ms: number): string {
  const size = Math.abs(ms);
  for (const [unitMs, unit] of UNITS) {
    // Below two of a unit, the next smaller one tells more.
    if (size >= 2 * unitMs || (size >= unitMs && size % unitMs === 0)) {
      return count(Math.round(size / unitMs), unit);
    }
  }
  return size >= 1000 ? count(Math.round(size / 1000), 'second') : `${Math.round(size)} ms`;
}
