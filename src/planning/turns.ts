import { type Publication, slotOf } from '../core/publication.ts';
import type { WishedIntent } from './wish.ts';

/** Deals the articles and texts of a recurring entry out to its slots, in turn. */
export interface Turns {
  /**
   * The publications of a slot, one for each account. Slots are to be asked for in ascending order. What the ledger
   * has planned for a slot stays, unless the slot before it has the same: then they go on in their order.
   */
  takeAt(slot: string): readonly WishedIntent[];
}

/** States of publications that nobody has seen. */
const unseen = ['cancelled', 'missed', 'failed'];

/** `intents` are those of one entry: for each turn one of every account. */
export function openTurns(
  intents: readonly WishedIntent[],
  records: readonly Publication[],
): Turns {
  const byTurn = new Map<number, WishedIntent[]>();
  const turnOfPost = new Map<string, number>();
  for (const intent of intents) {
    const { turn } = intent.wish;
    byTurn.set(turn, [...(byTurn.get(turn) ?? []), intent]);
    const post = `${intent.account} ${intent.fingerprint}`;
    if (!turnOfPost.has(post)) turnOfPost.set(post, turn);
  }
  const recorded = new Map<string, number | undefined>();
  for (const record of records) {
    const slot = slotOf(record);
    if (slot === undefined || unseen.includes(record.state)) continue;
    const turn = turnOfPost.get(`${record.account} ${record.fingerprint}`);
    recorded.set(slot, recorded.get(slot) ?? turn);
  }
  const slots = [...recorded.keys()].sort();
  let seen = 0;
  let last = -1;

  const goTo = (slot: string) => {
    const known = recorded.get(slot);
    last = known === undefined || known === last ? (last + 1) % byTurn.size : known;
    return last;
  };
  return {
    takeAt(slot) {
      for (; seen < slots.length && (slots[seen] ?? '') < slot; seen++) goTo(slots[seen] ?? '');
      if (slots[seen] === slot) seen++;
      return byTurn.get(goTo(slot)) ?? [];
    },
  };
}
