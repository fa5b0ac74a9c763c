import type { Publication } from '../core/publication.ts';
import type { Step } from '../ledger/ledger.ts';
import { findNetwork } from '../networks/registry.ts';
import { whyNotRetracted } from '../telling/refusals.ts';
import type { DeedParts } from './deed-parts.ts';
import type { Done } from './done.ts';

export interface RetractWish {
  readonly by: string;
  /** Empty if none was given. */
  readonly reason: string;
}

/** A reason of more characters is not taken. */
export const LONGEST_REASON = 500;

/** True if people can see any of it, or might. */
export function canBeRetracted({ state, receipt }: Publication): boolean {
  if (state === 'retracted') return false;
  return receipt !== undefined || ['published', 'sending', 'unconfirmed'].includes(state);
}

/** True if a person has to delete it, as a person has posted it. */
export function isByHand({ account }: Publication, { config }: Pick<DeedParts, 'config'>): boolean {
  const known = config.accounts.get(account);
  return known !== undefined && findNetwork(known.network)?.isAssisted(known.settings) === true;
}

/** Puts on record that a publication is to be gone. Should this process die then, Carillon deletes it all the same. */
export function recordRetraction(
  publication: Publication,
  wish: RetractWish,
  parts: Pick<DeedParts, 'ledger' | 'config'>,
): Promise<Step> {
  const request = { ...wish, isByHand: isByHand(publication, parts) };
  return parts.ledger.retract(publication.publication, request);
}

/** Deletes it from its network at once, after `recordRetraction` has answered `step`. */
export async function takeBack(
  publication: Publication,
  step: Step | undefined,
  parts: Pick<DeedParts, 'ledger' | 'takeBackNow'>,
): Promise<Done> {
  const { publication: name, account } = publication;
  if (step === undefined || (!step.changed && step.state !== 'retracted')) {
    const why = whyNotRetracted(step?.state ?? 'missing', publication);
    return { isDone: false, says: `${name} is not retracted. ${why}` };
  }
  if (step.changed) await parts.takeBackNow(publication);
  const { state, error } = (await parts.ledger.get(name)) ?? publication;
  if (state === 'retracted') {
    const was = step.changed ? '' : ' already';
    return {
      isDone: true,
      says: `${name} is retracted${was}: nothing of it is left on ${account}.`,
    };
  }
  const why = error === undefined ? '' : ` ${error.message} ${error.advice}`;
  return { isDone: false, says: `${name} is not retracted yet.${why}` };
}

/** Takes a person's word that all of it is deleted. */
export async function retractedByHand(
  publication: Publication,
  { by, reason }: RetractWish,
  parts: Pick<DeedParts, 'ledger' | 'noteRetraction' | 'putBackJobs'>,
): Promise<Done> {
  const { publication: name } = publication;
  const step = await parts.ledger.retractedByHand(name, by, reason);
  if (!step.changed && step.state !== 'retracted') {
    const why = whyNotRetracted(step.state, publication);
    return { isDone: false, says: `${name} is not retracted. ${why}` };
  }
  const known = await parts.ledger.retraction(name);
  if (known !== undefined && known.parts.length > 0) parts.noteRetraction(known);
  await parts.putBackJobs();
  if (step.state === 'cancelled') {
    return { isDone: true, says: `${name} is not live, as you say: it is not sent any more.` };
  }
  return { isDone: true, says: `${name} is retracted, as you say: Carillon takes it to be gone.` };
}
