import type { Publication } from '../core/publication.ts';
import { whyNotHeld } from '../telling/refusals.ts';
import type { DeedParts } from './deed-parts.ts';
import type { Done } from './done.ts';

interface HoldOptions {
  readonly by: string;
  /** Empty if none was given. */
  readonly reason: string;
}

/** True if it waits for its time, or for something else, and nobody holds it. */
export function canBeHeld({ state, heldByHand, receipt }: Publication): boolean {
  const isWaiting = ['scheduled', 'held', 'handoff'].includes(state);
  return isWaiting && heldByHand === undefined && receipt === undefined;
}

/** Keeps one publication from going out until somebody releases it. */
export async function hold(
  publication: Publication,
  { by, reason }: HoldOptions,
  { ledger }: Pick<DeedParts, 'ledger'>,
): Promise<Done> {
  const name = publication.publication;
  const step = await ledger.holdOne(name, by, reason);
  if (step.changed) {
    return {
      isDone: true,
      says: `${name} is held: it is not sent until somebody releases it. Held beyond its last moment, it is missed.`,
    };
  }
  const { heldByHand } = (await ledger.get(name)) ?? publication;
  if (heldByHand !== undefined) {
    return { isDone: true, says: `${name} is held already, by ${heldByHand.by}.` };
  }
  return { isDone: false, says: `${name} is not held. ${whyNotHeld(step.state, publication)}` };
}
