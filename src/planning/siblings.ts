import { formatDuration } from '../core/duration.ts';
import { slotOf } from '../core/publication.ts';
import { type Block, toSecond } from './account-calendar.ts';
import type { ComposedIntent } from './wish.ts';

/** Keeps the accounts of one entry apart. */
export interface Siblings {
  place(intent: ComposedIntent, instant: number): void;
  blockAt(intent: ComposedIntent, instant: number): Block | undefined;
}

export function openSiblings(staggerMs: number): Siblings {
  const placed = new Map<string, { account: string; at: number }[]>();
  const keyOf = (intent: ComposedIntent) => `${intent.entry}@${slotOf(intent) ?? ''}`;
  if (staggerMs === 0) return { place: () => {}, blockAt: () => undefined };
  return {
    place(intent, at) {
      const key = keyOf(intent);
      placed.set(key, [...(placed.get(key) ?? []), { account: intent.account, at }]);
    },
    blockAt(intent, instant) {
      const near = placed.get(keyOf(intent))?.find(({ at }) => Math.abs(at - instant) < staggerMs);
      if (near === undefined) return undefined;
      const because = `${formatDuration(staggerMs)} must lie between it and the same on ${near.account}`;
      return { until: toSecond(near.at + staggerMs), because };
    },
  };
}
