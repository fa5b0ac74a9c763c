import type { LinkCheck } from '../core/link-check.ts';
import { describeError, type Log } from '../core/log.ts';
import type { Post } from '../core/post.ts';
import type { Ledger } from '../ledger/ledger.ts';

export interface LinkFollower {
  /** Follows the links of a post. Never throws. */
  check(post: Post): Promise<LinkCheck>;
}

export interface LookAheadSetup {
  readonly ledger: Pick<Ledger, 'now' | 'wakeable' | 'post' | 'noteLinks'>;
  readonly log: Log;
  /** Follows links as the config wants it by then; undefined: not at all. */
  gate(): LinkFollower | undefined;
  readonly aheadMs?: number;
  readonly everyMs?: number;
}

const PAGE = 1_000;
/** The rest waits for the next round: whatever the links do, little of this process is theirs. */
const AT_ONCE = 200;

/**
 * Looks at the links of what is due soon, each publication once for each change. Nothing waits for it: what it
 * finds stands in the story and in the log.
 *
 * @returns starts a round if it is time for one, and comes back at once
 */
export function openLookAhead(setup: LookAheadSetup): () => void {
  const { ledger, log, aheadMs = 10 * 60_000, everyMs = 5_000 } = setup;
  const seen = new Map<string, number>();
  let underWay = 0;
  let nextAt = 0;
  let isReading = false;

  const lookAt = async (publication: string, gate: LinkFollower): Promise<void> => {
    underWay += 1;
    try {
      const post = await ledger.post(publication);
      if (post === undefined) return;
      const check = await gate.check(post);
      if (check.links.length === 0 || !(await ledger.noteLinks(publication, check))) return;
      for (const { code, message, advice } of check.faults) {
        log.warn({ publication, code }, `${message} ${advice}`);
      }
    } catch (error) {
      seen.delete(publication);
      log.debug(describeError(error), 'A link could not be looked at.');
    } finally {
      underWay -= 1;
    }
  };
  const round = async (gate: LinkFollower): Promise<void> => {
    const soon = await ledger.wakeable((await ledger.now()) + aheadMs, PAGE);
    const waiting = soon.filter(({ state }) => state === 'scheduled');
    forgetOthers(seen, new Set(waiting.map(({ publication }) => publication)));
    for (const { publication, generation } of waiting) {
      if (seen.get(publication) === generation || underWay >= AT_ONCE) continue;
      seen.set(publication, generation);
      void lookAt(publication, gate);
    }
  };
  return () => {
    const gate = setup.gate();
    if (gate === undefined || isReading || performance.now() < nextAt) return;
    isReading = true;
    nextAt = performance.now() + everyMs;
    round(gate)
      .catch((error: unknown) => log.debug(describeError(error), 'It could not look ahead.'))
      .finally(() => {
        isReading = false;
      });
  };
}

function forgetOthers(seen: Map<string, number>, wanted: ReadonlySet<string>): void {
  for (const publication of seen.keys()) if (!wanted.has(publication)) seen.delete(publication);
}
