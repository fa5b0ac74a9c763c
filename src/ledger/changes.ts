import { setTimeout as wait } from 'node:timers/promises';
import type { Redis } from 'ioredis';

/** Tells which publications have changed, in the order in which they did. */
export interface LedgerChanges extends AsyncDisposable {
  /** Where the ledger's events stand now; what happens from here on, `next` tells. */
  position(): Promise<string>;
  /**
   * Waits for the next changes after a position, and answers at the latest after `waitMs`.
   *
   * @returns the names, each once, and the position after them; `isTorn` if events in between are not there any more,
   * so that anything may have changed
   */
  next(after: string, waitMs: number): Promise<ChangedPublications>;
}

export interface ChangedPublications {
  readonly publications: readonly string[];
  readonly position: string;
  readonly isTorn: boolean;
}

/** As many events as one answer brings at most. */
const AT_ONCE = 2_000;

/** Follows the ledger's stream of events over a connection of its own, which waiting blocks. */
export function openLedgerChanges(redis: Redis, prefix: string): LedgerChanges {
  const stream = `${prefix}:ledger:events`;
  return {
    async position() {
      const [last] = (await redis.xrevrange(stream, '+', '-', 'COUNT', 1)) as Entry[];
      return last?.[0] ?? '0-0';
    },
    async next(after, waitMs) {
      const answer = (await redis.xread(
        ...(['COUNT', AT_ONCE, 'BLOCK', Math.max(1, waitMs), 'STREAMS', stream, after] as const),
      )) as [string, Entry[]][] | null;
      const entries = answer?.[0]?.[1] ?? [];
      const names = entries.flatMap(
        ([, fields]) => fields[fields.indexOf('publication') + 1] ?? [],
      );
      return {
        publications: [...new Set(names)],
        position: entries.at(-1)?.[0] ?? after,
        isTorn: await isTorn(redis, stream, after, entries.length > 0),
      };
    },
    async [Symbol.asyncDispose]() {
      redis.disconnect();
    },
  };
}

type Entry = [id: string, fields: string[]];

/** True if the stream was trimmed beyond the position, or is another one than it was. */
async function isTorn(
  redis: Redis,
  stream: string,
  after: string,
  hasMore: boolean,
): Promise<boolean> {
  if (after === '0-0') return false;
  if (hasMore) {
    const [first] = (await redis.xrange(stream, '-', '+', 'COUNT', 1)) as Entry[];
    return first !== undefined && isBefore(after, first[0]);
  }
  const [last] = (await redis.xrevrange(stream, '+', '-', 'COUNT', 1)) as Entry[];
  return last === undefined || isBefore(last[0], after);
}

function isBefore(a: string, b: string): boolean {
  const [aMs = 0, aSequence = 0] = a.split('-').map(Number);
  const [bMs = 0, bSequence = 0] = b.split('-').map(Number);
  return aMs < bMs || (aMs === bMs && aSequence < bSequence);
}

/** Somebody who keeps what the ledger knows. */
export interface Follower {
  /** Takes what there is, instead of all that is known. */
  readAll(): Promise<void>;
  /** Takes what has changed. */
  readChanged(publications: readonly string[]): Promise<void>;
  /** Told of what failed; everything is read anew then. */
  onError(error: unknown): void;
  /** What changes soon after a change is read together with what comes so long after it. */
  readonly gatherMs?: number;
}

/** A step without an event, and one that was lost, is seen after this long at the latest. */
const READ_ALL_EVERY_MS = 15 * 60_000;
const WAIT_MS = 5_000;
const PAUSE_MS = 1_000;

/** Keeps a follower told until it is disposed, which closes `changes` too. */
export function followChanges(changes: LedgerChanges, follower: Follower): AsyncDisposable {
  const { gatherMs = 0 } = follower;
  const stopping = new AbortController();
  const pause = (ms: number) =>
    wait(ms, undefined, { signal: stopping.signal }).catch(() => undefined);

  const follow = async (): Promise<void> => {
    let position: string | undefined;
    let readAllAt = 0;
    while (!stopping.signal.aborted) {
      try {
        if (position === undefined || performance.now() - readAllAt > READ_ALL_EVERY_MS) {
          // In this order: what happens while it is read is told again afterwards.
          const before = await changes.position();
          await follower.readAll();
          position = before;
          readAllAt = performance.now();
        }
        const next = await changes.next(position, WAIT_MS);
        if (next.publications.length > 0) {
          await follower.readChanged(next.publications);
          if (gatherMs > 0) await pause(gatherMs);
        }
        position = next.isTorn ? undefined : next.position;
      } catch (error) {
        if (stopping.signal.aborted) return;
        follower.onError(error);
        position = undefined;
        await pause(PAUSE_MS);
      }
    }
  };
  const following = follow();

  return {
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await changes[Symbol.asyncDispose]();
      await following;
    },
  };
}
