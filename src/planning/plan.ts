import { type Intent, isOpen, type Publication } from '../core/publication.ts';

/** One difference between what the config wants and what the ledger has. */
export interface Change {
  readonly action: 'add' | 'move' | 'update' | 'cancel' | 'protected' | 'late';
  readonly publication: string;
  /** Milliseconds since 1970: when it goes out after the change, or would have. */
  readonly due: number;
  readonly reason?: string;
  /** What to make of it; undefined where nothing is wanted any more. */
  readonly intent?: Intent;
  /** What the ledger has, if it has anything. */
  readonly current?: Publication;
}

export interface Plan {
  readonly changes: readonly Change[];
  /** How many publications are as the config wants them. */
  readonly unchanged: number;
}

export interface PlanInput {
  readonly intents: readonly Intent[];
  readonly ledger: ReadonlyMap<string, Publication>;
  readonly now: number;
}

/** What apply would do. Pure: the same config, ledger and time give the same plan. */
export function planChanges({ intents, ledger, now }: PlanInput): Plan {
  const wanted = new Set(intents.map(({ publication }) => publication));
  const orphans = findOrphans(ledger, wanted);
  const changes: Change[] = [];
  let unchanged = 0;

  for (const intent of intents) {
    const current = ledger.get(intent.publication);
    const change =
      current === undefined || isFreeToAddAgain(current)
        ? planNew(intent, current, orphans.get(sameness(intent)), now)
        : planExisting(intent, current, now);
    if (change === undefined) unchanged++;
    else changes.push(change);
  }
  for (const current of ledger.values()) {
    if (!wanted.has(current.publication)) changes.push(...planRemoved(current));
  }
  return { changes, unchanged };
}

const UNDER_WAY = 'a part of its thread is already up';

const LATE =
  'its time and its last moment are past: it is not sent. Give it a new time if it should be';

/** True if a plan has anything to do: what is protected or late only informs. */
export function hasWork(plan: Plan): boolean {
  return plan.changes.some(({ action }) => action !== 'protected');
}

/**
 * What went out, or may have, under a name that the config does not have any more. Found again by what it says,
 * so that an entry under a new name is not posted twice.
 */
function findOrphans(
  ledger: ReadonlyMap<string, Publication>,
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, Publication> {
  const orphans = new Map<string, Publication>();
  for (const record of ledger.values()) {
    const mayBeLive = ['published', 'sending', 'unconfirmed'].includes(record.state);
    if (mayBeLive && record.fingerprint !== '' && !wanted.has(record.publication)) {
      orphans.set(sameness(record), record);
    }
  }
  return orphans;
}

/** Equal for two publications that show the same on the same network. */
export function sameness({ network, fingerprint }: Intent | Publication): string {
  return `${network} ${fingerprint}`;
}

function planNew(
  intent: Intent,
  current: Publication | undefined,
  orphan: Publication | undefined,
  now: number,
): Change | undefined {
  const due = intent.due ?? now;
  const base = { publication: intent.publication, due, intent, ...(current && { current }) };
  if (orphan !== undefined) {
    const { publication, state, receipt } = orphan;
    const where = receipt ? ` (${receipt.url})` : '';
    const is = state === 'published' ? 'is already published' : 'may already be live';
    return {
      ...base,
      action: 'protected',
      reason: `the same post ${is} as ${publication}${where}`,
    };
  }
  if (due + intent.publishByMs < now) {
    if (current !== undefined) return undefined;
    return {
      ...base,
      action: 'late',
      reason: LATE,
    };
  }
  return { ...base, action: 'add' };
}

function planExisting(intent: Intent, current: Publication, now: number): Change | undefined {
  const due = intent.due ?? (current.isPlannedNow ? current.due : now);
  const isMoved = due !== current.due;
  // A record that was rebuilt from a journal does not know its text.
  const isRewritten = current.fingerprint !== '' && intent.fingerprint !== current.fingerprint;
  const hasOtherLimit = isOpen(current.state) && intent.publishByMs !== current.publishByMs;
  if (!isMoved && !isRewritten && !hasOtherLimit) return undefined;

  const base = { publication: intent.publication, due, intent, current };
  const protection = protectionOf(current);
  if (protection !== undefined) {
    return { ...base, due: current.due, action: 'protected', reason: protection };
  }
  if (due + intent.publishByMs < now) return { ...base, action: 'late', reason: LATE };
  return { ...base, action: isMoved ? 'move' : 'update' };
}

function planRemoved(current: Publication): readonly Change[] {
  const base = { publication: current.publication, due: current.due, current };
  switch (current.state) {
    case 'scheduled':
    case 'held':
    case 'handoff':
      if (current.receipt !== undefined)
        return [{ ...base, action: 'protected', reason: UNDER_WAY }];
      return [{ ...base, action: 'cancel', reason: 'it is no longer in the config' }];
    case 'sending':
    case 'unconfirmed':
      return [{ ...base, action: 'protected', reason: protectionOf(current) ?? '' }];
    default:
      return [];
  }
}

/** Why a publication cannot be changed, if it cannot. */
function protectionOf(current: Publication): string | undefined {
  switch (current.state) {
    case 'published':
      return `already published${current.receipt ? ` (${current.receipt.url})` : ''}`;
    case 'retracted':
      return 'it was published and retracted';
    case 'sending':
      return 'it is being sent at this moment';
    case 'unconfirmed':
      return 'it may be live and is being looked for';
    case 'cancelled':
      return `it was cancelled by ${current.cancelledBy ?? 'a person'}`;
    default:
      return current.receipt === undefined ? undefined : UNDER_WAY;
  }
}

/** Cancelled only because the config did not have it. */
function isFreeToAddAgain(current: Publication): boolean {
  return current.state === 'cancelled' && current.cancelledBy === 'apply';
}
