import type { StoryEvent } from '../core/publication.ts';

/** One request for a post, and how it ended. */
export interface Attempt {
  readonly number: number;
  /** Which text of the post, counted from 0. */
  readonly part: number;
  readonly began: number;
  /** Missing while it is under way. */
  readonly ended?: number;
  /** What ended it; its detail has the network's own words. */
  readonly end?: StoryEvent;
}

/** What ends a request that has left. */
const ENDS = [
  ...['posted', 'refused', 'not sent', 'put off', 'account refused'],
  ...['outcome unknown', 'sender vanished'],
];

/** The attempts that a story tells of, in their order. */
export function attemptsOf(story: readonly StoryEvent[]): readonly Attempt[] {
  const attempts: Attempt[] = [];
  for (const event of story) {
    const { kind, at, detail } = event;
    if (kind === 'sending') {
      const [number, part] = [Number(detail.attempt ?? 0), Number(detail.part ?? 0)];
      attempts.push({ number, part, began: at });
      continue;
    }
    const last = attempts.at(-1);
    if (last === undefined || last.end !== undefined || !ENDS.includes(kind)) continue;
    attempts[attempts.length - 1] = { ...last, ended: at, end: event };
  }
  return attempts;
}
