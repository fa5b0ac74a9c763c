import { askedOf, type Intent, isMovedByHand, type Publication } from '../core/publication.ts';

/** What people should see beside a plan, though it changes nothing. */
export interface PlanNotes {
  /** Moved by hand, against what the config asks for. */
  readonly moved: readonly Publication[];
  /** Nobody has approved them yet. */
  readonly waiting: readonly Publication[];
}

export function notesOf(
  intents: readonly Intent[],
  ledger: ReadonlyMap<string, Publication>,
): PlanNotes {
  const moved: Publication[] = [];
  const waiting: Publication[] = [];
  for (const intent of intents) {
    const current = ledger.get(intent.publication);
    if (current?.state !== 'scheduled' && current?.state !== 'held') continue;
    if (isMovedByHand(askedOf(intent), current)) moved.push(current);
    if (current.approval?.isWaiting && current.approval.wanted.status !== 'draft') {
      waiting.push(current);
    }
  }
  return { moved, waiting };
}
