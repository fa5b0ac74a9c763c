import { atRiskOn } from '../core/at-risk.ts';
import type { ConfigReport, ConfigReports } from '../core/config-report.ts';
import { formatProblem } from '../core/problem.ts';
import type { Publication } from '../core/publication.ts';
import type { Calendar } from '../core/say-time.ts';
import { count } from '../core/words.ts';
import type { Frozen, Hold, Ledger, LimitedLine } from '../ledger/ledger.ts';
import { sayLimitedLine } from './limit-text.ts';

/** What concerns more than one publication and people must know. */
export interface Obstacles {
  readonly frozen: Frozen | undefined;
  /** By account; `*` is all of them. */
  readonly holds: ReadonlyMap<string, Hold>;
  /** What waits for accounts that a network refuses, soonest first. */
  readonly atRisk?: ReadonlyMap<string, readonly Publication[]>;
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

/** Reads them all. */
export async function readObstacles({
  ledger,
  configReports,
}: {
  readonly ledger: Ledger;
  readonly configReports: ConfigReports;
}): Promise<Obstacles> {
  const [frozen, holds, duplicates, brokenConfig, lines, now] = await Promise.all([
    ledger.frozen(),
    ledger.holds(),
    ledger.duplicates(),
    configReports.read(),
    ledger.lines(),
    ledger.now(),
  ]);
  const seconds = duplicates.map((json) => JSON.parse(json) as Duplicate);
  const refused = [...holds].filter(([, { kind }]) => kind === 'refused').map(([name]) => name);
  const waiting = refused.length === 0 ? [] : await ledger.list(['scheduled', 'held']);
  const atRisk = new Map(refused.map((name) => [name, atRiskOn(name, waiting)]));
  return { frozen, holds, atRisk, duplicates: seconds, brokenConfig, limited: { lines, now } };
}

/** One of them in a sentence, and what to do. */
export interface Obstacle {
  /** What it is, in a word or two that stay the same. */
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

export function linesOfObstacles(obstacles: Obstacles, calendar: Calendar): readonly string[] {
  const { brokenConfig, limited = NO_LIMITS, ...others } = obstacles;
  const lines = [
    ...sayObstacles(others, calendar).map(inOneLine),
    ...limited.lines.map((line) => sayLimitedLine(line, limited.now, calendar)),
  ];
  return brokenConfig === undefined ? lines : [...lines, ...sayBroken(brokenConfig, calendar)];
}

export function sayObstacles(
  { frozen, holds, atRisk, duplicates, brokenConfig }: Obstacles,
  calendar: Calendar,
): readonly Obstacle[] {
  const obstacles: Obstacle[] = [];
  if (frozen !== undefined) {
    obstacles.push({
      code: 'frozen',
      message: `The ledger is frozen since ${calendar.long(frozen.at)} by ${frozen.by} (${frozen.reason}): nothing is sent.`,
      remedy:
        frozen.by === 'carillon'
          ? 'It goes on by itself once every host has told what it has sent.'
          : '"carillon thaw" lets it go on.',
    });
  }
  for (const [account, hold] of holds) {
    const obstacle = obstacleOfHold(account, hold, calendar);
    const risk = sayAtRisk(atRisk?.get(account) ?? [], calendar);
    obstacles.push({ ...obstacle, message: obstacle.message + risk });
  }
  for (const { publication, url } of duplicates) {
    obstacles.push({
      code: `second post of ${publication}`,
      message: `A second post of ${publication} went out: ${url}`,
      remedy: 'Delete it on the network, and please report this.',
    });
  }
  if (brokenConfig !== undefined) {
    obstacles.push({
      code: 'broken config',
      message: `${brokenConfig.file} cannot be used since ${calendar.long(brokenConfig.since)}: what was applied before goes on.`,
      remedy: 'Mend it, and it is applied by itself; "carillon check" shows what is wrong.',
    });
  }
  return obstacles;
}

function inOneLine({ message, remedy }: Obstacle): string {
  return `${message} ${remedy}`;
}

const SHOWN_AT_RISK = 3;

/** How many publications wait for an account, and which come next. */
function sayAtRisk(waiting: readonly Publication[], calendar: Calendar): string {
  if (waiting.length === 0) return '';
  const next = waiting
    .slice(0, SHOWN_AT_RISK)
    .map(({ publication, due }) => `${publication} (${calendar.short(due).trim()})`);
  const wait = waiting.length === 1 ? 'waits' : 'wait';
  return ` ${count(waiting.length, 'publication')} ${wait} for it; next: ${next.join(', ')}.`;
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
  return inOneLine(obstacleOfHold(account, hold, calendar));
}

function obstacleOfHold(account: string, hold: Hold, calendar: Calendar): Obstacle {
  const since = calendar.long(hold.at);
  if (account === '*') {
    return {
      code: 'paused',
      message: `Everything is paused since ${since} by ${hold.by}: nothing is sent.`,
      remedy: '"carillon resume" lets it go on.',
    };
  }
  if (hold.kind === 'refused') {
    const code = hold.code === undefined ? '' : ` (${hold.code})`;
    return {
      code: `held ${account}`,
      message: `${account} is held since ${since}, as the network refuses it${code}: ${hold.reason}`,
      remedy: `Mend its access ("carillon connect ${account}" where its tokens have ended), then run "carillon resume ${account}".`,
    };
  }
  return {
    code: `paused ${account}`,
    message: `${account} is paused since ${since} by ${hold.by}.`,
    remedy: `"carillon resume ${account}" lets it go on.`,
  };
}

/** Only what stands in the way of one account. */
export function obstaclesOf(
  account: string,
  { frozen, holds, atRisk, limited = NO_LIMITS }: Obstacles,
): Obstacles {
  const concerns = (name: string) => name === '*' || name === account;
  return {
    frozen,
    holds: new Map([...holds].filter(([name]) => concerns(name))),
    ...(atRisk && { atRisk }),
    duplicates: [],
    limited: { ...limited, lines: limited.lines.filter((line) => concerns(line.account)) },
  };
}
