import { z } from 'zod';
import { durationPattern, formatDuration, parseDuration } from '../src/core/duration.ts';

/** A length of time as people write it, in milliseconds once read; both bounds are allowed. */
export function duration(least: number, most: number) {
  const words = 'must be a length of time such as 90s, 15m, 2h or 3d';
  return z
    .string({ error: words })
    .regex(durationPattern, words)
    .refine(
      (text) => {
        const ms = parseDuration(text);
        return ms === undefined || (ms >= least && ms <= most);
      },
      `must be between ${formatDuration(least)} and ${formatDuration(most)}`,
    )
    .transform((text) => parseDuration(text) ?? 0);
}
