import { setTimeout as wait } from 'node:timers/promises';
import type { PublishingSettings } from '../core/config.ts';
import type { Publication } from '../core/publication.ts';
import type { LedgerChanges } from '../ledger/changes.ts';
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

/** A step without an event, and one that was lost, is seen after this long at the latest. */
const READ_ALL_EVERY_MS = 15 * 60_000;
const WAIT_MS = 5_000;
const PAUSE_MS = 1_000;

/** What a condition is made of: much less than the whole record. */
type Watched = AlertingFacts;

/** Follows the ledger: reads what is in trouble once, and then only what changes. */
export function watchPublications({ ledger, changes, onError }: Watching): WatchedPublications {
  const stopping = new AbortController();
  const watched = new Map<string, Watched>();
  let isComplete = false;

  const keep = (name: string, record: Publication | undefined) => {
    watched.delete(name);
    if (record === undefined || !ALERTING_STATES.some((state) => state === record.state)) return;
    const { publication, state, generation, due, publishBy, error } = record;
    watched.set(name, { publication, state, generation, due, publishBy, error });
  };
  const readAll = async (): Promise<string> => {
    // In this order: what happens while it is read is told again afterwards.
    const position = await changes.position();
    const records = await ledger.list(ALERTING_STATES);
    watched.clear();
    for (const record of records) keep(record.publication, record);
    isComplete = true;
    return position;
  };
  const follow = async () => {
    let position: string | undefined;
    let readAllAt = 0;
    while (!stopping.signal.aborted) {
      try {
        if (position === undefined || performance.now() - readAllAt > READ_ALL_EVERY_MS) {
          position = await readAll();
          readAllAt = performance.now();
        }
        const next = await changes.next(position, WAIT_MS);
        const records = await ledger.getMany(next.publications);
        next.publications.forEach((name, i) => {
          keep(name, records[i]);
        });
        position = next.isTorn ? undefined : next.position;
      } catch (error) {
        if (stopping.signal.aborted) return;
        onError(error);
        position = undefined;
        isComplete = false;
        await wait(PAUSE_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  };
  const following = follow();

  return {
    conditions(settings, now) {
      if (!isComplete) return undefined;
      return [...watched.values()].flatMap((one) => conditionOf(one, settings, now) ?? []);
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await changes[Symbol.asyncDispose]();
      await following;
    },
  };
}
