import { slotsFrom } from '../schedule/slots.ts';
import { instantOf, wallClockOf } from '../schedule/wall-clock.ts';

export interface TimeRules {
  /** IANA name. */
  readonly timezone: string;
  readonly slots: readonly { readonly weekday: number; readonly minutes: number }[];
  readonly perDay: number | undefined;
  readonly to: readonly string[];
}

/** A time that an article of the same feed has already. */
export interface Taken {
  readonly due: number;
  readonly to: readonly string[];
}

const dayMs = 86_400_000;
const mostSlots = 20_000;

/**
 * Chooses when an article goes out: at the earliest at this instant, at a slot of its own where there are slots, and
 * on a day that has room for it. Without slots, what a full day has no room for keeps its time of the day.
 */
export function chooseTime(earliest: number, rules: TimeRules, taken: readonly Taken[]): number {
  const { timezone, slots } = rules;
  const rivals = taken.filter(({ to }) => to.some((account) => rules.to.includes(account)));
  const isTaken = (instant: number) => rivals.some(({ due }) => due === instant);
  const isFull = createDayCount(rivals, rules);

  if (slots.length > 0) {
    let tries = 0;
    for (const slot of slotsFrom(slots, timezone, earliest)) {
      if ((!isTaken(slot) && !isFull(slot)) || ++tries > mostSlots) return slot;
    }
  }
  let due = earliest;
  while (isFull(due)) due = instantOf(wallClockOf(due, timezone) + dayMs, timezone);
  // One after the other, in the order in which they came out.
  while (isTaken(due)) due += 1_000;
  return due;
}

/** Says whether the day of an instant, by the clocks of the zone, has no room for one more. */
function createDayCount(
  rivals: readonly Taken[],
  { timezone, perDay, to }: TimeRules,
): (instant: number) => boolean {
  const dayOf = (instant: number) => Math.floor(wallClockOf(instant, timezone) / dayMs);
  const counts = new Map<string, number>();
  for (const { due, to: accounts } of perDay === undefined ? [] : rivals) {
    for (const account of accounts) {
      const key = `${dayOf(due)} ${account}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return (instant) => {
    if (perDay === undefined) return false;
    const day = dayOf(instant);
    return to.some((account) => (counts.get(`${day} ${account}`) ?? 0) >= perDay);
  };
}
