import { isMovedByHand, type Publication } from '../core/publication.ts';
import { type Board, openBoard, type Placing, type TimedIntent } from './board.ts';
import { leftOf } from './left-of.ts';
import { placeAtTime } from './place-at-time.ts';
import { placeInSlots } from './place-in-slots.ts';
import { isSettled, isWaiting } from './settled.ts';
import type { SingleWish } from './wish.ts';

/**
 * Gives every publication its time. What has one keeps it as long as its entry and the rules allow; explicit times
 * come before slots. Pure: the same wishes, ledger, rules and time give the same; and once that is applied, it gives
 * the same again.
 */
export function placeWishes(wishes: readonly SingleWish[], placing: Placing): TimedIntent[] {
  const board = openBoard(wishes, placing);
  const timed = new Map<string, TimedIntent>();
  const keep = (intent: TimedIntent) => timed.set(intent.publication, intent);

  const open = wishes.filter((intent) => {
    const current = placing.ledger.get(intent.publication);
    if (!isSettled(intent, current, placing.now)) return true;
    keep(leave(intent, current));
    return false;
  });
  for (const intent of inOrder(open, board)) keep(placeAtTime(intent, board));
  for (const intent of placeInSlots(open, board)) keep(intent);

  return wishes.flatMap(({ publication, wish }) => {
    const intent = timed.get(publication);
    return intent === undefined ? [] : [{ ...intent, asked: String(wish.at) }];
  });
}

/** Where a rule has put it, it stays. A later time in the config is passed on: the plan says that it comes too late. */
function leave(intent: SingleWish, current: Publication): TimedIntent {
  const { wish } = intent;
  const { due, isPlannedNow } = current;
  if (isMovedByHand(String(wish.at), current)) return { ...intent, due, isPlannedNow };
  if (wish.at === 'now') return { ...intent, due: isPlannedNow ? undefined : due };
  const stays = typeof wish.at === 'number' && wish.at > due ? wish.at : due;
  return { ...intent, due: stays, publishByMs: leftOf(intent, stays) };
}

/** What is recorded first, by its time; then what is new, by the time it asks for. */
function inOrder(open: readonly SingleWish[], { ledger, now, settings }: Board): SingleWish[] {
  return open
    .filter(({ wish }) => wish.at !== 'next-slot')
    .map((intent, index) => {
      const current = ledger.get(intent.publication);
      const { at, rank } = intent.wish;
      const asked = (typeof at === 'number' ? at : now) + rank * settings.staggerMs;
      return isWaiting(current)
        ? { intent, index, isNew: 0, time: current.due }
        : { intent, index, isNew: 1, time: asked };
    })
    .sort((a, b) => a.isNew - b.isNew || a.time - b.time || a.index - b.index)
    .map(({ intent }) => intent);
}
