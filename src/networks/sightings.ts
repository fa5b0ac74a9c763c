import type { LimitOwner, LimitSighting } from '../core/limits.ts';
import type { Answer } from './outcome.ts';
import { skewOf } from './outcome.ts';

/** A header says whole seconds, and so does the date that the clocks are compared by. */
const ROUNDING_MS = 1_000;

/** A number in a header that is one, whole and not negative; undefined for anything else. */
export function countIn(headers: Answer['headers'], name: string): number | undefined {
  const value = headers[name];
  if (typeof value !== 'string' || !/^\d{1,15}$/.test(value)) return undefined;
  return Number(value);
}

export interface WrittenWindow {
  readonly most: number | undefined;
  readonly left: number | undefined;
  /** Seconds since 1970, by the network's clock. */
  readonly resetAt: number | undefined;
}

/**
 * A count as headers give it. Nothing if it cannot be one: no count, more left than there are, or a reset that is
 * over. One too far ahead is taken as that of a whole window.
 */
export function windowSeen(
  { most, left, resetAt }: WrittenWindow,
  { name, of, perMs }: { readonly name: string; readonly of: LimitOwner; readonly perMs: number },
  headers: Answer['headers'],
  now: number,
): LimitSighting[] {
  if (most === undefined || left === undefined || resetAt === undefined) return [];
  if (most < 1 || most > 1e9 || left > most) return [];
  const resetInMs = resetAt * 1_000 - skewOf(headers, now) - now + ROUNDING_MS;
  if (resetInMs <= 0) return [];
  const bounded = Math.min(resetInMs, perMs + 60_000);
  return [{ kind: 'window', of, name, most, left, perMs, resetInMs: Math.ceil(bounded) }];
}
