import { count } from '../core/words.ts';
import type { Wakeable } from '../ledger/ledger.ts';
import type { Condition } from './condition.ts';

/** Due for longer than this without having moved, work counts as stuck. */
export const STUCK_AFTER_MS = 120_000;
/** A scheduler that is restarted leads again within this time. */
const NOBODY_LEADS_MS = 60_000;

interface Progress {
  /** True if a scheduler leads. */
  readonly hasLeader: boolean;
  /** True if anything is to happen by itself, now or later. */
  readonly hasWork: boolean;
  /** Publications whose next step is due for longer than STUCK_AFTER_MS; the first of them are enough. */
  readonly overdue: readonly Wakeable[];
  /** True if there are more. */
  readonly isMore: boolean;
  /** True if nothing may be sent to that account. */
  isStopped(account: string): boolean;
}

/** That nobody leads, or nothing moves, though there is work. */
export function lateConditions(progress: Progress): readonly Condition[] {
  const { hasLeader, hasWork, overdue, isMore, isStopped } = progress;
  const stuck = overdue.filter(
    ({ state, account }) => state === 'scheduled' && !isStopped(account),
  );
  const networks = [...new Set(stuck.map(({ network }) => network))].sort();
  const many = stuck.length === 1 ? 'publication has' : 'publications have';
  const number = `${isMore ? 'At least ' : ''}${count(stuck.length, many, many)}`;
  return [
    ...(hasLeader || !hasWork
      ? []
      : [
          late('nobody leads', {
            message:
              'No scheduler runs: nothing new is planned, and what is interrupted is not put right.',
            advice: 'Start it with "carillon start", or with "carillon scheduler" on its own.',
            lastsMs: NOBODY_LEADS_MS,
          }),
        ]),
    ...(stuck.length === 0
      ? []
      : [
          late('nothing moves', {
            message: `${number} been due for more than 2 minutes, and no worker takes them up (${networks.join(', ')}).`,
            advice: `See whether "carillon start" runs, or "carillon worker ${networks[0]}" on its own, and what its log says.`,
          }),
        ]),
  ];
}

function late(what: string, said: Pick<Condition, 'message' | 'advice' | 'lastsMs'>): Condition {
  return { key: `late ${what}`, kind: 'late', about: what, page: 'now', ...said };
}
