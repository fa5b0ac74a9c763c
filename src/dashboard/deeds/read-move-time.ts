import { openCalendar } from '../../core/say-time.ts';
import { readTime } from '../../schedule/local-time.ts';

/** When something is moved to, by the clocks of the config, as a field for date and time gives it. */
export function readMoveTime(
  given: string | undefined,
  timezone: string,
  now: number,
): { readonly due: number } | { readonly problem: string } {
  const reading = readTime((given ?? '').slice(0, 40), timezone);
  if ('problem' in reading) return reading;
  const due = reading.time.now ? now : reading.time.instant;
  if (due >= now) return { due };
  const past = openCalendar(timezone).short(due);
  return { problem: `${past} is past. Give a time to come.` };
}
