import { isOpen, type Publication, publicationName, slotOf } from '../core/publication.ts';
import type { Recurrence, ScheduleSettings } from '../core/schedule.ts';
import { occurrencesFrom } from '../schedule/occurrences.ts';
import { instantOf } from '../schedule/wall-clock.ts';
import { openTurns, type Turns } from './turns.ts';
import type { SingleWish, WishedIntent } from './wish.ts';

export interface LayingOut {
  readonly ledger: ReadonlyMap<string, Publication>;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly settings: ScheduleSettings;
}

export interface LaidOut {
  readonly wishes: readonly SingleWish[];
  /** Publications of recurring entries that are over: neither wanted again nor taken out. */
  readonly resting: ReadonlySet<string>;
  /** Recurring entries of the config. */
  readonly recurring: ReadonlySet<string>;
  /** When to plan again at the latest, so that no slot comes unplanned; undefined if nothing recurs. */
  readonly planAgainBy: number | undefined;
}

/** More slots of one entry are not planned ahead at once: they follow as time goes on. */
const maxAhead = 500;

/**
 * Lays recurring entries out into a publication for each of their slots: those to come within the horizon, and those
 * of the past that are still on their way. What has never been planned by its time is not wanted any more.
 */
export function layOutEntries(wished: readonly WishedIntent[], laying: LayingOut): LaidOut {
  const wishes: SingleWish[] = [];
  const recurring = new Map<string, WishedIntent[]>();
  for (const intent of wished) {
    if (isSingle(intent)) wishes.push(intent);
    else recurring.set(intent.entry, [...(recurring.get(intent.entry) ?? []), intent]);
  }
  if (recurring.size === 0) {
    return { wishes, resting: new Set(), recurring: new Set(), planAgainBy: undefined };
  }

  const records = recordsOf(recurring, laying.ledger);
  let planAgainBy = laying.now + laying.settings.horizonMs / 2;
  for (const [entry, turns] of recurring) {
    const laid = layOutEntry(turns, records.get(entry) ?? [], laying);
    wishes.push(...laid.wishes);
    // Half-way through what is planned there is still time for it, whatever happens.
    if (laid.isCut) planAgainBy = Math.min(planAgainBy, (laying.now + laid.plannedUntil) / 2);
  }
  const wanted = new Set(wishes.map(({ publication }) => publication));
  const resting = [...records.values()].flat().filter((record) => {
    return !wanted.has(record.publication) && !isOpen(record.state) && record.state !== 'handoff';
  });
  return {
    wishes,
    resting: new Set(resting.map(({ publication }) => publication)),
    recurring: new Set(recurring.keys()),
    planAgainBy,
  };
}

function isSingle(intent: WishedIntent): intent is SingleWish {
  return typeof intent.wish.at !== 'object';
}

/** What the ledger has of each recurring entry. */
function recordsOf(
  entries: ReadonlyMap<string, unknown>,
  ledger: ReadonlyMap<string, Publication>,
): ReadonlyMap<string, readonly Publication[]> {
  const records = new Map<string, Publication[]>();
  for (const record of ledger.values()) {
    if (!entries.has(record.entry) || slotOf(record) === undefined) continue;
    const known = records.get(record.entry);
    if (known) known.push(record);
    else records.set(record.entry, [record]);
  }
  return records;
}

function layOutEntry(
  intents: readonly WishedIntent[],
  records: readonly Publication[],
  { now, settings }: LayingOut,
): {
  readonly wishes: readonly SingleWish[];
  readonly isCut: boolean;
  readonly plannedUntil: number;
} {
  const recurrence = intents[0]?.wish.at as Recurrence;
  const waiting = records.filter(({ state }) => isOpen(state) || state === 'handoff');
  const isWaiting = new Set(waiting.map(({ publication }) => publication));
  const planned = waiting.map((record) => instantOfSlot(record, recurrence.timezone));
  const from = Math.min(now, ...planned);
  const until = Math.max(now + settings.horizonMs, ...planned);

  const turnsOf = new Map<string, Turns>();
  for (const account of new Set(intents.map((intent) => intent.account))) {
    const isOwn = (one: { readonly account: string }) => one.account === account;
    turnsOf.set(account, openTurns(intents.filter(isOwn), records.filter(isOwn)));
  }
  const wishes: SingleWish[] = [];
  let ahead = 0;
  let last: SingleWish[] = [];
  for (const { slot, instant } of occurrencesFrom(recurrence, from)) {
    wishes.push(...last.map((one) => ({ ...one, wish: { ...one.wish, before: instant } })));
    last = [];
    if (instant > until || ahead >= maxAhead) {
      return { wishes, isCut: instant <= until, plannedUntil: instant };
    }
    if (instant >= now) ahead++;
    for (const [account, turns] of turnsOf) {
      const publication = publicationName(intents[0]?.entry ?? '', account, slot);
      const isOver = instant < now && !isWaiting.has(publication);
      if (isOver || restsAt(instant, account, settings)) continue;
      const { intent, isRedealt } = turns.takeAt(slot);
      last.push({ ...intent, publication, isRedealt, wish: { ...intent.wish, at: instant } });
    }
  }
  return { wishes: [...wishes, ...last], isCut: false, plannedUntil: until };
}

/** In a blackout it rests: to catch up with all of its slots afterwards would be a burst. */
function restsAt(instant: number, account: string, settings: ScheduleSettings): boolean {
  const blackout = settings.accounts.get(account)?.blackout ?? [];
  return blackout.some(({ from, to }) => instant >= from && instant < to);
}

function instantOfSlot(record: Publication, timezone: string): number {
  const wall = Date.parse(`${slotOf(record)}Z`);
  return Number.isNaN(wall) ? record.due : instantOf(wall, timezone);
}
