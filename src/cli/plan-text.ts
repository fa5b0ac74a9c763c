import { sayLabels } from '../core/say-labels.ts';
import { type Calendar, isoTime } from '../core/say-time.ts';
import { count } from '../core/words.ts';
import type { MonthCosts } from '../costs/month-costs.ts';
import type { Change, Plan } from '../planning/plan.ts';
import { hasWork } from '../planning/plan.ts';
import type { PlanNotes } from '../planning/plan-notes.ts';
import { sayReason, whatChanges } from '../planning/what-changes.ts';
import { costsAsJson } from './costs-text.ts';
import type { Ink } from './ink.ts';
import { columnWidth, startOf, twoColumns, wrap } from './layout.ts';

export interface PlanSetting {
  readonly calendar: Calendar;
  readonly ink: Ink;
  readonly width: number;
}

/** Whether the changes are to come or done. */
type Tense = 'planned' | 'applied';

const INDENT = '     ';

/** A plan for people: a mark, the name and the time of every change, and the sum in a sentence. */
export function linesOfPlan(plan: Plan, tense: Tense, setting: PlanSetting): readonly string[] {
  const { calendar, width } = setting;
  const leftWidth = columnWidth(
    plan.changes.map(({ publication }) => `${INDENT}${publication}`),
    width - calendar.short(0).length - 4,
  );
  const lines = plan.changes.flatMap((change) => linesOfChange(change, leftWidth, setting));
  const zone = lines.length > 0 ? ['', `Times are in ${calendar.timezone}.`] : [];
  return [...lines, ...zone, sumOfPlan(plan, tense)];
}

/** What is to be known beside a plan: what stands elsewhere by hand, and what waits for somebody. */
export function linesOfNotes(
  { moved, waiting }: PlanNotes,
  { calendar, width }: PlanSetting,
): readonly string[] {
  const sentences = moved.map(
    ({ publication, due, moved: by }) =>
      `${publication} was moved by ${by?.by} to ${calendar.short(due)}; ${sayAsked(by?.asked ?? '', calendar)}.`,
  );
  const [first] = waiting;
  if (first !== undefined) {
    const which = waiting.length === 1 ? first.publication : '--state held';
    const wait = waiting.length === 1 ? 'waits' : 'wait';
    sentences.push(
      `${count(waiting.length, 'publication')} ${wait} for approval: "carillon approve ${which}".`,
    );
  }
  return sentences.flatMap((sentence) => wrap(sentence, width));
}

function sayAsked(asked: string, calendar: Calendar): string {
  if (asked === 'next-slot') return 'the config asks for the next slot';
  return asked === 'now'
    ? 'the config says now'
    : `the config says ${calendar.short(Number(asked))}`;
}

function linesOfChange(change: Change, leftWidth: number, setting: PlanSetting): string[] {
  const { calendar, ink, width } = setting;
  const { action, publication, due, reason, intent } = change;
  const isNow = action === 'add' && intent?.due === undefined;
  const when = isNow ? 'now' : calendar.short(due);
  const left = `  ${markOf(action).padEnd(2)} ${publication}`;
  const [first = '', ...below] = twoColumns(left, when, { leftWidth, width, indent: INDENT });
  return [
    paintOf(action, ink)(first),
    ...below,
    ...detailsOf(change, calendar).flatMap((detail) => wrap(detail, width, INDENT)),
    ...(reason === undefined ? [] : wrap(sayReason(reason), width, INDENT)),
    ...beginningOf(change, width).map(ink.dim),
  ];
}

function markOf(action: Change['action']): string {
  switch (action) {
    case 'add':
      return '+';
    case 'update':
      return '~';
    case 'move':
      return '->';
    case 'cancel':
      return '-';
    case 'protected':
    case 'late':
      return '!';
  }
}

function paintOf(action: Change['action'], ink: Ink): (text: string) => string {
  switch (action) {
    case 'add':
      return ink.green;
    case 'cancel':
      return ink.red;
    default:
      return ink.yellow;
  }
}

function detailsOf(change: Change, calendar: Calendar): readonly string[] {
  const { movedFrom, isRewritten, hasOtherLimit } = whatChanges(change);
  if (movedFrom !== undefined) {
    const moved = `It was planned for ${calendar.short(movedFrom)}.`;
    return isRewritten ? [moved, 'Its text changes too.'] : [moved];
  }
  if (isRewritten) return ['Its post changes.'];
  return hasOtherLimit ? ['Its last moment (publishBy) changes.'] : [];
}

/** The first words of what is new in the text. */
function beginningOf({ action, intent }: Change, width: number): string[] {
  if (intent === undefined || (action !== 'add' && action !== 'update')) return [];
  const words = startOf(intent.post.text, width - INDENT.length - 2);
  const further = intent.post.thread?.length ?? 0;
  const thread =
    further === 0
      ? []
      : [
          `${INDENT}A thread: ${count(further, 'post')} follow${further === 1 ? 's' : ''} this one.`,
        ];
  const said = sayLabels(intent.post.labels);
  const labels = said === undefined ? [] : wrap(`Labels: ${said}.`, width, INDENT);
  return [...(words === '' ? [] : [`${INDENT}“${words}”`]), ...thread, ...labels];
}

const WORDS: Readonly<Record<Change['action'], Readonly<Record<Tense, string>>>> = {
  add: { planned: 'to add', applied: 'added' },
  move: { planned: 'to move', applied: 'moved' },
  update: { planned: 'to update', applied: 'updated' },
  cancel: { planned: 'to cancel', applied: 'cancelled' },
  late: { planned: 'too late', applied: 'too late' },
  protected: { planned: 'protected', applied: 'protected' },
};

/** `3 to add, 1 to move, 40 unchanged.` */
export function sumOfPlan(plan: Plan, tense: Tense): string {
  const { changes, unchanged } = plan;
  if (changes.length === 0 && unchanged === 0) {
    return 'Nothing to do: the config has no publications, and neither has the ledger.';
  }
  if (changes.length === 0) {
    const agree = unchanged === 1 ? 'is' : 'are';
    return `Nothing to do: ${count(unchanged, 'publication')} ${agree} as the config wants.`;
  }
  const parts: string[] = [];
  for (const [action, words] of Object.entries(WORDS)) {
    const n = changes.filter((change) => change.action === action).length;
    if (n > 0) parts.push(`${n} ${words[tense]}`);
  }
  const sum = `${[...parts, `${unchanged} unchanged`].join(', ')}.`;
  return hasWork(plan) ? sum : `Nothing to do: ${sum}`;
}

/** A plan for programs. */
export function planAsJson(
  { changes, unchanged }: Plan,
  costs: readonly MonthCosts[] = [],
): object {
  return {
    changes: changes.map(({ action, publication, due, reason }) => ({
      action,
      publication,
      due: isoTime(due),
      ...(reason !== undefined && { reason }),
    })),
    unchanged,
    ...(costs.length > 0 && { costs: costsAsJson(costs) }),
  };
}
