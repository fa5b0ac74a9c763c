import type { Cost } from '../core/money.ts';
import type { Length } from '../core/post.ts';
import type { Place } from '../core/problem.ts';
import type { Intent } from '../core/publication.ts';
import type { Recurrence } from '../core/schedule.ts';

export interface ComposedIntent extends Intent {
  /** Where followers get, whether the link stands in the text or on a card. */
  readonly link: string | undefined;
  /** Of the text, or of the first post of a thread. */
  readonly length: Length;
  /** Of the further posts of a thread. */
  readonly threadLengths?: readonly Length[];
  readonly warnings: readonly string[];
  /** Where its words stand, or its entry. */
  readonly textPlace?: Place;
  /** What it costs by the prices of its account; missing if its network costs nothing. */
  readonly cost?: Cost | undefined;
}

/** A composed publication and when it is wanted, before the rules of its account have their say. */
export interface WishedIntent extends ComposedIntent {
  readonly wish: Wish;
}

export interface Wish {
  /** Milliseconds since 1970; `now` is once, at the first apply; `next-slot` the next free slot of its account. */
  readonly at: number | 'now' | 'next-slot' | Recurrence;
  /** Which account of its entry it is, counted from 0: those after the first are staggered. */
  readonly rank: number;
  /** The embargo, in milliseconds since 1970. */
  readonly notBefore?: number;
  /** How much later than wanted rules may put it at most; undefined where its entry does not say. */
  readonly maxDelayMs?: number;
  /** Rules may put it only before this instant: there the next slot of its entry comes. */
  readonly before?: number;
  /** When its article came out, in milliseconds since 1970. */
  readonly articleAt?: number;
  /** Which of the articles and texts of a recurring entry it has, counted from 0. */
  readonly turn: number;
  /** How many those are. */
  readonly turns: number;
  /** Whose clocks its entry means. */
  readonly timezone: string;
  /** Where its time stands. */
  readonly place: Place;
}

/** One with a wish that rules can place: a recurring entry has been laid out into its slots. */
export interface SingleWish extends WishedIntent {
  readonly wish: Wish & { readonly at: number | 'now' | 'next-slot' };
  /** True if it has another text than was planned for it, as the one before it says that by now. */
  readonly isRedealt?: boolean;
}
