import type { Config } from '../core/config.ts';
import type { FitImage } from '../core/fitted-image.ts';
import type { Publication } from '../core/publication.ts';
import type { Network } from '../networks/network.ts';
import { composeFeedIntents, joinIntents, withoutCancels } from '../planning/feed-intents.ts';
import type { Intents } from '../planning/intents.ts';
import { type Plan, planChanges } from '../planning/plan.ts';
import { readFeedEntries } from './feed-entries.ts';
import type { FeedMemory } from './feed-memory.ts';

export interface PlanningWithFeeds {
  readonly memory: FeedMemory;
  readonly records: readonly Publication[];
  readonly networkOf: (id: string) => Network;
  readonly fitImage: FitImage;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface FeedPlan {
  readonly intents: Intents;
  readonly plan: Plan;
}

/** What apply would do for the entries of the config and for what its feeds have given. */
export async function planWithFeeds(
  config: Config,
  written: Intents,
  planning: PlanningWithFeeds,
): Promise<FeedPlan> {
  const { given, composed } = await composeGiven(config, planning);
  const intents = joinIntents(written, composed);
  const plan = withoutCancels(
    planChanges({ intents: intents.intents, ledger: byName(planning.records), now: planning.now }),
    (publication) => given.leftAlone.has(publication) || composed.faulty.has(publication),
  );
  return { intents, plan };
}

/**
 * The same for some entries of the feeds alone, or for all of them. It touches nothing that stands in the config, and
 * takes nothing out: for that the config has to be read again.
 */
export async function planFeedEntries(
  config: Config,
  ids: ReadonlySet<string> | 'all',
  planning: PlanningWithFeeds,
): Promise<FeedPlan> {
  const { composed } = await composeGiven(config, planning, ids);
  const plan = planChanges({
    intents: composed.intents,
    ledger: byName(planning.records),
    now: planning.now,
  });
  return { intents: composed, plan: withoutCancels(plan, () => true) };
}

async function composeGiven(
  config: Config,
  { memory, records, networkOf, fitImage, now }: PlanningWithFeeds,
  ids: ReadonlySet<string> | 'all' = 'all',
) {
  const given = await readFeedEntries(config, memory, records, now);
  const entries = given.entries.filter(({ id }) => ids === 'all' || ids.has(id));
  return { given, composed: await composeFeedIntents(config, entries, networkOf, fitImage) };
}

function byName(records: readonly Publication[]): ReadonlyMap<string, Publication> {
  return new Map(records.map((record) => [record.publication, record]));
}
