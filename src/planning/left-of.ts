import type { SingleWish } from './wish.ts';

/**
 * How long after the time that it was given a publication may still go out, in milliseconds: what its own entry allows
 * counts from the time that it asks for.
 */
export function leftOf({ wish, publishByMs }: SingleWish, due: number): number {
  const { at, maxDelayMs } = wish;
  if (typeof at !== 'number' || maxDelayMs === undefined) return publishByMs;
  return Math.max(at + maxDelayMs - due, 0);
}
