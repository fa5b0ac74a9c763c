import type { LimitOwner, LimitSighting } from '../../core/limits.ts';
import { type Answer, asArray, asObject, parseJson } from '../http.ts';

/** Facebook counts over a day or an hour and says in per cent how much of it is used. */
const SLOW_AT = 80;
const minute = 60_000;
const LONGEST_MS = 24 * 60 * minute;
/** What was said of the use holds for so long, unless a newer answer says something else. */
const HOLDS_MS = 60 * minute;

/** What the headers of an answer say of the limits of the Page and of the app. */
export function readFacebookLimits({ status, headers, body }: Answer): readonly LimitSighting[] {
  // A refusal says itself how long nothing more is taken, and what is used by then says nothing of the time after.
  if (status >= 400 || asObject(body).error !== undefined) return [];
  const pages = Object.values(readJson(headers['x-business-use-case-usage']))
    .flatMap(asArray)
    .map(asObject)
    .filter(({ type }) => type === undefined || type === 'pages');
  return [
    ...judgeUsage('pages', 'account', mostOf(pages.map(readPercent)), mostOf(pages.map(minutesIn))),
    ...judgeUsage('page', 'account', readPercent(readJson(headers['x-page-usage']))),
    ...judgeUsage('app', 'app', readPercent(readJson(headers['x-app-usage']))),
  ];
}

/** Far: nothing. From 80 per cent on one post a minute, from 90 on one in five, at 100 none for as long as is said. */
function judgeUsage(
  name: string,
  of: LimitOwner,
  percent: number | undefined,
  regainMs = 0,
): LimitSighting[] {
  if (percent === undefined) return [];
  if (percent >= 100 && regainMs > 0) {
    return [{ kind: 'stop', of, what: 'posts', forMs: Math.min(regainMs, LONGEST_MS) }];
  }
  const gapMs = percent < SLOW_AT ? 0 : percent < 90 ? minute : 5 * minute;
  return [{ kind: 'pace', of, name, gapMs, forMs: HOLDS_MS }];
}

/** The highest of the three counts that make up the use. */
function readPercent(usage: Readonly<Record<string, unknown>>): number | undefined {
  const counts = [usage.call_count, usage.total_cputime, usage.total_time].filter(
    (value): value is number => typeof value === 'number' && value >= 0 && value < 1e6,
  );
  return counts.length === 0 ? undefined : Math.max(...counts);
}

function mostOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

function minutesIn({
  estimated_time_to_regain_access: minutes,
}: Readonly<Record<string, unknown>>): number {
  return typeof minutes === 'number' && minutes > 0 ? minutes * minute : 0;
}

function readJson(header: Answer['headers'][string]): Readonly<Record<string, unknown>> {
  // No usage is near this; one that is gets no time of ours.
  return typeof header === 'string' && header.length < 16_384 ? asObject(parseJson(header)) : {};
}
