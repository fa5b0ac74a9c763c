import { isSameWish } from '../core/approval.ts';
import {
  askedOf,
  baseOf,
  type Intent,
  isMovedByHand,
  isOpen,
  type Publication,
  slotOf,
} from '../core/publication.ts';
import { sayWhatBecomesOfApproval, sayWhatIsMissing } from './say-approval.ts';
import { hadNoRoom } from './settled.ts';

/** One difference between what the config wants and what the ledger has. */
export interface Change {
  readonly action: 'add' | 'move' | 'update' | 'cancel' | 'protected' | 'late';
  readonly publication: string;
  /** Milliseconds since 1970: when it goes out after the change, or would have. */
  readonly due: number;
  readonly reason?: string;
  /** What to make of it; undefined where nothing is wanted any more. */
  readonly intent?: PlannedIntent;
  /** What the ledger has, if it has anything. */
  readonly current?: Publication;
}

export interface Plan {
  readonly changes: readonly Change[];
  /** How many publications are as the config wants them. */
  readonly unchanged: number;
}

export interface PlanInput {
  readonly intents: readonly PlannedIntent[];
  readonly ledger: ReadonlyMap<string, Publication>;
  readonly now: number;
  /** Publications that are over and belong to entries that go on: no longer wanted, and not to be taken out. */
  readonly resting?: ReadonlySet<string>;
  /** Recurring entries of the config. */
  readonly recurring?: ReadonlySet<string>;
}

/** An intent at its time, and why it is there. */
export interface PlannedIntent extends Intent {
  readonly reason?: string;
  /** True if no time fits it: the reason says why. */
  readonly hasNoPlace?: boolean;
  /** True if it has another text than was planned for it, as the one before it says that by now. */
  readonly isRedealt?: boolean;
}

/** What apply would do. Pure: the same config, ledger and time give the same plan. */
export function planChanges(input: PlanInput): Plan {
  const { ledger, now, resting = new Set(), recurring = new Set() } = input;
  const intents = input.intents.map((intent) => withCorrections(intent, ledger));
  const wanted = new Set([
    ...[...input.intents, ...intents].map(({ publication }) => publication),
    ...resting,
  ]);
  const orphans = findOrphans(ledger, wanted);
  const changes: Change[] = [];
  let unchanged = 0;

  for (const intent of intents) {
    const current = ledger.get(intent.publication);
    const change =
      current === undefined || isFreeToAddAgain(current)
        ? planNew(intent, current, findOrphan(intent, orphans), now)
        : planExisting(intent, current, now);
    if (change === undefined) unchanged++;
    else changes.push(change);
  }
  for (const current of ledger.values()) {
    const isWanted = [current.publication, baseOf(current.publication) ?? ''].some((name) =>
      wanted.has(name),
    );
    if (!isWanted) changes.push(...planRemoved(current, recurring));
  }
  return { changes, unchanged };
}

/** What was taken back and posted anew: the latest correction is what the config is held against. */
function withCorrections(
  intent: PlannedIntent,
  ledger: ReadonlyMap<string, Publication>,
): PlannedIntent {
  let { publication } = intent;
  const seen = new Set<string>();
  for (
    let next = ledger.get(publication)?.correctedAs;
    next !== undefined && !seen.has(next);
    next = ledger.get(next)?.correctedAs
  ) {
    seen.add(next);
    publication = next;
  }
  return publication === intent.publication ? intent : { ...intent, publication };
}

const UNDER_WAY = 'a part of its thread is already up';

const GONE = 'it is no longer in the config';

const LEFT_OUT =
  'its slot is no longer one of its entry: see "every", "skip", "until" and the blackout';

const REDEALT = 'its text goes on to the next, as the one before it says the same by now';

const CHARGED = 'what its network charges for is written down with it';

const ROOM = 'there is room for it by now';

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
    // Of a thread that stopped half-way a part is up, whatever its state.
    const isUp = record.receipt !== undefined && record.state !== 'retracted';
    const mayBeLive = isUp || ['published', 'sending', 'unconfirmed'].includes(record.state);
    if (mayBeLive && record.fingerprint !== '' && !wanted.has(record.publication)) {
      orphans.set(sameness(record), record);
    }
  }
  return orphans;
}

/** One of a recurring entry says the same again on purpose: only one of the same time is the same. */
function findOrphan(
  intent: Intent,
  orphans: ReadonlyMap<string, Publication>,
): Publication | undefined {
  const orphan = orphans.get(sameness(intent));
  const isRepeated = slotOf(intent) !== undefined && orphan?.due !== intent.due;
  return isRepeated ? undefined : orphan;
}

/** Equal for two publications that show the same on the same network. */
export function sameness({ network, fingerprint }: Intent | Publication): string {
  return `${network} ${fingerprint}`;
}

function planNew(
  intent: PlannedIntent,
  current: Publication | undefined,
  orphan: Publication | undefined,
  now: number,
): Change | undefined {
  const due = intent.due ?? now;
  const { publication, reason } = intent;
  const base = {
    publication,
    due,
    intent,
    ...(current && { current }),
    ...reasonOf(reason),
  };
  if (orphan !== undefined) {
    const { publication: other, state, receipt } = orphan;
    const where = receipt ? ` (${receipt.url})` : '';
    const is = state === 'published' ? 'is already published' : 'may already be live';
    return {
      ...base,
      action: 'protected',
      reason: `the same post ${is} as ${other}${where}`,
    };
  }
  if (due + intent.publishByMs < now) {
    return current === undefined ? { ...base, action: 'late', reason: LATE } : undefined;
  }
  if (intent.hasNoPlace) return current === undefined ? { ...base, action: 'late' } : undefined;
  return withReasons({ ...base, action: 'add' }, reason, sayWhatIsMissing(intent));
}

function planExisting(
  intent: PlannedIntent,
  current: Publication,
  now: number,
): Change | undefined {
  const { reason } = intent;
  if (intent.hasNoPlace && isToldAlready(intent, current)) return undefined;
  const stays = isMovedByHand(askedOf(intent), current);
  const wanted = intent.due ?? (current.isPlannedNow ? current.due : now);
  const due = stays ? current.due : wanted;
  const hasRoom = hadNoRoom(current) && current.due > now;
  const becomesNow = !stays && intent.due === undefined && !current.isPlannedNow;
  const isMoved = due !== current.due || hasRoom || becomesNow;
  // A record that was rebuilt from a journal does not know its text.
  const isRewritten = current.fingerprint !== '' && intent.fingerprint !== current.fingerprint;
  const hasOtherTerms =
    intent.publishByMs !== current.publishByMs ||
    !isSameWish(intent.approval, current.approval?.wanted);
  // A record from before its network asked for anything: without it no budget would hold it.
  const hasOtherCharges =
    JSON.stringify(intent.charges) !== JSON.stringify(current.charges) &&
    (current.state === 'scheduled' || current.state === 'held') &&
    current.receipt === undefined;
  const isOther =
    isMoved || isRewritten || hasOtherCharges || (isOpen(current.state) && hasOtherTerms);
  if (!isOther && !intent.hasNoPlace) return undefined;

  const base = { publication: intent.publication, due, intent, current };
  const protection = protectionOf(current);
  if (protection !== undefined) {
    return { ...base, due: current.due, action: 'protected', reason: protection };
  }
  if (intent.hasNoPlace) return { ...base, action: 'late', ...reasonOf(reason) };
  if (due + intent.publishByMs < now) return { ...base, action: 'late', reason: LATE };
  const approval = sayWhatBecomesOfApproval(intent, current, isMoved || isRewritten);
  if (!isMoved) {
    const charged = hasOtherCharges && !isRewritten && CHARGED;
    const reasons = [intent.isRedealt && REDEALT, charged, approval];
    return withReasons({ ...base, action: 'update' }, ...reasons);
  }
  return withReasons({ ...base, action: 'move' }, reason ?? (hasRoom && ROOM), approval);
}

function withReasons(change: Change, ...reasons: readonly (string | false | undefined)[]): Change {
  const said = reasons.filter((reason) => reason !== undefined && reason !== false);
  return said.length === 0 ? change : { ...change, reason: said.join('; ') };
}

function reasonOf(reason: string | undefined): { readonly reason?: string } {
  return reason === undefined ? {} : { reason };
}

/** Left out once, it stays missed: but that its entry says now, and when that was, is to be remembered. */
function isToldAlready({ isPlannedNow = false }: PlannedIntent, current: Publication): boolean {
  if (current.state === 'missed') return current.isPlannedNow || !isPlannedNow;
  return !isOpen(current.state) && current.state !== 'handoff';
}

function planRemoved(current: Publication, recurring: ReadonlySet<string>): readonly Change[] {
  const base = { publication: current.publication, due: current.due, current };
  switch (current.state) {
    case 'scheduled':
    case 'held':
    case 'handoff':
      if (current.receipt !== undefined)
        return [{ ...base, action: 'protected', reason: UNDER_WAY }];
      return [
        { ...base, action: 'cancel', reason: recurring.has(current.entry) ? LEFT_OUT : GONE },
      ];
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
      return `it was published and retracted${current.retraction ? ` by ${current.retraction.by}` : ''}`;
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
