import type { Board, TimedIntent } from './board.ts';
import { leftOf } from './left-of.ts';
import { sayMove, sayTime } from './say-times.ts';
import { isWaiting } from './settled.ts';
import type { SingleWish } from './wish.ts';

interface Place {
  readonly at: number;
  readonly because: readonly string[];
}

/** Few: each step passes one account of the entry or one rule. */
const maxSteps = 1_000;

/** Places a publication that is wanted at a time, or now: there, or as soon after it as the rules allow. */
export function placeAtTime(intent: SingleWish, board: Board): TimedIntent {
  const { wish } = intent;
  const { ledger, now, settings, siblings } = board;
  const calendar = board.calendarOf(intent.account);
  const current = ledger.get(intent.publication);
  const recorded = isWaiting(current) ? current : undefined;
  const isNow = wish.at === 'now';
  const asked = typeof wish.at === 'number' ? wish.at : now;
  const wanted = asked + wish.rank * settings.staggerMs;
  const latest = asked + (wish.maxDelayMs ?? Number.POSITIVE_INFINITY);

  // Too late for it: it takes no place, and no rule brings it back.
  if (recorded === undefined && wanted + intent.publishByMs < now)
    return { ...intent, due: wanted };

  const place = findPlace();
  const hasNoPlace =
    place.because.length > 0 &&
    (place.at > latest || place.at >= (wish.before ?? Number.POSITIVE_INFINITY));
  const saysNow = isNow && { isPlannedNow: true };
  if (hasNoPlace) return { ...intent, ...saysNow, due: asked, hasNoPlace, reason: sayNoPlace() };

  calendar.occupy(place.at, intent.publication);
  siblings.place(intent, place.at);
  if (isNow && (place.at === now || (recorded?.isPlannedNow && recorded.due === place.at))) {
    return { ...intent, due: undefined };
  }
  return {
    ...intent,
    due: place.at,
    ...saysNow,
    publishByMs: leftOf(intent, place.at),
    ...reasonOf(place),
  };

  function findPlace(): Place {
    // Now has been once, at the first apply.
    if (isNow && recorded?.isPlannedNow && isFree(recorded.due)) {
      return { at: recorded.due, because: [] };
    }
    const place = search(wanted);
    // Its time is past, and it goes out at once: if it may.
    return place.at >= now || isFree(now) ? place : search(now);
  }

  function isFree(instant: number): boolean {
    return (
      instant >= (wish.notBefore ?? 0) &&
      calendar.blockAt(instant) === undefined &&
      siblings.blockAt(intent, instant) === undefined
    );
  }

  function search(from: number): Place {
    const because = new Set<string>();
    let at = from;
    if (wish.notBefore !== undefined && at < wish.notBefore) {
      at = wish.notBefore;
      because.add(sayEmbargo());
    }
    for (let step = 0; step < maxSteps; step++) {
      const free = calendar.nextFree(at);
      for (const reason of free.because) because.add(reason);
      at = free.at;
      const block = siblings.blockAt(intent, at);
      if (block === undefined) break;
      because.add(block.because);
      at = block.until;
    }
    return { at, because: [...because] };
  }

  function reasonOf({ at, because }: Place): { reason?: string; isRuled?: boolean } {
    if (because.length > 0) {
      const move = isNow ? `moved to ${sayTime(at, wish.timezone)}` : moved(at);
      // Now that an embargo puts off is what everybody expects.
      const isRuled = !isNow || because.some((reason) => reason !== sayEmbargo());
      return { reason: `${move}: ${because.slice(0, 3).join('; ')}`, isRuled };
    }
    if (at !== asked && at === wanted) {
      return { reason: `${moved(at)}: the accounts of an entry are staggered` };
    }
    const isBack = recorded !== undefined && recorded.due !== at && at === wanted;
    return isBack ? { reason: 'this is the time that its entry asks for' } : {};
  }

  function sayEmbargo(): string {
    return `not before ${sayTime(wish.notBefore ?? 0, wish.timezone)}`;
  }

  function moved(at: number): string {
    return `moved ${sayMove(asked, at, wish.timezone)}`;
  }

  function sayNoPlace(): string {
    const until =
      place.at > latest
        ? `${sayTime(latest, wish.timezone)}, which is its last moment (publishBy)`
        : 'the next time of its entry';
    return `no time fits from ${sayTime(asked, wish.timezone)} until ${until}: ${place.because.slice(0, 3).join('; ')}. Give it another time, or change the rule`;
  }
}
