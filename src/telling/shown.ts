import type { Cost } from '../core/money.ts';
import { type Post, partsOf } from '../core/post.ts';
import type { InArchive, Publication, StoryEvent } from '../core/publication.ts';
import type { Calendar } from '../core/say-time.ts';
import type { KnownEntry } from '../feeds/feed-memory.ts';
import type { StoryContext } from './story-text.ts';

/** Everything that is known of one publication. */
export interface Shown {
  readonly publication: Publication;
  /** Unknown for a record that was rebuilt from a worker's journal. */
  readonly post: Post | undefined;
  readonly story: readonly StoryEvent[];
  /** What people are to know of its archive; missing if nothing of it is archived. */
  readonly archive?: ArchiveReport | undefined;
  /** What is paused: everything, its account, or neither. */
  readonly hold: '*' | 'account' | undefined;
  readonly isFrozen: boolean;
  /** True if it is frozen by itself, and goes on by itself. */
  readonly isRecovering?: boolean;
  /** Where a person posts by hand. */
  readonly composerUrl: string | undefined;
  readonly networkName: string;
  /** The feed that has given the article, and what is remembered of it. */
  readonly origin?: { readonly feed: string; readonly known: KnownEntry } | undefined;
  /** What is still to be paid for it; missing for nothing. */
  readonly toCome?: Cost | undefined;
  /** True if nothing is really paid. */
  readonly sandbox?: boolean;
  /** By the clock of Redis. */
  readonly now: number;
}

/** How much of what was archived of a publication this host can show. */
export interface ArchiveReport extends InArchive {
  /** True if a file of this host has it. */
  readonly isHere: boolean;
  /** `file:line` of what cannot be read in those files. */
  readonly broken: readonly string[];
}

/** What the sentences of its story need to know besides. */
export function contextOf({ post }: Shown, calendar: Calendar): StoryContext {
  return { calendar, parts: post === undefined ? 1 : partsOf(post).length };
}
