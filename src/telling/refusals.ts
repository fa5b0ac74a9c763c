import type { Publication } from '../core/publication.ts';
import type { ApproveStep, Step } from '../ledger/ledger.ts';

/** How a publication stood when the ledger refused a step. */
export type Refused = Step['state'];

/** Why a publication is not sent again, and what to do. */
export function whyNotRetried(
  state: Refused,
  publication: Publication,
  { notPosted }: { readonly notPosted: boolean },
): string {
  const { publication: name, retraction } = publication;
  if (state === 'unconfirmed' && retraction !== undefined) {
    return `${retraction.by} wants it to be gone: it is not sent again. If you have looked and it is not there, run "carillon retract ${name} --done".`;
  }
  switch (state) {
    case 'scheduled':
      return 'It is planned and goes out by itself: there is nothing to send again.';
    case 'held':
      if (publication.heldByHand !== undefined) return sayHeldByHand(publication);
      return isWaiting(publication)
        ? sayWaitsForApproval(publication)
        : `It is held and has not gone out. "carillon resume ${publication.account}" lets its account go on.`;
    case 'unconfirmed':
      return notPosted
        ? 'It may be live, and the worker that was sending it may still be at it. Carillon makes sure that it is not, which takes a quarter of an hour at most; then try again.'
        : `It may be live: Carillon is looking for it. If you have looked yourself and it is not there, run "carillon retry ${name} --not-posted".`;
    case 'handoff':
      return `A person posts it by hand: "carillon show ${name}" says what and where.`;
    case 'failed':
    case 'missed':
      if (publication.archive?.isArchived) return ARCHIVED;
      return `${publication.retraction?.by ?? 'Somebody'} wants it to be gone: it is not sent again.`;
    case 'cancelled':
      return 'It was cancelled, and a cancelled publication is not sent. Give the entry a new id in the config to post it after all.';
    default:
      return whyUntouchable(state, publication);
  }
}

const ARCHIVED =
  'It is archived, and its text is not in the ledger any more. Give its entry a new time in the config to send it after all.';

/** Why a publication is not taken out, and what to do. */
export function whyNotCancelled(state: Refused, publication: Publication): string {
  switch (state) {
    case 'scheduled':
    case 'held':
    case 'handoff':
      return 'A part of it is live already: the rest follows, so that no half of a thread stays behind.';
    case 'unconfirmed':
      return 'It may be live: Carillon is looking for it, and only then is it known whether there is anything to take out.';
    case 'failed':
      return 'It has failed and is not sent any more: there is nothing to take out.';
    case 'missed':
      return 'It was missed and is not sent any more: there is nothing to take out.';
    case 'cancelled':
      return `It is out already, by ${publication.cancelledBy ?? 'a person'}.`;
    default:
      return whyUntouchable(state, publication);
  }
}

/** Why there is nothing to take back, and what to do. */
export function whyNotRetracted(state: Refused, publication: Publication): string {
  const name = publication.publication;
  switch (state) {
    case 'scheduled':
    case 'claimed':
    case 'held':
    case 'handoff':
      return `It has not gone out: "carillon cancel ${name}" keeps it from going out.`;
    case 'sending':
    case 'unconfirmed':
      return 'Whether it is live is not known yet: wait until Carillon has found out.';
    case 'missing':
      return whyUntouchable(state, publication);
    default:
      return `It is ${state}: nothing of it is live.`;
  }
}

/** Why a publication does not get another time by hand, and what to do. */
export function whyNotMoved(state: Refused, publication: Publication): string {
  switch (state) {
    case 'scheduled':
    case 'held':
    case 'handoff':
    case 'failed':
    case 'missed':
      if (publication.archive?.isArchived) return ARCHIVED;
      return publication.receipt === undefined
        ? 'Its last moment at that time would be past.'
        : 'A part of it is live already: the rest follows.';
    case 'unconfirmed':
      return 'It may be live: Carillon is looking for it, and only then is it known whether there is anything to move.';
    case 'cancelled':
      return `It was taken out by ${publication.cancelledBy ?? 'a person'}.`;
    default:
      return whyUntouchable(state, publication);
  }
}

/** Why an approval is not taken, and what to do. */
export function whyNotApproved(
  { state, because }: Pick<ApproveStep, 'state' | 'because'>,
  publication: Publication,
): string {
  switch (because) {
    case 'not-asked':
      return 'It needs no approval: it goes out by itself.';
    case 'changed':
      return 'Its text or its time has changed since it was shown: look at it again.';
    case 'draft':
      return 'The config says that it is a draft: take "status: draft" out of its entry first.';
    default:
      return whyUntouchable(state, publication);
  }
}

/** Why a publication is not held by hand, and what to do. */
export function whyNotHeld(state: Refused, publication: Publication): string {
  switch (state) {
    case 'scheduled':
    case 'held':
    case 'handoff':
      return 'A part of it is live already: the rest follows, so that no half of a thread stays behind.';
    case 'unconfirmed':
      return 'It may be live: Carillon is looking for it, and only then is it known whether there is anything to hold.';
    case 'failed':
    case 'missed':
    case 'cancelled':
      return `It is ${state} and is not sent: there is nothing to hold.`;
    default:
      return whyUntouchable(state, publication);
  }
}

/** That somebody holds it, and how it goes on. */
export function sayHeldByHand({ publication, heldByHand }: Publication): string {
  return `${heldByHand?.by ?? 'Somebody'} holds it: "carillon release ${publication}" lets it go on.`;
}

function isWaiting({ approval }: Publication): boolean {
  return approval?.isWaiting === true;
}

/** That somebody has to approve it first, and how. */
export function sayWaitsForApproval({ publication, approval }: Publication): string {
  return approval?.wanted.status === 'draft'
    ? 'It is a draft: it waits until the config says otherwise.'
    : `It waits for approval: "carillon approve ${publication}".`;
}

/** Why a person's word that a publication is live is not taken, and what to do. */
export function whyNotConfirmed(
  state: Refused,
  publication: Publication,
  owner: string | undefined,
): string {
  if (owner !== undefined && owner !== publication.publication) {
    return `This post belongs to ${owner} already: look for the address of this one.`;
  }
  if (state === 'claimed') return 'It is about to be sent: look again in a minute.';
  return whyUntouchable(state, publication);
}

function whyUntouchable(state: Refused, { receipt }: Publication): string {
  const where = receipt === undefined ? '' : `: ${receipt.url}`;
  switch (state) {
    case 'claimed':
    case 'sending':
      return 'It is being sent at this moment: look again in a minute.';
    case 'published':
      return `It is published already${where}`;
    case 'retracted':
      return `It was published and taken back${where}`;
    case 'missing':
      return 'The ledger does not have it any more.';
    default:
      return `It is ${state}.`;
  }
}
