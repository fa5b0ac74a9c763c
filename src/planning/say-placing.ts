import { sayMove, sayTime } from './say-times.ts';
import type { SingleWish } from './wish.ts';

/** Where a publication is put, and what forbade the times before. */
export interface Place {
  readonly at: number;
  readonly because: readonly string[];
  /** True if a rule has put it there that people may not expect: accounts wait for each other, now for an embargo. */
  readonly isRuled: boolean;
}

/** What is asked of a place, in milliseconds since 1970. */
export interface Asked {
  /** By its entry. */
  readonly at: number;
  /** By its entry, with the distance between accounts. */
  readonly staggered: number;
  /** The last moment. */
  readonly latest: number;
  /** Where it is planned for so far, if it is. */
  readonly before: number | undefined;
}

const STAGGERED = 'the accounts of an entry are staggered';

/** Why a publication is where it is, unless it is where its entry asks for it and always was. */
export function sayPlaced({ wish }: SingleWish, place: Place, asked: Asked): string | undefined {
  const { at, because } = place;
  if (because.length > 0 || (at !== asked.at && at === asked.staggered)) {
    const isNow = wish.at === 'now';
    const move = isNow ? `to ${sayTime(at, wish.timezone)}` : sayMove(asked.at, at, wish.timezone);
    return `moved ${move}: ${sayWhy(place)}`;
  }
  const isBack = asked.before !== undefined && asked.before !== at && at === asked.staggered;
  return isBack ? 'this is the time that its entry asks for' : undefined;
}

/** Why a publication is not planned, and what to do. */
export function sayNoPlace({ wish }: SingleWish, place: Place, asked: Asked): string {
  const until =
    place.at > asked.latest
      ? `${sayTime(asked.latest, wish.timezone)}, which is its last moment (publishBy)`
      : 'the next time of its entry';
  return `no time fits from ${sayTime(asked.at, wish.timezone)} until ${until}: ${sayWhy(place)}. Give it another time, or change the rule`;
}

/** What an embargo says of the times before its end. */
export function sayEmbargo({ wish }: SingleWish): string {
  return `not before ${sayTime(wish.notBefore ?? 0, wish.timezone)}`;
}

function sayWhy({ because }: Place): string {
  return because.length > 0 ? because.slice(0, 3).join('; ') : STAGGERED;
}
