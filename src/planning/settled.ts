import { isMovedByHand, type Publication } from '../core/publication.ts';
import type { SingleWish } from './wish.ts';

const waiting = ['scheduled', 'held', 'handoff'];
/** States in which followers may see a publication, or have seen it. */
export const mayBeLive: readonly string[] = ['published', 'retracted', 'sending', 'unconfirmed'];

/** Recorded, and waiting for its time. */
export function isWaiting(current: Publication | undefined): current is Publication {
  return current !== undefined && waiting.includes(current.state);
}

/**
 * True if nothing moves a publication any more: it is out, on its way or due; a person has moved it; or it is over, and
 * its entry gives it no new time.
 */
export function isSettled(
  { wish: { at } }: SingleWish,
  current: Publication | undefined,
  now: number,
): current is Publication {
  if (current === undefined) return false;
  if (isMovedByHand(String(at), current)) return true;
  const { state, due, receipt } = current;
  if (mayBeLive.includes(state) || receipt !== undefined) return true;
  if (state === 'cancelled') return current.cancelledBy !== 'apply';
  if (waiting.includes(state)) return due <= now && (typeof at !== 'number' || at <= now);
  if (hadNoRoom(current) && due > now) return false;
  return typeof at === 'number' ? at <= due : at === 'next-slot' || current.isPlannedNow;
}

/** Missed because the rules left it no time. */
export function hadNoRoom({ state, error }: Publication): boolean {
  return state === 'missed' && error?.code === NO_ROOM;
}

export const NO_ROOM = 'no-time';
