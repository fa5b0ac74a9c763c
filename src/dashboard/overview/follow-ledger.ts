import { setTimeout as wait } from 'node:timers/promises';
import type { LedgerChanges } from '../../ledger/changes.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { createOverview, type Overview } from './overview.ts';
import { type Row, rowOf } from './row.ts';

interface FollowOptions {
  readonly ledger: Pick<Ledger, 'list' | 'getMany' | 'posts'>;
  readonly changes: LedgerChanges;
  readonly onError: (error: unknown) => void;
}

const PAGE = 500;
/** A step without an event, and one that was lost, shows after this long at the latest. */
const READ_ALL_EVERY_MS = 15 * 60_000;
const WAIT_MS = 5_000;
const PAUSE_MS = 1_000;
/** What changes soon after a change is read together: a ledger that changes all the time is read twice a second. */
const GATHER_MS = 500;

/** Keeps an overview of the ledger, from now until it is disposed. */
export function followLedger(options: FollowOptions): Overview & AsyncDisposable {
  const { ledger, changes, onError } = options;
  const overview = createOverview();
  const stopping = new AbortController();

  const readAll = async (): Promise<string> => {
    // In this order: what happens while it is read is told again afterwards.
    const position = await changes.position();
    const publications = await ledger.list();
    const rows: Row[] = [];
    for (let start = 0; start < publications.length; start += PAGE) {
      const page = publications.slice(start, start + PAGE);
      const posts = await ledger.posts(page.map(({ publication }) => publication));
      rows.push(...page.map((one) => rowOf(one, posts.get(one.publication))));
    }
    overview.fill(rows);
    return position;
  };
  const readChanged = async (names: readonly string[]) => {
    const [publications, posts] = await Promise.all([ledger.getMany(names), ledger.posts(names)]);
    overview.update(
      names.map((name, i) => {
        const publication = publications[i];
        return [name, publication && rowOf(publication, posts.get(name))] as const;
      }),
    );
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
        position = next.isTorn ? undefined : next.position;
        if (next.publications.length > 0) {
          await readChanged(next.publications);
          await wait(GATHER_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
        }
      } catch (error) {
        if (stopping.signal.aborted) return;
        onError(error);
        await wait(PAUSE_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
        position = undefined;
      }
    }
  };
  const following = follow();

  return Object.assign(overview, {
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await changes[Symbol.asyncDispose]();
      await following;
    },
  });
}
