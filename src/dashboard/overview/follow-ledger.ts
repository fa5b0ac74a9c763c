import { followChanges, type LedgerChanges } from '../../ledger/changes.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { createOverview, type Overview } from './overview.ts';
import { type Row, rowOf } from './row.ts';

interface FollowOptions {
  readonly ledger: Pick<Ledger, 'list' | 'getMany' | 'posts'>;
  readonly changes: LedgerChanges;
  readonly onError: (error: unknown) => void;
}

const PAGE = 500;
/** A ledger that changes all the time is read twice a second. */
const GATHER_MS = 500;

/** Keeps an overview of the ledger, from now until it is disposed. */
export function followLedger(options: FollowOptions): Overview & AsyncDisposable {
  const { ledger, changes, onError } = options;
  const overview = createOverview();
  const following = followChanges(changes, {
    async readAll() {
      const publications = await ledger.list();
      const rows: Row[] = [];
      for (let start = 0; start < publications.length; start += PAGE) {
        const page = publications.slice(start, start + PAGE);
        const posts = await ledger.posts(page.map(({ publication }) => publication));
        rows.push(...page.map((one) => rowOf(one, posts.get(one.publication))));
      }
      overview.fill(rows);
    },
    async readChanged(names) {
      const [publications, posts] = await Promise.all([ledger.getMany(names), ledger.posts(names)]);
      overview.update(
        names.map((name, i) => {
          const publication = publications[i];
          const isShown = publication !== undefined && !publication.archive?.isArchived;
          return [name, isShown ? rowOf(publication, posts.get(name)) : undefined] as const;
        }),
      );
    },
    onError,
    gatherMs: GATHER_MS,
  });
  return Object.assign(overview, {
    [Symbol.asyncDispose]: () => following[Symbol.asyncDispose](),
  });
}
