import { ALERT_KINDS, type AlertKind } from '../core/alerts.ts';
import { count } from '../core/words.ts';
import type { News } from './decide.ts';
import { plainLine } from './plain-line.ts';

/** What one channel is told at once, in plain words. Nothing in it is longer than a line. */
export interface AlertMessage {
  /** Stays the same however often it is tried: receivers know a repetition by it. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly isSandbox: boolean;
  readonly title: string;
  readonly lines: readonly AlertLine[];
  /** How many there are beyond these lines. */
  readonly more: number;
  /** True if whoever is told last is told, too. */
  readonly escalates: boolean;
}

export interface AlertLine {
  /** What it is, in our own words. */
  readonly label: string;
  /** What may hold others' words, too. */
  readonly message: string;
  /** What to do; may be empty. */
  readonly advice: string;
  /** Where it is seen on the dashboard. */
  readonly url?: string;
}

const MOST_LINES = 20;
const MOST_CHARACTERS = 400;
const MOST_OF_NAME = 120;

interface Wrapping {
  readonly id: string;
  readonly at: number;
  readonly isSandbox: boolean;
  /** The address of a page of the dashboard; undefined where the dashboard's is not known. */
  linkTo(page: News['page']): string | undefined;
}

/** All news in one message; undefined without any. Pure. */
export function messageOf(news: readonly News[], wrapping: Wrapping): AlertMessage | undefined {
  if (news.length === 0) return undefined;
  const { id, at, isSandbox, linkTo } = wrapping;
  const inOrder = news.toSorted((a, b) => rankOf(a) - rankOf(b));
  return {
    ...{ id, at, isSandbox },
    title: titleOf(inOrder),
    lines: inOrder.slice(0, MOST_LINES).map((one) => lineOf(one, linkTo(one.page))),
    more: Math.max(0, news.length - MOST_LINES),
    escalates: news.some(({ escalates }) => escalates === true),
  };
}

const LABELS: Readonly<Record<AlertKind, string>> = {
  frozen: 'Frozen',
  late: 'Late',
  refused: 'Account held',
  duplicate: 'Posted twice',
  failed: 'Failed',
  missed: 'Missed',
  unconfirmed: 'Unconfirmed',
  handoff: 'To be posted by hand',
  config: 'Config',
  budget: 'Budget',
  access: 'Access',
  machine: 'Machine',
};

function lineOf({ kind, about, message, advice, page, tone }: News, url: string | undefined) {
  const label = LABELS[kind];
  const name =
    typeof page === 'string' || kind === 'duplicate' ? '' : `${plainLine(about, MOST_OF_NAME)}: `;
  return {
    label: tone === 'new' ? label : `${tone === 'over' ? 'No longer so' : 'Still'}: ${label}`,
    message: name + plainLine(message, MOST_CHARACTERS),
    advice: plainLine(advice, MOST_CHARACTERS),
    ...(url !== undefined && { url }),
  };
}

/** `ledger frozen, 3 failed, 2 no longer so` */
function titleOf(news: readonly News[]): string {
  const counts = new Map<AlertKind | 'over', number>();
  for (const { kind, tone } of news) {
    const what = tone === 'over' ? 'over' : kind;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return [...counts].map(([what, n]) => sayCount(what, n)).join(', ');
}

/** Of what there is but one, the number says nothing. */
function sayCount(what: AlertKind | 'over', n: number): string {
  const number = n.toLocaleString('en-US');
  switch (what) {
    case 'frozen':
      return 'ledger frozen';
    case 'late':
      return 'standstill';
    case 'config':
      return 'broken config';
    case 'refused':
      return count(n, 'account held', 'accounts held');
    case 'budget':
    case 'access':
      return `${number} about ${what}`;
    case 'machine':
      return `${number} about the machine`;
    case 'over':
      return `${number} no longer so`;
    default:
      return `${number} ${LABELS[what].toLowerCase()}`;
  }
}

/** What is over comes last. */
function rankOf({ kind, tone }: News): number {
  return ALERT_KINDS.indexOf(kind) + (tone === 'over' ? ALERT_KINDS.length : 0);
}
