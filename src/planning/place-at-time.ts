import type { Board, TimedIntent } from './board.ts';
import { hasRules } from './has-rules.ts';
import { leftOf } from './left-of.ts';
import { type Asked, type Place, sayEmbargo, sayNoPlace, sayPlaced } from './say-placing.ts';
import { isWaiting } from './settled.ts';
import type { SingleWish } from './wish.ts';

/** Few: each step passes one account of the entry or one rule. */
const maxSteps = 1_000;

/** Places a publication that is wanted at a time, or now: there, or as soon after it as the rules allow. */
export function placeAtTime(intent: SingleWish, board: Board): TimedIntent {
  const { wish, publication } = intent;
  const { ledger, now } = board;
  const current = ledger.get(publication);
  const recorded = isWaiting(current) ? current : undefined;
  const asked = askedOf(intent, recorded?.due, board);
  // Too late for it: it takes no place, and no rule brings it back.
  if (recorded === undefined && asked.staggered + intent.publishByMs < now) {
    return { ...intent, due: asked.staggered };
  }

  const isNow = wish.at === 'now';
  const isKept = isNow && recorded?.isPlannedNow && isFree(recorded.due, intent, board);
  // Now has been once, at the first apply.
  const place = isKept ? keep(recorded.due) : findPlace(intent, asked, board);
  const saysNow = isNow && { isPlannedNow: true };
  const { before = Number.POSITIVE_INFINITY } = wish;
  if (place.at > asked.latest || place.at >= before) {
    const reason = sayNoPlace(intent, place, asked);
    return { ...intent, ...saysNow, due: asked.at, hasNoPlace: true, reason };
  }

  const publishByMs = leftOf(intent, place.at);
  if (place.at + publishByMs >= now) {
    board.calendarOf(intent.account).occupy(place.at, publication);
    board.siblings.place(intent, place.at);
  }
  const isFirstNow = isNow && place.at === now && !recorded?.isPlannedNow;
  if (isKept || isFirstNow) return { ...intent, due: undefined };
  const reason = sayPlaced(intent, place, asked);
  return {
    ...intent,
    ...saysNow,
    due: place.at,
    publishByMs,
    ...(reason !== undefined && { reason, isRuled: place.isRuled }),
  };
}

function askedOf({ wish, account }: SingleWish, before: number | undefined, board: Board): Asked {
  const at = typeof wish.at === 'number' ? wish.at : board.now;
  // Now is the first time that the rules allow: it has no time of its own to be too far from.
  const mostMs = wish.at === 'now' ? undefined : wish.maxDelayMs;
  return {
    at,
    staggered: at + wish.rank * board.settings.staggerMs,
    latest: at + (mostMs ?? Number.POSITIVE_INFINITY),
    before: mayBeMoved(account, board) ? before : undefined,
  };
}

/** Where no rule moves anything, another time is what people have written. */
function mayBeMoved(account: string, { rulesOf, settings }: Board): boolean {
  return hasRules(rulesOf(account)) || settings.staggerMs > 0;
}

function keep(at: number): Place {
  return { at, because: [], isRuled: false };
}

function findPlace(intent: SingleWish, { staggered }: Asked, board: Board): Place {
  const place = search(intent, staggered, board);
  // Its time is past, and it goes out at once: if it may.
  const isFine = place.at >= board.now || isFree(board.now, intent, board);
  return isFine ? place : search(intent, board.now, board);
}

function isFree(instant: number, intent: SingleWish, board: Board): boolean {
  return (
    instant >= (intent.wish.notBefore ?? 0) &&
    board.calendarOf(intent.account).blockAt(instant) === undefined &&
    board.siblings.blockAt(intent, instant) === undefined
  );
}

/** The first time from an instant on that the rules of the account, the embargo and the other accounts leave. */
function search(intent: SingleWish, from: number, { calendarOf, siblings }: Board): Place {
  const { notBefore } = intent.wish;
  const calendar = calendarOf(intent.account);
  const because = new Set<string>();
  let at = from;
  let isRuled = false;
  if (notBefore !== undefined && at < notBefore) {
    at = notBefore;
    because.add(sayEmbargo(intent));
    isRuled = intent.wish.at !== 'now';
  }
  for (let step = 0; step < maxSteps; step++) {
    const free = calendar.nextFree(at);
    for (const reason of free.because) because.add(reason);
    isRuled ||= free.because.length > 0;
    at = free.at;
    const block = siblings.blockAt(intent, at);
    if (block === undefined) break;
    because.add(block.because);
    at = block.until;
  }
  return { at, because: [...because], isRuled };
}
