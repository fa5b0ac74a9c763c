import type { Publication } from '../../core/publication.ts';
import type { Role } from '../../core/role.ts';
import { approve, isHeldForMoney, waitsForApproval } from '../../deeds/approve.ts';
import { cancel } from '../../deeds/cancel.ts';
import { confirm, readPostUrl, whyNoPostUrl } from '../../deeds/confirm.ts';
import type { Done } from '../../deeds/done.ts';
import { canBeHeld, hold } from '../../deeds/hold.ts';
import { move } from '../../deeds/move.ts';
import { release } from '../../deeds/release.ts';
import {
  canBeRetracted,
  LONGEST_REASON,
  recordRetraction,
  retractedByHand,
} from '../../deeds/retract.ts';
import { retry } from '../../deeds/retry.ts';
import { whyNotRetracted } from '../../telling/refusals.ts';
import type { Desk } from '../desk.ts';
import type { DeedField } from '../pages/deed-form.tsx';
import { readMoveTime } from './read-move-time.ts';

/** What a form has sent, by the names of its fields. */
export type Fields = Readonly<Record<string, string>>;

export interface DeedSetting {
  readonly fields: Fields;
  readonly by: string;
  readonly desk: Desk;
  /** By the clock of Redis. */
  readonly now: number;
}

/** Something that people do to one publication. */
interface PublicationDeed {
  /** Who may do it at least. */
  least(publication: Publication): Role;
  /** True if it makes sense as the publication stands. The ledger judges again once it is done. */
  isOffered(publication: Publication): boolean;
  /** What the form asks for. */
  readonly field?: DeedField;
  /** What is wrong with what was written, in a sentence. */
  findProblem?(publication: Publication, setting: DeedSetting): string | undefined;
  do(publication: Publication, setting: DeedSetting): Promise<Done>;
}

export type PublicationDeedName = keyof typeof PUBLICATION_DEEDS;

const forEditors = (): Role => 'editor';
const forOperators = (): Role => 'operator';

/** In the order in which they are offered. */
export const PUBLICATION_DEEDS = {
  approve: {
    // To spend more than was agreed is more than to approve a text.
    least: (publication) => (isHeldForMoney(publication) ? 'operator' : 'editor'),
    isOffered: waitsForApproval,
    do: (publication, { fields, by, desk }) => {
      const shown = { fingerprint: fields.fingerprint ?? '', due: Number(fields.due) };
      return approve(publication, { by, shown }, desk);
    },
  },
  confirm: {
    least: forEditors,
    isOffered: ({ state }) => ['handoff', 'unconfirmed', 'failed', 'missed'].includes(state),
    field: { name: 'url', type: 'url' },
    findProblem: ({ network }, { fields: { url = '' } }) =>
      readPostUrl(network, url.trim()) === undefined ? whyNoPostUrl(network, url) : undefined,
    do: async (publication, { fields: { url = '' }, by, desk }) => {
      const receipt = readPostUrl(publication.network, url.trim());
      if (receipt !== undefined) return confirm(publication, receipt, by, desk);
      return { isDone: false, says: whyNoPostUrl(publication.network, url) };
    },
  },
  retry: {
    least: forOperators,
    isOffered: ({ state, retraction }) =>
      (state === 'failed' || state === 'missed') && retraction === undefined,
    do: (publication, { by, desk }) => retry(publication, { by, notPosted: false }, desk),
  },
  release: {
    least: forEditors,
    isOffered: ({ state, heldByHand }) => heldByHand !== undefined && state === 'held',
    do: (publication, { by, desk }) => release(publication, { by }, desk),
  },
  move: {
    least: forEditors,
    isOffered: ({ state, receipt }) =>
      ['scheduled', 'held', 'handoff', 'missed'].includes(state) && receipt === undefined,
    field: { name: 'time', type: 'datetime-local' },
    findProblem: (_, { fields, desk, now }) => {
      const read = readMoveTime(fields.time, desk.config.timezone, now);
      return 'problem' in read ? read.problem : undefined;
    },
    do: async (publication, { fields, by, desk, now }) => {
      const read = readMoveTime(fields.time, desk.config.timezone, now);
      if ('problem' in read) return { isDone: false, says: read.problem };
      return move(publication, { due: read.due, by }, desk);
    },
  },
  hold: {
    least: forEditors,
    isOffered: canBeHeld,
    field: { name: 'reason', type: 'text', isOptional: true, longest: LONGEST_REASON },
    do: (publication, { fields, by, desk }) =>
      hold(publication, { by, reason: readReason(fields) }, desk),
  },
  cancel: {
    least: forEditors,
    isOffered: ({ state, receipt }) =>
      ['scheduled', 'held', 'handoff'].includes(state) && receipt === undefined,
    do: (publication, { by, desk }) => cancel(publication, by, desk),
  },
  retract: {
    least: forOperators,
    isOffered: (publication) => canBeRetracted(publication) && publication.retraction === undefined,
    field: { name: 'reason', type: 'text', longest: LONGEST_REASON },
    // The worker that has the account's network loaded deletes it, within seconds.
    do: async (publication, { fields, by, desk }) => {
      const name = publication.publication;
      const step = await recordRetraction(publication, { by, reason: readReason(fields) }, desk);
      if (step.changed) {
        return { isDone: true, says: `${name} is to be gone: Carillon deletes it on the network.` };
      }
      if (step.state === 'retracted') {
        return { isDone: true, says: `${name} is retracted already: nothing of it is left.` };
      }
      const why = whyNotRetracted(step.state, publication);
      return { isDone: false, says: `${name} is not retracted. ${why}` };
    },
  },
  deleted: {
    least: forOperators,
    isOffered: ({ state, retraction }) =>
      state !== 'retracted' && (retraction?.isByHand || retraction?.needsPerson) === true,
    do: (publication, { by, desk }) => {
      const reason = publication.retraction?.reason ?? '';
      return retractedByHand(publication, { by, reason }, desk);
    },
  },
} as const satisfies Readonly<Record<string, PublicationDeed>>;

function readReason({ reason = '' }: Fields): string {
  return reason
    .trim()
    .slice(0, LONGEST_REASON)
    .replaceAll(/\p{Surrogate}/gu, '');
}

/** The deed of that name, seen as one of them. */
export function publicationDeed(name: PublicationDeedName): PublicationDeed {
  return PUBLICATION_DEEDS[name];
}
