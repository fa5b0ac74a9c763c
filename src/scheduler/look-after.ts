import { describeError, type Log } from '../core/log.ts';
import type { Post } from '../core/post.ts';
import type { Publication } from '../core/publication.ts';
import type { Sight } from '../core/sight.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { SightDue } from '../ledger/sights.ts';

/** Somebody who is not logged in, and looks at posts that are up. */
export interface Onlooker {
  /** When to look, counted from when a post went up, ascending. */
  readonly afterMs: readonly number[];
  /** Undefined: there is no way to look at it. Never throws. */
  look(publication: Publication, post: Post): Promise<Sight | undefined>;
}

export interface LookAfterSetup {
  readonly ledger: Pick<Ledger, 'now' | 'get' | 'post' | 'sightsDue' | 'noteSight'>;
  readonly log: Log;
  /** As the config wants it by then; undefined: nobody looks. */
  onlooker(): Onlooker | undefined;
  readonly everyMs?: number;
}

/** The rest waits for the next round. */
const AT_ONCE = 8;

/**
 * Looks at what went out as strangers see it, each look once. What it finds stands in the story and in the log;
 * nothing waits for it, and nothing is sent for it.
 *
 * @returns starts a round if it is time for one, and comes back at once
 */
export function openLookAfter(setup: LookAfterSetup): () => void {
  const { ledger, log, everyMs = 5_000 } = setup;
  const underWay = new Set<string>();
  let nextAt = 0;
  let isReading = false;

  const lookAt = async (due: SightDue, onlooker: Onlooker, now: number): Promise<void> => {
    const { publication } = due;
    const next = nextLook(due, onlooker.afterMs, now);
    if (next === undefined || next.at > now) {
      await ledger.noteSight(publication, 0, undefined, next?.at);
      return;
    }
    const [record, post] = await Promise.all([ledger.get(publication), ledger.post(publication)]);
    const isUp = record?.state === 'published' && post !== undefined;
    const sight = isUp ? await onlooker.look(record, post) : undefined;
    const after = onlooker.afterMs[next.number];
    const later = sight && after !== undefined ? due.publishedAt + after : undefined;
    if (await ledger.noteSight(publication, next.number, sight, later))
      tell(publication, sight, log);
  };
  const round = async (onlooker: Onlooker): Promise<void> => {
    const now = await ledger.now();
    for (const due of await ledger.sightsDue(AT_ONCE * 4)) {
      const { publication } = due;
      if (underWay.has(publication) || underWay.size >= AT_ONCE) continue;
      underWay.add(publication);
      lookAt(due, onlooker, now)
        .catch((error: unknown) =>
          log.debug(describeError(error), 'A post could not be looked at.'),
        )
        .finally(() => underWay.delete(publication));
    }
  };
  return () => {
    const onlooker = setup.onlooker();
    if (onlooker === undefined || isReading || performance.now() < nextAt) return;
    isReading = true;
    nextAt = performance.now() + everyMs;
    round(onlooker)
      .catch((error: unknown) => log.debug(describeError(error), 'It could not look after posts.'))
      .finally(() => {
        isReading = false;
      });
  };
}

/**
 * Which look comes next, and when. Of several that are overdue only the last one is made: they would show the same.
 */
export function nextLook(
  { publishedAt, done }: Pick<SightDue, 'publishedAt' | 'done'>,
  afterMs: readonly number[],
  now: number,
): { readonly number: number; readonly at: number } | undefined {
  const left = afterMs
    .map((after, index) => ({ number: index + 1, at: publishedAt + after }))
    .filter(({ number }) => number > done);
  return left.findLast(({ at }) => at <= now) ?? left[0];
}

function tell(publication: string, sight: Sight | undefined, log: Log): void {
  if (sight === undefined) return;
  const words = `${sight.message} ${sight.advice}`.trim();
  if (sight.seen === 'hidden') log.warn({ publication }, words);
  else log.info({ publication }, words);
}
