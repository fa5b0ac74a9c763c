import { slotsFrom } from '../schedule/slots.ts';
import type { Board, TimedIntent } from './board.ts';
import { sayMove, sayTime } from './say-times.ts';
import { isWaiting } from './settled.ts';
import type { SingleWish } from './wish.ts';

/** Where rules forbid so many slots one after the other, they forbid them all. */
const maxForbidden = 2_000;

/**
 * Places what is wanted in the next free slot. What has a slot keeps it, unless it is none any more, a rule forbids
 * it, or the account lets fresher articles go first. Others fill what is free, first come first.
 */
export function placeInSlots(open: readonly SingleWish[], board: Board): readonly TimedIntent[] {
  const byAccount = new Map<string, SingleWish[]>();
  for (const intent of open) {
    if (intent.wish.at !== 'next-slot') continue;
    const known = byAccount.get(intent.account);
    if (known) known.push(intent);
    else byAccount.set(intent.account, [intent]);
  }
  return [...byAccount].flatMap(([account, intents]) => placeOnAccount(account, intents, board));
}

function placeOnAccount(
  account: string,
  intents: readonly SingleWish[],
  board: Board,
): readonly TimedIntent[] {
  const { ledger, now, timezone } = board;
  const { slots: rule, order } = board.rulesOf(account);
  const calendar = board.calendarOf(account);
  const slots = openSlots(slotsFrom(rule, timezone, now));
  const isFresh = order === 'freshest-first';
  const placed: TimedIntent[] = [];
  const waiting: { intent: SingleWish; because?: string; at?: number }[] = [];

  const take = (intent: SingleWish, due: number, reason?: string) => {
    calendar.occupy(due, intent.publication);
    placed.push({ ...intent, due, ...(reason !== undefined && { reason }) });
  };
  /** Why a slot cannot be had, if it cannot. */
  const forbids = (at: number): string | undefined => {
    const occupant = calendar.occupantOf(at);
    if (occupant !== undefined) return `${occupant} is there`;
    return calendar.blockAt(at)?.because;
  };

  for (const { intent, current } of byRecordedTime(intents, ledger)) {
    const at = current.due;
    if (isFresh) waiting.push({ intent, at });
    else {
      const because = whyNot(intent, at);
      if (because === undefined) take(intent, at);
      else waiting.push({ intent, at, because });
    }
  }
  for (const intent of intents) {
    if (!isWaiting(ledger.get(intent.publication))) waiting.push({ intent });
  }
  if (isFresh) waiting.sort((a, b) => freshness(b.intent) - freshness(a.intent));

  for (const { intent, at: before, because } of waiting) {
    const at = slots.firstFrom(intent.wish.notBefore ?? now, (slot) => forbids(slot) === undefined);
    if (at === undefined) placed.push(withoutPlace(intent));
    else take(intent, at, sayWhy(at, before, because));
  }
  return placed;

  function whyNot({ wish }: SingleWish, at: number): string | undefined {
    if (!slots.has(at)) return `${sayTime(at, timezone)} is no slot of ${account}`;
    if (wish.notBefore !== undefined && at < wish.notBefore) {
      return `not before ${sayTime(wish.notBefore, timezone)}`;
    }
    return forbids(at);
  }

  function sayWhy(at: number, before: number | undefined, because: string | undefined): string {
    if (before === undefined) return `the next free slot of ${account}`;
    const move = `moved ${sayMove(before, at, timezone)}`;
    if (because !== undefined) return `${move}: ${because}`;
    return `${move}: the freshest articles go first on ${account}`;
  }

  function withoutPlace(intent: SingleWish): TimedIntent {
    const reason =
      rule.length === 0
        ? `${account} has no slots. Add "slots" to the account, or give the entry a time`
        : `no slot of ${account} is free: its rules forbid them all. Change the slots or the rules`;
    return { ...intent, due: now, hasNoPlace: true, reason };
  }
}

function byRecordedTime(intents: readonly SingleWish[], ledger: Board['ledger']) {
  return intents
    .flatMap((intent) => {
      const current = ledger.get(intent.publication);
      return isWaiting(current) ? [{ intent, current }] : [];
    })
    .sort((a, b) => a.current.due - b.current.due);
}

/** Articles without a date are the least fresh. */
function freshness({ wish }: SingleWish): number {
  return wish.articleAt ?? Number.NEGATIVE_INFINITY;
}

interface Slots {
  has(instant: number): boolean;
  /** The first slot from an instant on that is free; one that was not free before is not asked again. */
  firstFrom(from: number, isFree: (slot: number) => boolean): number | undefined;
}

function openSlots(source: Generator<number, void, undefined>): Slots {
  const known: number[] = [];
  const all = new Set<number>();
  // From each place in the list: the next one that may be free.
  const next: number[] = [];
  let isHopeless = false;

  const at = (index: number): number | undefined => {
    while (known.length <= index) {
      const found = source.next();
      if (found.done) break;
      known.push(found.value);
      all.add(found.value);
    }
    return known[index];
  };
  const skipTaken = (index: number): number => {
    let free = index;
    while ((next[free] ?? free) !== free) free = next[free] ?? free;
    for (let i = index; i !== free; ) {
      const following = next[i] ?? i;
      next[i] = free;
      i = following;
    }
    return free;
  };
  const indexFrom = (instant: number): number => {
    while ((known.at(-1) ?? Number.NEGATIVE_INFINITY) < instant) {
      if (at(known.length) === undefined) break;
    }
    let low = 0;
    let high = known.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((known[middle] ?? 0) < instant) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    has(instant) {
      indexFrom(instant);
      return all.has(instant);
    },
    firstFrom(from, isFree) {
      let index = skipTaken(indexFrom(from));
      for (let forbidden = 0; !isHopeless; forbidden++) {
        const slot = at(index);
        if (slot === undefined) break;
        next[index] = index + 1;
        if (isFree(slot)) return slot;
        isHopeless = forbidden > maxForbidden;
        index = skipTaken(index);
      }
      return undefined;
    },
  };
}
