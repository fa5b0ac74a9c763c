import { PUBLICATION_STATES, type PublicationState } from '../../core/publication.ts';
import type { Row } from './row.ts';
import { type RowCount, RowCounts } from './row-counts.ts';
import { SortedRows } from './sorted-rows.ts';

/**
 * Every publication of the ledger as lists show it, in memory, so that a page never reads the whole ledger.
 * Follows the ledger (see follow-ledger.ts) and may be a moment behind it.
 */
export interface Overview {
  /** False while it is being read for the first time. */
  readonly isComplete: boolean;
  /** Rises with every change. */
  readonly version: number;
  readonly size: number;
  get(publication: string): Row | undefined;
  count(state: PublicationState): number;
  /** Of every account, how many are in each state. */
  counts(): Iterable<RowCount>;
  /** In one state, by due time, or the latest first. */
  inState(state: PublicationState, limit: number, order?: 'soonest' | 'latest'): readonly Row[];
  /** What a person has to do something about, by due time. */
  needing(): Iterable<Row>;
  readonly needingCount: number;
  /** What went out last, the latest first. */
  latestPublished(limit: number): readonly Row[];
  /** Due from one instant until before another, by due time. */
  dueBetween(from: number, until: number): readonly Row[];
  /** Those that fit, the latest due first. `total` is of all that fit. */
  find(
    fits: (row: Row) => boolean,
    page: Page,
  ): { readonly rows: readonly Row[]; readonly total: number };
  /** Resolves with the next change, and when the signal aborts. */
  changed(signal: AbortSignal): Promise<void>;
}

export interface Page {
  readonly skip: number;
  readonly limit: number;
}

/** An overview that is told of changes. */
export interface OverviewKeeper extends Overview {
  /** Takes these instead of all that is known. */
  fill(rows: readonly Row[]): void;
  /** Takes what has changed; undefined for a publication that is gone. */
  update(changes: Iterable<readonly [publication: string, row: Row | undefined]>): void;
}

export function createOverview(): OverviewKeeper {
  const rows = new Map<string, Row>();
  const byDue = new SortedRows(({ due }) => due);
  const published = new SortedRows(({ publishedAt }) => publishedAt ?? 0);
  const needing = new SortedRows(({ due }) => due);
  const byState = new Map(
    PUBLICATION_STATES.map((state) => [state, new SortedRows(({ due }) => due)]),
  );
  const counts = new RowCounts();
  const waiting = new Set<() => void>();
  let isComplete = false;
  let version = 0;

  const tell = () => {
    version++;
    for (const resolve of waiting) resolve();
    waiting.clear();
  };
  const placesOf = (row: Row) => [
    byDue,
    ...(byState.has(row.state) ? [byState.get(row.state) as SortedRows] : []),
    ...(row.state === 'published' ? [published] : []),
    ...(row.need === undefined ? [] : [needing]),
  ];

  const byPlace = (some: readonly Row[]) => {
    const found = new Map<SortedRows, Row[]>();
    for (const row of some) {
      for (const place of placesOf(row)) {
        const mine = found.get(place);
        if (mine === undefined) found.set(place, [row]);
        else mine.push(row);
      }
    }
    return found;
  };

  return {
    get isComplete() {
      return isComplete;
    },
    get version() {
      return version;
    },
    get size() {
      return rows.size;
    },
    get: (publication) => rows.get(publication),
    count: (state) => byState.get(state)?.length ?? 0,
    counts: () => counts.all(),
    inState: (state, limit, order = 'soonest') =>
      byState.get(state)?.take(limit, { fromEnd: order === 'latest' }) ?? [],
    needing: () => needing.take(needing.length),
    get needingCount() {
      return needing.length;
    },
    latestPublished: (limit) => published.take(limit, { fromEnd: true }),
    dueBetween: (from, until) => byDue.between(from, until),
    find(fits, { skip, limit }) {
      const found: Row[] = [];
      let total = 0;
      for (const row of byDue.backwards()) {
        if (!fits(row)) continue;
        if (total >= skip && found.length < limit) found.push(row);
        total++;
      }
      return { rows: found, total };
    },
    changed: (signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const done = () => {
          signal.removeEventListener('abort', done);
          waiting.delete(done);
          resolve();
        };
        signal.addEventListener('abort', done);
        waiting.add(done);
      }),
    fill(all) {
      rows.clear();
      for (const row of all) rows.set(row.publication, row);
      counts.clear();
      counts.add(rows.values());
      const found = byPlace(all);
      for (const place of [byDue, published, needing, ...byState.values()]) {
        place.fill(found.get(place) ?? []);
      }
      isComplete = true;
      tell();
    },
    update(changes) {
      const [out, into]: [Row[], Row[]] = [[], []];
      for (const [publication, row] of new Map(changes)) {
        const old = rows.get(publication);
        if (old !== undefined) out.push(old);
        if (row === undefined) rows.delete(publication);
        else {
          rows.set(publication, row);
          into.push(row);
        }
      }
      counts.remove(out);
      counts.add(into);
      const [outOf, intoOf] = [byPlace(out), byPlace(into)];
      for (const place of new Set([...outOf.keys(), ...intoOf.keys()])) {
        place.exchange(outOf.get(place) ?? [], intoOf.get(place) ?? []);
      }
      tell();
    },
  };
}
