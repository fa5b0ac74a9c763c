import type { Publication } from '../core/publication.ts';

/**
 * How long each publication that goes on by one command waits: those that are due go out with a pause between two of
 * an account, as at the end of a pause.
 */
export function openOneByOne(gapMs: number, now: number): (publication: Publication) => number {
  const waits = new Map<string, number>();
  return ({ account, due }) => {
    if (due > now) return 0;
    const waitMs = waits.get(account) ?? 0;
    waits.set(account, waitMs + gapMs);
    return waitMs;
  };
}
