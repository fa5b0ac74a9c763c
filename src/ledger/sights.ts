import type { Sight } from '../core/sight.ts';

/** The part of the ledger that knows which posts are to be looked at as strangers see them. Nothing is ever sent for it. */
export interface Sights {
  /** Publications whose next look is due, or has yet to be timed; those that waited longest first. */
  sightsDue(limit: number): Promise<readonly SightDue[]>;
  /**
   * Records look number `number` of a publication, counted from 1, and when the next one comes; undefined: none does.
   * Without a sight it only puts the look off. False if that look is recorded already, or the post is not up any more.
   */
  noteSight(
    publication: string,
    number: number,
    sight: Sight | undefined,
    nextAt: number | undefined,
  ): Promise<boolean>;
}

export interface SightDue {
  readonly publication: string;
  readonly publishedAt: number;
  /** How many looks are recorded. */
  readonly done: number;
}
