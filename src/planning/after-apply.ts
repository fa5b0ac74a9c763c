import type { Publication } from '../core/publication.ts';
import type { Change } from './plan.ts';
import { NO_ROOM } from './settled.ts';

/** The ledger as it will be once a plan is applied: as much of it as plans depend on. */
export function ledgerAfter(
  changes: readonly Change[],
  ledger: ReadonlyMap<string, Publication>,
  now: number,
): ReadonlyMap<string, Publication> {
  const after = new Map(ledger);
  for (const change of changes) {
    const record = recordAfter(change, now);
    if (record !== undefined) after.set(change.publication, record);
  }
  return after;
}

/** What ledgerAfter has, one by one: a long plan makes as many records as the config has publications. */
export function* recordsAfter(
  changes: readonly Change[],
  ledger: ReadonlyMap<string, Publication>,
  now: number,
): Generator<Publication> {
  const changed = new Set<string>();
  for (const change of changes) {
    const record = recordAfter(change, now);
    if (record === undefined) continue;
    changed.add(change.publication);
    yield record;
  }
  for (const [publication, record] of ledger) {
    if (!changed.has(publication)) yield record;
  }
}

/** Undefined where a change only informs. */
function recordAfter(change: Change, now: number): Publication | undefined {
  const { action, due, intent, current } = change;
  if (action === 'protected') return undefined;
  if (action === 'cancel') {
    return current && { ...current, state: 'cancelled', cancelledBy: 'apply' };
  }
  if (intent === undefined) return undefined;
  const { entry, account, network, fingerprint, publishByMs, isPlannedNow = false } = intent;
  const isLate = action === 'late';
  return {
    ...(current ?? NEW),
    ...{ publication: intent.publication, entry, account, network, fingerprint },
    ...{ due, publishByMs, publishBy: due + publishByMs },
    state: isLate && (intent.hasNoPlace || due + publishByMs < now) ? 'missed' : 'scheduled',
    isPlannedNow: isPlannedNow || intent.due === undefined,
    cancelledBy: undefined,
    charges: intent.charges,
    error: intent.hasNoPlace ? { code: NO_ROOM, message: '', advice: '' } : undefined,
  };
}

const NEW = {
  generation: 0,
  attempts: 0,
  nextAt: undefined,
  publishedAt: undefined,
  receipt: undefined,
  evidence: undefined,
} as const;
