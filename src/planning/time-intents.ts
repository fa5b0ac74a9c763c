import type { Config } from '../core/config.ts';
import type { Publication } from '../core/publication.ts';
import type { ScheduleSettings } from '../core/schedule.ts';
import { ledgerAfter } from './after-apply.ts';
import type { TimedIntent } from './board.ts';
import { hasRules } from './has-rules.ts';
import { layOutEntries } from './lay-out-entries.ts';
import { placeWishes } from './place-wishes.ts';
import { hasWork, planChanges } from './plan.ts';
import type { WishedIntent } from './wish.ts';

export interface Timing {
  readonly config: Pick<Config, 'schedule' | 'timezone'>;
  readonly ledger: ReadonlyMap<string, Publication>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface Timed {
  /** Each at its time. */
  readonly intents: readonly TimedIntent[];
  /** Publications of recurring entries that are over: neither wanted again nor to be taken out. */
  readonly resting: ReadonlySet<string>;
  /** Recurring entries of the config. */
  readonly recurring: ReadonlySet<string>;
  /** When to plan again at the latest, so that no slot comes unplanned; undefined if nothing recurs. */
  readonly planAgainBy: number | undefined;
}

/** Each round settles what the one before has freed: two are usual, and more than this would only be a quarrel. */
const MOST_ROUNDS = 8;

/**
 * Says when everything that is wanted goes out: recurring entries in their slots, the rest at its time or in the next
 * free slot, all within the rules of the accounts. Once that is applied, the same question has the same answer: what
 * a change frees is given away at once, not by the next apply. Pure.
 */
export function timeIntents(wished: readonly WishedIntent[], timing: Timing): Timed {
  const { now } = timing;
  let timed = timeOnce(wished, timing);
  if (isWithoutRules(timing.config.schedule) && timed.recurring.size === 0) return timed;
  for (let round = 1; round < MOST_ROUNDS; round++) {
    const plan = planChanges({ ...timed, ledger: timing.ledger, now });
    if (!hasWork(plan)) return timed;
    const ledger = ledgerAfter(plan.changes, timing.ledger, now);
    const again = timeOnce(wished, { ...timing, ledger });
    if (!hasWork(planChanges({ ...again, ledger, now }))) return timed;
    timed = { ...again, intents: keepReasons(again.intents, timed.intents) };
  }
  return timed;
}

/** True if nothing that one publication does moves another. */
function isWithoutRules({ staggerMs, accounts }: ScheduleSettings): boolean {
  return (
    staggerMs === 0 &&
    [...accounts.values()].every((rules) => rules.slots.length === 0 && !hasRules(rules))
  );
}

const FREED = 'what the other changes leave free';

/** What stays where the round before has put it is there for the reason that was given then. */
function keepReasons(again: Timed['intents'], before: Timed['intents']): Timed['intents'] {
  const known = new Map(before.map((intent) => [intent.publication, intent]));
  return again.map((intent) => {
    const last = known.get(intent.publication);
    const stays = last?.due === intent.due && last?.hasNoPlace === intent.hasNoPlace;
    if (last === undefined) return intent;
    if (stays && last.fingerprint === intent.fingerprint) return last;
    return { ...intent, reason: intent.reason ?? FREED };
  });
}

function timeOnce(wished: readonly WishedIntent[], { config, ledger, now }: Timing): Timed {
  const { schedule: settings, timezone } = config;
  const laid = layOutEntries(wished, { ledger, now, settings });
  return { ...laid, intents: placeWishes(laid.wishes, { settings, timezone, ledger, now }) };
}
