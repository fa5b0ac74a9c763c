import type { AlertSettings } from '../core/alerts.ts';
import type { Condition } from './condition.ts';

/** What is remembered of a condition, from when it was first seen until it is over and told so. Times as everywhere. */
export interface Known extends Pick<Condition, 'kind' | 'about' | 'message' | 'page'> {
  readonly foundAt: number;
  /** Told earlier, it would be a repetition. */
  readonly notBefore?: number;
  readonly toldAt?: number;
  readonly reminders?: number;
  /** Since when it is not so, and nobody is told yet. */
  readonly overAt?: number;
  /** True if it is over, and people know. */
  readonly isOver?: true;
}

/** Something to tell people. */
export interface News extends Pick<Condition, 'kind' | 'about' | 'message' | 'page'> {
  /** `still` reminds of something. */
  readonly tone: 'new' | 'still' | 'over';
  /** Empty when it is over. */
  readonly advice: string;
  /** True for the last reminder. */
  readonly escalates?: true;
}

export interface Decision {
  /** In the order of the conditions; empty if it is not time to tell anything. */
  readonly news: readonly News[];
  /** What has changed of what is known; undefined: forget it. */
  readonly changes: ReadonlyMap<string, Known | undefined>;
}

interface Situation {
  readonly known: ReadonlyMap<string, Known>;
  readonly conditions: readonly Condition[];
  readonly settings: Pick<AlertSettings, 'remindAfterMs' | 'quietForMs'>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What comes within this time is one message. */
const GROUP_MS = 30_000;
/** Of a message, in UTF-16 units. */
const MOST_KEPT = 1_000;

/** Says what to tell now, if it is time to, and what to remember. Pure. */
export function decide({ known, conditions, settings, now }: Situation): Decision {
  const changes = new Map<string, Known | undefined>();
  const pending: Pending[] = [];
  const present = new Set(conditions.map(({ key }) => key));
  const subjects = new Set(conditions.map(subjectOf));

  for (const condition of conditions) {
    const before = known.get(condition.key);
    if (condition.isOld === true) {
      if (before !== undefined) changes.set(condition.key, undefined);
      continue;
    }
    const current = before === undefined ? begin(condition, now) : comeBack(before, now);
    if (current !== before) changes.set(condition.key, current);
    const next = pendingOf(condition, current, settings, now);
    if (next !== undefined) pending.push(next);
  }
  for (const [key, one] of known) {
    if (present.has(key)) continue;
    const { toldAt, overAt, isOver, notBefore = 0 } = one;
    if (subjects.has(subjectOf(one)) || (toldAt === undefined && now >= notBefore)) {
      changes.set(key, undefined);
    } else if (toldAt === undefined) {
      if (isOver !== true) changes.set(key, { ...one, isOver: true });
    } else {
      if (overAt === undefined) changes.set(key, { ...one, overAt: now });
      const after = quietUntil(one, now + settings.quietForMs);
      pending.push({ key, at: (overAt ?? now) + GROUP_MS, after, news: overNews(one) });
    }
  }

  if (!pending.some(({ at }) => at <= now)) return { news: [], changes };
  for (const { key, after } of pending) changes.set(key, after);
  return { news: pending.map(({ news }) => news), changes };
}

interface Pending {
  readonly key: string;
  /** When it is told at the latest. */
  readonly at: number;
  readonly news: News;
  /** What is remembered once it is told. */
  readonly after: Known | undefined;
}

function begin({ kind, about, message, page }: Condition, now: number): Known {
  return { kind, about, message: message.slice(0, MOST_KEPT), page, foundAt: now };
}

/** One that was over and is so again: as if it had been so all the time, if nobody was told that it is over. */
function comeBack(known: Known, now: number): Known {
  const { overAt, isOver, ...rest } = known;
  if (isOver === true) return { ...rest, foundAt: now };
  return overAt === undefined ? known : rest;
}

function pendingOf(
  condition: Condition,
  known: Known,
  { remindAfterMs }: Situation['settings'],
  now: number,
): Pending | undefined {
  const { key, kind, about, message, advice, page, lastsMs = 0, isReminded } = condition;
  const { foundAt, notBefore = 0, toldAt, reminders = 0 } = known;
  const news = { kind, about, message, advice, page };
  if (toldAt === undefined) {
    const readyAt = Math.max(foundAt + lastsMs, notBefore);
    if (readyAt > now) return undefined;
    const { notBefore: _, ...rest } = known;
    const after = { ...rest, message: message.slice(0, MOST_KEPT), toldAt: now };
    return { key, at: readyAt + GROUP_MS, news: { ...news, tone: 'new' }, after };
  }
  if (isReminded !== true) return undefined;
  const due = remindAfterMs.filter((ms) => toldAt + ms <= now).length;
  if (due <= reminders) return undefined;
  const isLast = due === remindAfterMs.length;
  return {
    ...{ key, at: now, after: { ...known, reminders: due } },
    news: { ...news, tone: 'still', ...(isLast && { escalates: true }) },
  };
}

function overNews({ kind, about, message, page }: Known): News {
  return { kind, about, message, page, advice: '', tone: 'over' };
}

/** Remembered until it may be told anew. */
function quietUntil({ kind, about, message, page }: Known, notBefore: number): Known {
  return { kind, about, message, page, foundAt: 0, notBefore, isOver: true };
}

/** What becomes something else is not over: of a publication, whatever it becomes. */
function subjectOf({ kind, about, page }: Pick<Condition, 'kind' | 'about' | 'page'>): string {
  return typeof page === 'string' ? `${kind} ${about}` : about;
}
