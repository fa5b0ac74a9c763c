import type { App } from '../app.ts';
import type { ConfigReport } from '../core/config-report.ts';
import { formatProblem } from '../core/problem.ts';
import type { Publication } from '../core/publication.ts';
import type { Frozen, Hold, LimitedLine } from '../ledger/ledger.ts';
import type { Call } from './call.ts';
import { sayLimitedLine } from './limit-text.ts';
import { printNotes } from './print.ts';
import { type Calendar, openCalendar } from './say-time.ts';

/** What concerns more than one publication and people must know. */
export interface Obstacles {
  readonly frozen: Frozen | undefined;
  /** By account; `*` is all of them. */
  readonly holds: ReadonlyMap<string, Hold>;
  /** Posts that are live beyond the one that was wanted. */
  readonly duplicates: readonly Duplicate[];
  /** Accounts of which a limit holds publications back. */
  readonly limited?: { readonly now: number; readonly lines: readonly LimitedLine[] };
  /** The config that the scheduler cannot use. */
  readonly brokenConfig?: ConfigReport | undefined;
}

const NO_LIMITS = { now: 0, lines: [] } as const;

interface Duplicate {
  readonly publication: string;
  readonly url: string;
}

export async function readObstacles({ ledger, configReports }: App): Promise<Obstacles> {
  const [frozen, holds, duplicates, brokenConfig, lines, now] = await Promise.all([
    ledger.frozen(),
    ledger.holds(),
    ledger.duplicates(),
    configReports.read(),
    ledger.lines(),
    ledger.now(),
  ]);
  const seconds = duplicates.map((json) => JSON.parse(json) as Duplicate);
  return { frozen, holds, duplicates: seconds, brokenConfig, limited: { lines, now } };
}

export function linesOfObstacles(
  { frozen, holds, duplicates, brokenConfig, limited = NO_LIMITS }: Obstacles,
  calendar: Calendar,
): readonly string[] {
  const lines: string[] = [];
  if (frozen !== undefined) {
    lines.push(
      `The ledger is frozen since ${calendar.long(frozen.at)} by ${frozen.by} (${frozen.reason}): nothing is sent. "carillon thaw" lets it go on.`,
    );
  }
  for (const [account, hold] of holds) lines.push(sayHold(account, hold, calendar));
  for (const line of limited.lines) lines.push(sayLimitedLine(line, limited.now, calendar));
  for (const { publication, url } of duplicates) {
    lines.push(
      `A second post of ${publication} went out: ${url} Delete it on the network, and please report this.`,
    );
  }
  return brokenConfig === undefined ? lines : [...lines, ...sayBroken(brokenConfig, calendar)];
}

function sayBroken(
  { file, since, problems, count }: ConfigReport,
  calendar: Calendar,
): readonly string[] {
  const more = count - problems.length;
  return [
    `${file} cannot be used since ${calendar.long(since)}. What was applied before goes on; once it is mended, it is applied by itself.`,
    ...problems.map(formatProblem),
    ...(more > 0 ? [`and ${more} more: "carillon check" shows them all.`] : []),
  ];
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

/** Tells beside the output what keeps these from going out all the same. */
export async function noteObstacles(
  { io }: Call,
  app: App,
  publications: readonly Publication[],
): Promise<void> {
  const all = await readObstacles(app);
  const accounts = [...new Set(publications.map(({ account }) => account))];
  const calendar = openCalendar(app.config.timezone);
  const lines = accounts.flatMap((account) =>
    linesOfObstacles(obstaclesOf(account, all), calendar),
  );
  printNotes(io, [...new Set(lines)]);
}

/** Only what stands in the way of one account. */
function obstaclesOf(
  account: string,
  { frozen, holds, limited = NO_LIMITS }: Obstacles,
): Obstacles {
  const concerns = (name: string) => name === '*' || name === account;
  return {
    frozen,
    holds: new Map([...holds].filter(([name]) => concerns(name))),
    duplicates: [],
    limited: { ...limited, lines: limited.lines.filter((line) => concerns(line.account)) },
  };
}
