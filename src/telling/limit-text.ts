import type { LimitOwner } from '../core/limits.ts';
import type { Publication } from '../core/publication.ts';
import type { Calendar } from '../core/say-time.ts';
import { count } from '../core/words.ts';
import type { LimitedLine } from '../ledger/ledger.ts';
import { displayNameOf } from './network-name.ts';

/** A limited account in a sentence. */
export function sayLimitedLine(
  { account, network, waiting, until, of }: LimitedLine,
  now: number,
  calendar: Calendar,
): string {
  const limit = sayWhose(network, of);
  if (until <= now) {
    const goes =
      waiting === 1
        ? '1 publication goes out now'
        : `${count(waiting, '', 'publications go')} out now, one after the other, in their order`;
    return `${account} had reached ${limit}: ${goes}.`;
  }
  const [waits, then] =
    waiting === 1
      ? ['1 publication waits', 'goes out by itself']
      : [count(waiting, '', 'publications wait'), 'go out by themselves, in their order'];
  return `${account} has reached ${limit}: ${waits} until ${calendar.short(until)} and then ${then}.`;
}

/** What keeps a publication that has nothing else to wait for; nothing if no limit does. */
export function sayLimit(
  { limit, network, publishBy }: Publication,
  now: number,
  calendar: Calendar,
): readonly string[] {
  if (limit === undefined) return [];
  const whose = sayWhose(network, limit.of);
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

function sayWhose(network: string, of: LimitOwner): string {
  return `the limit of ${displayNameOf(network)}${of === 'app' ? ' for its app' : ''}`;
}
