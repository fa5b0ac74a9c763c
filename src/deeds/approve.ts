import type { Publication } from '../core/publication.ts';
import type { ShownForApproval } from '../ledger/ledger.ts';
import { sayHeldByHand, whyNotApproved } from '../telling/refusals.ts';
import type { DeedParts } from './deed-parts.ts';
import type { Done } from './done.ts';

interface ApproveOptions {
  readonly by: string;
  /** Exactly what is approved; undefined if nothing could be shown, which approves nothing. */
  readonly shown: ShownForApproval | undefined;
  /** How long it waits at least, if it is due. */
  readonly waitMs?: number;
}

/** Held for lack of money, and free to go beyond the budget once somebody says so. */
export function isHeldForMoney({ state, error }: Pick<Publication, 'state' | 'error'>): boolean {
  return state === 'held' && error?.code === 'over-budget';
}

/** True if an approval lets it go on. */
export function waitsForApproval({ approval, state, error }: Publication): boolean {
  const isOpen = state === 'scheduled' || state === 'held';
  if (isHeldForMoney({ state, error })) return true;
  return isOpen && approval?.isWaiting === true && approval.wanted.status !== 'draft';
}

/** Lets out exactly this text at exactly this time. */
export async function approve(
  publication: Publication,
  { by, shown = { fingerprint: '', due: 0 }, waitMs = 0 }: ApproveOptions,
  { ledger }: Pick<DeedParts, 'ledger'>,
): Promise<Done> {
  const name = publication.publication;
  if (isHeldForMoney(publication)) {
    const { changed } = await ledger.exceedBudget(name, shown, by, { waitMs });
    return changed
      ? { isDone: true, says: `${name} is let go beyond the budget by ${by}. It goes out.` }
      : { isDone: false, says: `${name} has changed meanwhile. Look at it again.` };
  }
  const step = await ledger.approve(name, shown, by, { waitMs });
  if (step.changed) {
    const goesOut =
      step.state === 'scheduled'
        ? 'It goes out at its time.'
        : publication.heldByHand !== undefined
          ? sayHeldByHand(publication)
          : step.state === 'missed'
            ? 'Its last moment had passed, and it is missed.'
            : `It is ${step.state}.`;
    return { isDone: true, says: `${name} is approved by ${by}. ${goesOut}` };
  }
  if (step.because === 'approved') {
    const { approval } = (await ledger.get(name)) ?? {};
    return { isDone: true, says: `${name} is approved already, by ${approval?.given?.by ?? by}.` };
  }
  return { isDone: false, says: `${name} is not approved. ${whyNotApproved(step, publication)}` };
}
