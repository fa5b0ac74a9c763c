import type { Frozen, Hold, Ledger } from '../ledger/ledger.ts';
import type { Calendar } from './say-time.ts';

/** What concerns more than one publication and people must know. */
export interface Obstacles {
  readonly frozen: Frozen | undefined;
  /** By account; `*` is all of them. */
  readonly holds: ReadonlyMap<string, Hold>;
  /** Posts that are live beyond the one that was wanted. */
  readonly duplicates: readonly Duplicate[];
}

interface Duplicate {
  readonly publication: string;
  readonly url: string;
}

export async function readObstacles(ledger: Ledger): Promise<Obstacles> {
  const [frozen, holds, duplicates] = await Promise.all([
    ledger.frozen(),
    ledger.holds(),
    ledger.duplicates(),
  ]);
  return { frozen, holds, duplicates: duplicates.map((json) => JSON.parse(json) as Duplicate) };
}

export function linesOfObstacles(
  { frozen, holds, duplicates }: Obstacles,
  calendar: Calendar,
): readonly string[] {
  const lines: string[] = [];
  if (frozen !== undefined) {
    lines.push(
      `The ledger is frozen since ${calendar.long(frozen.at)} by ${frozen.by} (${frozen.reason}): nothing is sent. "carillon thaw" lets it go on.`,
    );
  }
  for (const [account, hold] of holds) lines.push(sayHold(account, hold, calendar));
  for (const { publication, url } of duplicates) {
    lines.push(
      `A second post of ${publication} went out: ${url} Delete it on the network, and please report this.`,
    );
  }
  return lines;
}

/** A held account, or all of them, in a sentence and what to do. */
export function sayHold(account: string, hold: Hold, calendar: Calendar): string {
  const since = calendar.long(hold.at);
  if (account === '*') {
    return `Everything is paused since ${since} by ${hold.by}: nothing is sent. "carillon resume" lets it go on.`;
  }
  if (hold.kind === 'refused') {
    const code = hold.code === undefined ? '' : ` (${hold.code})`;
    return `${account} is held since ${since}, as the network refuses it${code}: ${hold.reason} Mend its access, then run "carillon resume ${account}".`;
  }
  return `${account} is paused since ${since} by ${hold.by}. "carillon resume ${account}" lets it go on.`;
}

/** Only what stands in the way of one account. */
export function obstaclesOf(account: string, { frozen, holds }: Obstacles): Obstacles {
  const concerns = (name: string) => name === '*' || name === account;
  return {
    frozen,
    holds: new Map([...holds].filter(([name]) => concerns(name))),
    duplicates: [],
  };
}
