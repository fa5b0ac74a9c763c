import type { Publication } from '../../core/publication.ts';

/** What a person has to do about a publication; the most urgent first. */
export const NEEDS = [
  'handoff',
  'delete',
  'unconfirmed',
  'failed',
  'missed',
  'approval',
  'held',
] as const;

export type Need = (typeof NEEDS)[number];

/** Undefined for one that goes on by itself, or is over. */
export function needOf(publication: Publication): Need | undefined {
  const { state, approval, heldByHand, retraction, nextAt } = publication;
  switch (state) {
    case 'handoff':
    case 'failed':
    case 'missed':
      return state;
    case 'unconfirmed':
      // Before that it is being looked up.
      return nextAt === undefined ? state : undefined;
    case 'held':
      // An approval alone does not let it go.
      if (heldByHand !== undefined || approval?.isWaiting !== true) return state;
      // Whoever writes a draft knows that it is one.
      return approval.wanted.status === 'draft' ? undefined : 'approval';
    case 'scheduled':
      return approval?.isWaiting && approval.wanted.status !== 'draft' ? 'approval' : undefined;
    case 'published':
      return retraction?.isByHand || retraction?.needsPerson ? 'delete' : undefined;
    default:
      return undefined;
  }
}
