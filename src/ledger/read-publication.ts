import type { Approval, WantedApproval } from '../core/approval.ts';
import type { LimitOwner } from '../core/limits.ts';
import type { Charges } from '../core/prices.ts';
import type { HeldByHand, Moved, Publication, Retraction } from '../core/publication.ts';
import type { Sight } from '../core/sight.ts';
import { type Fields, readParts, type StoredState } from './fields.ts';
import { readError } from './publication-error.ts';

export function readPublication(
  publication: string,
  fields: Fields,
  wakeAt: string | number | null,
): Publication | undefined {
  const stored = fields.state as StoredState | undefined;
  if (stored === undefined) return undefined;
  const state = stored === 'claimed' ? 'scheduled' : stored;
  return {
    publication,
    entry: fields.entry ?? '',
    account: fields.account ?? '',
    network: fields.network ?? '',
    state,
    generation: Number(fields.generation ?? 0),
    due: Number(fields.due),
    publishBy: Number(fields.publishBy),
    publishByMs: Number(fields.publishByMs ?? 0),
    isPlannedNow: fields.now === '1',
    fingerprint: fields.fingerprint ?? '',
    attempts: Number(fields.attempts ?? 0),
    nextAt: wakeAt === null || wakeAt === undefined ? undefined : Number(wakeAt),
    publishedAt: fields.publishedAt === undefined ? undefined : Number(fields.publishedAt),
    receipt: readParts(fields.parts)[0],
    evidence: fields.evidence as Publication['evidence'],
    error: readError(state, publication, fields),
    cancelledBy: fields.cancelledBy,
    approval: readApproval(fields),
    moved: readMoved(fields),
    ...(fields.limitAt !== undefined && {
      limit: { until: Number(fields.limitAt), of: fields.limitBy as LimitOwner },
    }),
    ...readCosts(fields),
    retraction: readRetraction(fields),
    ...(fields.holder !== undefined && { heldByHand: readHeldByHand(fields) }),
    ...(fields.sight !== undefined && { sight: JSON.parse(fields.sight) as Sight }),
    ...(fields.corrects !== undefined && { corrects: fields.corrects }),
    ...(fields.correctedAs !== undefined && { correctedAs: fields.correctedAs }),
    ...(fields.archivedIn !== undefined && { archive: readArchive(fields) }),
  };
}

function readArchive({ archivedAt, archivedOn = '', archivedIn = '' }: Fields) {
  return { isArchived: archivedAt !== undefined, host: archivedOn, months: archivedIn.split(' ') };
}

function readCosts({ charges, spent, currency = '', parts }: Fields) {
  const partsUp = readParts(parts).length;
  return {
    ...(charges !== undefined && { charges: JSON.parse(charges) as Charges }),
    ...(partsUp > 0 && { partsUp }),
    ...(spent !== undefined && { spent: { amount: Number(spent), currency } }),
  };
}

function readApproval(fields: Fields): Approval | undefined {
  const status = fields.approval as WantedApproval['status'] | undefined;
  if (status === undefined) return undefined;
  const wanted = { status, ...(fields.approver && { by: fields.approver }) };
  const { approvedBy: by, approvedFingerprint: fingerprint } = fields;
  if (by === undefined || fingerprint === undefined) return { wanted, isWaiting: true };
  const due = Number(fields.approvedDue);
  const isGiven = fingerprint === fields.fingerprint && due === Number(fields.due);
  return {
    wanted,
    given: { by, fingerprint, due, at: Number(fields.approvedAt) },
    isWaiting: status === 'draft' || !isGiven,
  };
}

function readMoved({ movedBy, asked = '' }: Fields): Moved | undefined {
  return movedBy === undefined ? undefined : { by: movedBy, asked };
}

function readRetraction(fields: Fields): Retraction | undefined {
  const { retractBy: by, retractWhy: reason = '', retractAt } = fields;
  if (by === undefined) return undefined;
  return {
    by,
    reason,
    at: Number(retractAt),
    isByHand: fields.retractByHand === '1',
    needsPerson: fields.retractStuck === '1',
  };
}

function readHeldByHand({ holder = '', holdWhy = '', holdAt }: Fields): HeldByHand {
  return { by: holder, reason: holdWhy, at: Number(holdAt) };
}
