import type { Entry, EntryTime } from '../core/config.ts';
import type { Wish } from './wish.ts';

/** What an entry publishes: once, or in turn if it recurs. */
export function turnsOf(entry: Entry): readonly { readonly entry: Entry; readonly turn: number }[] {
  if (entry.turns === undefined) return [{ entry, turn: 0 }];
  return entry.turns.map((turn, index) => ({ entry: { ...entry, ...turn }, turn: index }));
}

/** When an entry is wanted on its account number `rank`. */
export function wishOf(
  entry: Entry,
  {
    rank,
    turn,
    timezone,
  }: { readonly rank: number; readonly turn: number; readonly timezone: string },
): Wish {
  const { at, notBefore, hasOwnPublishBy, publishByMs } = entry;
  const articleAt = entry.article.publishedAt?.getTime();
  return {
    at: timeOf(at),
    rank,
    turn,
    turns: entry.turns?.length ?? 1,
    timezone: entry.timezone ?? timezone,
    place: entry.timePlace ?? entry.place,
    ...(notBefore !== undefined && { notBefore }),
    ...(hasOwnPublishBy && { maxDelayMs: publishByMs }),
    ...(articleAt !== undefined && { articleAt }),
  };
}

function timeOf(at: EntryTime): Wish['at'] {
  if (at.now) return 'now';
  if ('nextSlot' in at) return 'next-slot';
  return 'every' in at ? at.every : at.instant;
}
