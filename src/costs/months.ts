import type { Month } from '../core/prices.ts';
import { instantOf, wallClockOf } from '../schedule/wall-clock.ts';

/** The calendar month of an instant, by the clocks of a zone: `2026-12`. */
export function monthOf(instant: number, timezone: string): string {
  return new Date(wallClockOf(instant, timezone)).toISOString().slice(0, 7);
}

/** The month of an instant with the one before and the two after it. */
export function monthsAround(instant: number, timezone: string): readonly Month[] {
  const wall = new Date(wallClockOf(instant, timezone));
  return [-1, 0, 1, 2].map((offset) => {
    const first = Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() + offset, 1);
    return {
      name: new Date(first).toISOString().slice(0, 7),
      from: instantOf(first, timezone),
    };
  });
}
