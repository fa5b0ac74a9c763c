import { join } from 'node:path';
import type { Config } from '../core/config.ts';
import type { Log } from '../core/log.ts';
import { ConfigError, type Problem } from '../core/problem.ts';
import { type MonthCosts, monthCosts } from '../costs/month-costs.ts';
import { onlyFromFeeds, planWithFeeds } from '../feeds/feed-plan.ts';
import { openImageFitter } from '../media/image-fitter.ts';
import { networkOf } from '../networks/registry.ts';
import { recordsAfter } from '../planning/after-apply.ts';
import { applyPlan } from '../planning/apply.ts';
import { composeIntents, type Intents } from '../planning/intents.ts';
import type { Plan } from '../planning/plan.ts';
import type { PlanNotes } from '../planning/plan-notes.ts';
import { tracePlanning } from '../planning/traced-ledger.ts';
import { findTwinProblems } from '../planning/twin-problems.ts';
import { recoverIfBehind } from '../publishing/recover.ts';
import { readArchivedRecords } from './archived-records.ts';
import { readKnownTexts } from './known-texts.ts';
import { refuseOtherLedger } from './namespace.ts';
import type { Storage } from './storage.ts';
import { twinRuleOf } from './twin-rule-of.ts';

/** Is told of a plan before it is applied; throws to keep it from being applied. */
export type Announce = (planned: Planned) => void | Promise<void>;

export interface Planned {
  readonly plan: Plan;
  readonly warnings: readonly Problem[];
  /** As the ledger was before. */
  readonly notes: PlanNotes;
  /** What the months from this one on cost once the plan is applied. */
  readonly costs: readonly MonthCosts[];
  /** When to apply again at the latest, so that no slot of a recurring entry comes unplanned. */
  readonly planAgainBy: number | undefined;
  /** Where the bytes of each image are, by hash. */
  readonly mediaFiles: ReadonlyMap<string, string>;
}

/** Holds a config against the ledger. */
export interface Planner {
  /** What apply would do. @throws {ConfigError} if a post cannot go out as it stands */
  plan(config: Config): Promise<Planned>;
  /** Makes ledger and queues match the config; `announce` is told before. @throws {ConfigError} as `plan` */
  apply(config: Config, announce?: Announce): Promise<Planned>;
  /** Applies only what has come from feeds: the entries with these ids, or all of them. @throws {ConfigError} as `plan` */
  applyFromFeeds(config: Config, ids: ReadonlySet<string> | 'all'): Promise<void>;
}

interface PlannerParts {
  readonly namespace: string;
  readonly dataDir: string;
  readonly storage: Storage;
  readonly log: Log;
}

export function openPlanner({ namespace, dataDir, storage, log }: PlannerParts): Planner {
  const { ledger, queues, journals, feedMemory, configReports, tracing } = storage;
  const applied = tracing ? tracePlanning(ledger, tracing) : ledger;
  const fitImage = openImageFitter(join(dataDir, 'media'));

  const plan = async (config: Config): Promise<Planned & { intents: Intents }> => {
    refuseOtherLedger(config, namespace);
    await recoverIfBehind(ledger, journals, log, storage.quietMs(config.publishing));
    const written = await composeIntents(config, networkOf, fitImage);
    if (written.problems.some(({ severity }) => severity === 'error')) {
      throw new ConfigError(written.problems);
    }
    const [records, now] = await Promise.all([ledger.list(), ledger.now()]);
    const known = await readKnownTexts(config, written.intents, { records, now, ledger });
    const twins = findTwinProblems(written.intents, twinRuleOf, known);
    if (twins.length > 0) throw new ConfigError([...written.problems, ...twins]);
    const beside = {
      ...{ memory: feedMemory, records, known, now },
      readArchived: (intents: Intents['intents']) =>
        readArchivedRecords(intents, { ledger, records }),
    };
    const planned = await planWithFeeds(config, written, { ...beside, networkOf, fitImage });
    const ledgerNow = new Map(records.map((record) => [record.publication, record]));
    const publications = recordsAfter(planned.plan.changes, ledgerNow, now);
    const costs = monthCosts({ config, publications, sums: await ledger.monthlySums(), now });
    const { problems, mediaFiles } = planned.intents;
    return { ...planned, costs, warnings: problems, mediaFiles };
  };

  const applyPlanned = (intents: Intents, planned: Plan): Promise<Plan> =>
    applyPlan(planned, {
      ledger: applied,
      mediaFiles: intents.mediaFiles,
      enqueue: queues.enqueue,
    });

  return {
    plan,
    async apply(config, announce) {
      const { intents, plan: planned, ...beside } = await plan(config);
      await announce?.({ ...beside, plan: planned });
      const done = await applyPlanned(intents, planned);
      await configReports.clear();
      return { ...beside, plan: done };
    },
    async applyFromFeeds(config, ids) {
      const { intents, plan: planned } = await plan(config);
      await applyPlanned(intents, onlyFromFeeds(planned, config.feeds, ids));
    },
  };
}
