import type { Post } from '../core/post.ts';
import type { PublicationError, PublicationState, StoryEvent } from '../core/publication.ts';

/** What a rehearsal has shown. */
export interface Rehearsal {
  /** Milliseconds since 1970, as all times here. */
  readonly from: number;
  readonly to: number;
  readonly timezone: string;
  /** By the time at which they went out, or should have. */
  readonly publications: readonly Rehearsed[];
  /** Posts on the accounts that no publication accounts for. None, as long as the first promise holds. */
  readonly strays: readonly string[];
  /** Entries with a time before `from`: they were left out. */
  readonly entriesBefore: number;
}

/** One publication in a rehearsal. */
export interface Rehearsed {
  readonly publication: string;
  readonly entry: string;
  readonly account: string;
  readonly network: string;
  readonly state: PublicationState;
  readonly due: number;
  /** When it appeared; its time, where it did not. */
  readonly at: number;
  readonly post: Post;
  readonly attempts: number;
  /** True if somebody has to approve it first: in a rehearsal that is taken to happen in time. */
  readonly needsApproval: boolean;
  /** True if the config says that it is never to be sent as it stands. */
  readonly isDraft: boolean;
  readonly error?: PublicationError;
  /** What happened to it; empty where it simply appeared on time. */
  readonly story: readonly StoryEvent[];
}

/** True of what goes as the config wants: it appears, a person is asked to post it, or it is a draft. */
export function goesWell({ state, isDraft }: Rehearsed): boolean {
  return state === 'published' || state === 'handoff' || isDraft;
}

/** True if everything would appear, once. */
export function allGoesWell({ publications, strays }: Rehearsal): boolean {
  return strays.length === 0 && publications.every(goesWell);
}
