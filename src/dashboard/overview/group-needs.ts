import { NEEDS, type Need } from './need.ts';
import type { Row } from './row.ts';

/** Publications that need a person for the same cause. */
export interface NeedGroup {
  readonly need: Need;
  readonly account: string;
  readonly error: Row['error'];
  /** The first of them: the soonest where something can still be done, the latest of what is over. */
  readonly rows: readonly Row[];
  readonly total: number;
}

export interface NeedGroups {
  /** The most urgent first. */
  readonly groups: readonly NeedGroup[];
  /** What is over for so long that nobody waits for it any more. */
  readonly older: number;
}

/** What failed or was missed before that is history. */
const OLD_AFTER_MS = 14 * 86_400_000;
const ROWS_OF_GROUP = 10;

/** @param rows in the order of their due times */
export function groupNeeds(rows: Iterable<Row>, now: number): NeedGroups {
  const groups = new Map<string, { first: Row; need: Need; rows: Row[]; total: number }>();
  let older = 0;
  for (const row of rows) {
    const { need, account, error } = row;
    if (need === undefined) continue;
    if (isOver(need) && row.due < now - OLD_AFTER_MS) {
      older++;
      continue;
    }
    // What is done by hand is done one by one; for the rest one cause is one thing to do.
    const key = need === 'handoff' ? row.publication : `${need} ${account} ${error?.code ?? ''}`;
    const group = groups.get(key) ?? { first: row, need, rows: [], total: 0 };
    group.total++;
    group.rows.push(row);
    if (group.rows.length > ROWS_OF_GROUP) {
      if (isOver(need)) group.rows.shift();
      else group.rows.pop();
    }
    groups.set(key, group);
  }
  const sorted = [...groups.values()].toSorted(
    (a, b) => NEEDS.indexOf(a.need) - NEEDS.indexOf(b.need) || b.total - a.total,
  );
  return {
    groups: sorted.map(({ need, rows: mine, total, first }) => {
      const shown = isOver(need) ? mine.toReversed() : mine;
      const { account, error } = shown[0] ?? first;
      return { need, account, error, rows: shown, total };
    }),
    older,
  };
}

function isOver(need: Need): boolean {
  return need === 'failed' || need === 'missed';
}
