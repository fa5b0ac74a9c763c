import { type Publication, slotOf } from '../core/publication.ts';
import { mayBeLive } from './settled.ts';
import type { WishedIntent } from './wish.ts';

/** Deals the articles and texts of a recurring entry out to its slots on one account, in turn. */
export interface Turns {
  /**
   * What goes out in a slot. Slots are to be asked for in ascending order. What the ledger has planned for a slot
   * stays, unless the one before it says the same: then they go on in their order.
   */
  takeAt(slot: string): { readonly intent: WishedIntent; readonly isRedealt: boolean };
}

/** States in which nothing goes out any more, and nothing did. */
const over = ['cancelled', 'missed', 'failed'];

/** `intents` are those of one entry on one account, at least one: one for each turn, in their order. */
export function openTurns(
  intents: readonly WishedIntent[],
  records: readonly Publication[],
): Turns {
  const turnOfPost = new Map<string, number>();
  for (const [turn, { fingerprint }] of intents.entries()) {
    if (!turnOfPost.has(fingerprint)) turnOfPost.set(fingerprint, turn);
  }
  const recorded = new Map<string, number | undefined>();
  for (const record of records) {
    const slot = slotOf(record);
    if (slot === undefined || over.includes(record.state)) continue;
    recorded.set(slot, turnOfPost.get(record.fingerprint));
  }
  // Those that nobody asks for here count only if they are out: the others are taken out.
  const slots = records
    .filter(({ state }) => mayBeLive.includes(state))
    .flatMap((record) => slotOf(record) ?? [])
    .sort();
  let passed = 0;
  let last = -1;

  const goTo = (slot: string) => {
    const known = recorded.get(slot);
    const isRedealt = known !== undefined && known === last && intents.length > 1;
    last = known === undefined || isRedealt ? (last + 1) % intents.length : known;
    return isRedealt;
  };
  return {
    takeAt(slot) {
      for (; (slots[passed] ?? slot) < slot; passed++) goTo(slots[passed] ?? '');
      const isRedealt = goTo(slot);
      if (slots[passed] === slot) passed++;
      return { intent: intents[last] as WishedIntent, isRedealt };
    },
  };
}
