import type { PublishingSettings } from '../core/config.ts';
import type { Publication } from '../core/publication.ts';
import { followChanges, type LedgerChanges } from '../ledger/changes.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Condition } from './condition.ts';
import { ALERTING_STATES, type AlertingFacts, conditionOf } from './publication-condition.ts';

interface Watching {
  readonly ledger: Pick<Ledger, 'list' | 'getMany'>;
  readonly changes: LedgerChanges;
  readonly onError: (error: unknown) => void;
}

/** The publications that a person may have to know of. */
export interface WatchedPublications extends AsyncDisposable {
  /** Undefined while they are being read for the first time, or again after an error. */
  conditions(settings: PublishingSettings, now: number): readonly Condition[] | undefined;
}

/** What a condition is made of: much less than the whole record. */
type Watched = AlertingFacts;

/** Follows the ledger: reads what is in trouble once, and then only what changes. */
export function watchPublications({ ledger, changes, onError }: Watching): WatchedPublications {
  const watched = new Map<string, Watched>();
  let isComplete = false;

  const keep = (name: string, record: Publication | undefined) => {
    watched.delete(name);
    if (record === undefined || record.archive?.isArchived) return;
    if (!ALERTING_STATES.some((state) => state === record.state)) return;
    const { publication, state, generation, due, publishBy, error } = record;
    watched.set(name, { publication, state, generation, due, publishBy, error });
  };
  const following = followChanges(changes, {
    async readAll() {
      const records = await ledger.list(ALERTING_STATES);
      watched.clear();
      for (const record of records) keep(record.publication, record);
      isComplete = true;
    },
    async readChanged(names) {
      const records = await ledger.getMany(names);
      names.forEach((name, i) => {
        keep(name, records[i]);
      });
    },
    onError(error) {
      isComplete = false;
      onError(error);
    },
  });

  return {
    conditions(settings, now) {
      if (!isComplete) return undefined;
      return [...watched.values()].flatMap((one) => conditionOf(one, settings, now) ?? []);
    },
    [Symbol.asyncDispose]: () => following[Symbol.asyncDispose](),
  };
}
