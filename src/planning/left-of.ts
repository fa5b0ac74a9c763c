import type { SingleWish } from './wish.ts';

/**
 * How long after the time that it was given a publication may still go out, in milliseconds: what its own entry allows
 * counts from the time that it asks for. One that recurs is over when the next comes: after an outage only the last
 * one goes out late, not all of them at once.
 */
export function leftOf({ wish, publishByMs }: SingleWish, due: number): number {
  const { at, maxDelayMs, before = Number.POSITIVE_INFINITY } = wish;
  const isOwn = typeof at === 'number' && maxDelayMs !== undefined;
  const left = isOwn ? at + maxDelayMs - due : publishByMs;
  return Math.max(Math.min(left, before - due), 0);
}
