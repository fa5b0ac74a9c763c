import type { Publication } from '../core/publication.ts';
import type { LimitedLine } from '../ledger/ledger.ts';
import { displayNameOf } from './compose-posts.ts';
import type { Calendar } from './say-time.ts';
import { count } from './words.ts';

/** A limited account in a sentence. */
export function sayLimitedLine(
  { account, network, waiting, until, of }: LimitedLine,
  calendar: Calendar,
): string {
  const limit = `the limit of ${displayNameOf(network)}${of === 'app' ? ' for its app' : ''}`;
  const waits = count(waiting, 'publication waits', 'publications wait');
  return `${account} has reached ${limit} (until ${calendar.clock(until)} on ${calendar.day(until)}): ${waits}, and go out by themselves in their order.`;
}

/** What keeps a publication that has nothing else to wait for; nothing if no limit does. */
export function sayLimit(
  { limit, network, publishBy }: Publication,
  now: number,
  calendar: Calendar,
): readonly string[] {
  if (limit === undefined) return [];
  const whose = `the limit of ${displayNameOf(network)}${limit.of === 'app' ? ' for its app' : ''}`;
  if (limit.until <= now) {
    return [
      `It waits for its turn: what ${whose} has held back goes out in order, one after the other.`,
    ];
  }
  const late =
    limit.until > publishBy
      ? [
          'That is after its last moment: unless the limit ends earlier it is missed, and "carillon retry" sends it then.',
        ]
      : [];
  return [`It waits for ${whose} until ${calendar.exact(limit.until)}.`, ...late];
}
