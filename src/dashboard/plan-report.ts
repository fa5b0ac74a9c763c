import { beginningOf } from '../core/beginning.ts';
import type { Problem } from '../core/problem.ts';
import type { MonthCosts } from '../costs/month-costs.ts';
import type { Change, Plan } from '../planning/plan.ts';
import type { PlanNotes } from '../planning/plan-notes.ts';
import { sayReason, type WhatChanges, whatChanges } from '../planning/what-changes.ts';

/** What the config would change, as far as a page shows it: plain data, for another process to send. */
export interface PlanReport {
  /** When it was made: milliseconds since 1970. */
  readonly at: number;
  /** The first ones, errors before warnings. */
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  readonly outcome:
    | { readonly kind: 'planned'; readonly plan: ShownPlan }
    /** The problems say why. */
    | { readonly kind: 'broken' }
    | { readonly kind: 'failed'; readonly reason: string }
    /** It is not known yet. */
    | { readonly kind: 'reading' };
}

export interface ShownPlan {
  /** The first ones. */
  readonly changes: readonly ShownChange[];
  readonly counts: Readonly<Partial<Record<Change['action'], number>>>;
  readonly total: number;
  readonly unchanged: number;
  readonly moved: readonly {
    readonly publication: string;
    readonly by: string;
    readonly due: number;
  }[];
  readonly waiting: number;
  readonly costs: readonly MonthCosts[];
}

export interface ShownChange extends WhatChanges {
  readonly action: Change['action'];
  readonly publication: string;
  /** Undefined: at the first apply. */
  readonly due: number | undefined;
  readonly reason: string | undefined;
  /** The first words of what is new. */
  readonly beginning: string;
  /** How many posts of a thread follow the first one. */
  readonly further: number;
}

const MOST_CHANGES = 200;
const MOST_PROBLEMS = 200;
const MOST_MOVED = 20;
const BEGINNING_LENGTH = 160;

export function reportPlan(
  { plan, notes, costs }: { plan: Plan; notes: PlanNotes; costs: readonly MonthCosts[] },
  problems: readonly Problem[],
  at: number,
): PlanReport {
  const counts: Partial<Record<Change['action'], number>> = {};
  for (const { action } of plan.changes) counts[action] = (counts[action] ?? 0) + 1;
  return {
    ...reportProblems(problems),
    at,
    outcome: {
      kind: 'planned',
      plan: {
        changes: plan.changes.slice(0, MOST_CHANGES).map(showChange),
        counts,
        total: plan.changes.length,
        unchanged: plan.unchanged,
        moved: notes.moved.slice(0, MOST_MOVED).map(({ publication, moved, due }) => ({
          ...{ publication, due },
          by: moved?.by ?? '',
        })),
        waiting: notes.waiting.length,
        costs,
      },
    },
  };
}

export function reportBroken(problems: readonly Problem[], at: number): PlanReport {
  return { ...reportProblems(problems), at, outcome: { kind: 'broken' } };
}

export function reportFailed(reason: string, at: number): PlanReport {
  return { problems: [], problemCount: 0, at, outcome: { kind: 'failed', reason } };
}

function reportProblems(problems: readonly Problem[]) {
  const errorsFirst = problems.toSorted((a, b) => rank(a) - rank(b));
  return { problems: errorsFirst.slice(0, MOST_PROBLEMS), problemCount: problems.length };
}

function rank({ severity }: Problem): number {
  return severity === 'error' ? 0 : 1;
}

function showChange(change: Change): ShownChange {
  const { action, publication, due, reason, intent } = change;
  const isNew = action === 'add' || action === 'update';
  return {
    ...whatChanges(change),
    ...{ action, publication },
    due: action === 'add' && intent?.due === undefined ? undefined : due,
    reason: reason === undefined ? undefined : sayReason(reason),
    beginning: isNew ? beginningOf(intent?.post.text ?? '', BEGINNING_LENGTH) : '',
    further: isNew ? (intent?.post.thread?.length ?? 0) : 0,
  };
}
