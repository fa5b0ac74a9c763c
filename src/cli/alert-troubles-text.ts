import type { AlertStore } from '../alerts/alert-store.ts';
import type { Calendar } from '../core/say-time.ts';
import { count } from '../core/words.ts';

/** Which alerts do not get through, a line for each channel. */
export async function linesOfAlertTroubles(
  store: Pick<AlertStore, 'troubles' | 'waiting'>,
  calendar: Calendar,
): Promise<readonly string[]> {
  const troubles = await store.troubles();
  if (troubles.size === 0) return [];
  const waiting = await store.waiting();
  return [...troubles].map(([channel, { since, reason }]) => {
    const own = waiting.filter((one) => one.channel === channel).length;
    const wait =
      own === 0 ? 'None waits' : `${count(own, 'message')} ${own === 1 ? 'waits' : 'wait'}`;
    return `Alerts by ${channel} do not get through since ${calendar.long(since)}. ${reason} ${wait} for it; "carillon alert test" tries it now.`;
  });
}
