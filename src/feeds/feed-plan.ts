import type { Config, Feed } from '../core/config.ts';
import type { FitImage } from '../core/fitted-image.ts';
import { isOpen, type Publication } from '../core/publication.ts';
import type { Network } from '../networks/network.ts';
import { composeFeedIntents, joinIntents, withoutCancels } from '../planning/feed-intents.ts';
import type { Intents } from '../planning/intents.ts';
import { type Plan, planChanges } from '../planning/plan.ts';
import { notesOf, type PlanNotes } from '../planning/plan-notes.ts';
import { timeIntents } from '../planning/time-intents.ts';
import type { KnownText } from '../planning/twin-problems.ts';
import type { WishedIntent } from '../planning/wish.ts';
import { isEntryOf } from './entry-keys.ts';
import { readFeedEntries } from './feed-entries.ts';
import type { FeedMemory } from './feed-memory.ts';

export interface PlanningWithFeeds {
  readonly memory: FeedMemory;
  readonly records: readonly Publication[];
  /** What is archived and concerns these, beyond the records. */
  readonly readArchived?: (intents: readonly WishedIntent[]) => Promise<readonly Publication[]>;
  /** What is up on networks that forbid the same text on two accounts. */
  readonly known?: readonly KnownText[];
  readonly networkOf: (id: string) => Network;
  readonly fitImage: FitImage;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface PlanWithFeeds {
  readonly intents: Intents;
  readonly plan: Plan;
  readonly notes: PlanNotes;
  readonly planAgainBy: number | undefined;
}

/** What apply would do for the entries of the config, which are composed, and for what its feeds have given. */
export async function planWithFeeds(
  config: Config,
  written: Intents,
  planning: PlanningWithFeeds,
): Promise<PlanWithFeeds> {
  const { memory, records, known = [], networkOf, fitImage, now } = planning;
  const given = await readFeedEntries(config, memory, records, now);
  const ledger = new Map(records.map((record) => [record.publication, record]));
  const composed = await composeFeedIntents(config, given.entries, networkOf, fitImage, {
    intents: written.intents,
    known,
    isOut: (publication) => !isOpen(ledger.get(publication)?.state ?? 'scheduled'),
  });
  const intents = joinIntents(written, composed);
  for (const record of (await planning.readArchived?.(intents.intents)) ?? []) {
    ledger.set(record.publication, record);
  }
  const timed = timeIntents(intents.intents, { config, ledger, now });
  const plan = withoutCancels(
    planChanges({ ...timed, ledger, now }),
    (publication) => given.leftAlone.has(publication) || composed.faulty.has(publication),
  );
  const notes = notesOf(timed.intents, ledger);
  return { intents, plan, notes, planAgainBy: timed.planAgainBy };
}

/**
 * The part of a plan that concerns some entries of feeds, or all of them. It takes nothing out, and touches nothing
 * that stands in the config: for that the config has to be read again.
 */
export function onlyFromFeeds(
  plan: Plan,
  feeds: readonly Feed[],
  ids: ReadonlySet<string> | 'all',
): Plan {
  const isMeant = (entry: string) =>
    ids === 'all' ? feeds.some(({ id }) => isEntryOf(id, entry)) : ids.has(entry);
  const changes = plan.changes.filter(
    ({ action, intent }) => action !== 'cancel' && intent !== undefined && isMeant(intent.entry),
  );
  return { ...plan, changes };
}
