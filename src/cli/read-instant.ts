import { readTime } from '../schedule/local-time.ts';
import { CallError } from './call.ts';

/** The instant that a call means, by the clocks of a zone; a day alone is its beginning. @throws {CallError} */
export function readInstant(text: string, timezone: string, now = Date.now()): number {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text.trim());
  const reading = readTime(isDay ? `${text.trim()} 00:00` : text, timezone);
  if ('problem' in reading) throw new CallError(reading.problem);
  return reading.time.now ? now : reading.time.instant;
}
