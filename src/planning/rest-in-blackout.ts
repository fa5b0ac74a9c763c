import type { ScheduleSettings } from '../core/schedule.ts';
import type { SingleWish } from './wish.ts';

/** A recurring entry rests in a blackout: to catch up with all of its slots afterwards would be a burst. */
export function inBlackout(
  { wish, account, entry }: SingleWish,
  settings: ScheduleSettings,
  recurring: ReadonlySet<string>,
): boolean {
  const { at } = wish;
  if (typeof at !== 'number' || !recurring.has(entry)) return false;
  const blackout = settings.accounts.get(account)?.blackout ?? [];
  return blackout.some(({ from, to }) => at >= from && at < to);
}
