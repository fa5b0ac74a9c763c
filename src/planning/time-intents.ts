import type { Config } from '../core/config.ts';
import type { Publication } from '../core/publication.ts';
import type { TimedIntent } from './board.ts';
import { layOutEntries } from './lay-out-entries.ts';
import { placeWishes } from './place-wishes.ts';
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

/**
 * Says when everything that is wanted goes out: recurring entries in their slots, the rest at its time or in the next
 * free slot, all within the rules of the accounts. Pure.
 */
export function timeIntents(
  wished: readonly WishedIntent[],
  { config, ledger, now }: Timing,
): Timed {
  const { schedule: settings, timezone } = config;
  const laid = layOutEntries(wished, { ledger, now, settings });
  return { ...laid, intents: placeWishes(laid.wishes, { settings, timezone, ledger, now }) };
}
