import type { Publication } from '../core/publication.ts';
import type { AccountRules, ScheduleSettings } from '../core/schedule.ts';
import { type AccountCalendar, openAccountCalendar } from './account-calendar.ts';
import { isSettled, isWaiting } from './settled.ts';
import { openSiblings, type Siblings } from './siblings.ts';
import type { SingleWish } from './wish.ts';

/** A publication at the time that the rules of its account give it. */
export interface TimedIntent extends SingleWish {
  /** Why it is there: the end of a sentence for people; undefined if it is where its entry asks for. */
  readonly reason?: string;
  /** True if a rule has put it elsewhere than its entry asks for. */
  readonly isRuled?: boolean;
  /** True if no time fits its entry and the rules: `due` is then the time that its entry asks for. */
  readonly hasNoPlace?: boolean;
}

export interface Placing {
  readonly settings: ScheduleSettings;
  /** Of the config: whose days and quiet hours count. */
  readonly timezone: string;
  readonly ledger: ReadonlyMap<string, Publication>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** All that is known while the publications of a plan are placed one after the other. */
export interface Board extends Placing {
  readonly siblings: Siblings;
  calendarOf(account: string): AccountCalendar;
  rulesOf(account: string): AccountRules;
}

const freeRules: AccountRules = {
  slots: [],
  order: 'first-come',
  quietHours: [],
  blackout: [],
  gapMs: 0,
};

/** A board on which stands what nothing moves any more: what is out, on its way, or due. */
export function openBoard(wishes: readonly SingleWish[], placing: Placing): Board {
  const { settings, timezone, ledger, now } = placing;
  const calendars = new Map<string, AccountCalendar>();
  const rulesOf = (account: string) => settings.accounts.get(account) ?? freeRules;
  const calendarOf = (account: string) => {
    const known = calendars.get(account);
    if (known) return known;
    const calendar = openAccountCalendar(account, rulesOf(account), timezone);
    calendars.set(account, calendar);
    return calendar;
  };
  const siblings = openSiblings(settings.staggerMs);
  const wishOf = new Map(wishes.map((intent) => [intent.publication, intent]));
  for (const current of ledger.values()) {
    const { publication, account, due } = current;
    const wanted = wishOf.get(publication);
    const stays = wanted ? isSettled(wanted, current, now) : !isWaiting(current);
    const isThere = !['cancelled', 'failed', 'missed'].includes(current.state);
    if (!stays || !isThere) continue;
    calendarOf(account).occupy(due, publication);
    if (wanted) siblings.place(wanted, due);
  }
  return { ...placing, siblings, calendarOf, rulesOf };
}
