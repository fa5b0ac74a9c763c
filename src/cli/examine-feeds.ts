import type { App } from '../app.ts';
import type { Config, Feed } from '../core/config.ts';
import { type Calendar, openCalendar } from '../core/say-time.ts';
import type { Finding } from '../doctor/finding.ts';
import type { FeedState } from '../feeds/feed-memory.ts';
import { linesOfFeedFaults } from './feeds-text.ts';

/** A scheduler that is at work is never so late. */
const SLOW_SCHEDULER_MS = 600_000;
const check = 'feed';

export async function examineFeeds({ feeds, timezone }: Config, app: App): Promise<Finding[]> {
  const states = await app.feedMemory.states();
  const now = await app.ledger.now();
  const calendar = openCalendar(timezone);
  return feeds.map((feed) => judgeFeed(feed, states.get(feed.id), now, calendar));
}

function judgeFeed(
  { id, url, everyMs }: Feed,
  state: FeedState | undefined,
  now: number,
  calendar: Calendar,
): Finding {
  const code = `feed ${id}`;
  const remedy = `See what ${url} shows in a browser; "carillon feeds" says when it is asked again.`;
  if (state === undefined) {
    const message = `${id}: not asked yet; the scheduler does it.`;
    return { check, code, severity: 'ok', message };
  }
  const [fault] = linesOfFeedFaults(new Map([[id, state]]), now, calendar);
  if (fault !== undefined) return { check, code, severity: 'warning', message: fault, remedy };
  if (state.warning !== undefined) {
    return { check, code, severity: 'warning', message: `${id}: ${state.warning}`, remedy };
  }
  if (state.nextAt < now - Math.max(everyMs, SLOW_SCHEDULER_MS)) {
    const message = `${id}: nobody has asked it since ${calendar.short(state.askedAt)}.`;
    return { check, code, severity: 'warning', message, remedy: 'Start the scheduler.' };
  }
  const message = `${id}: last read ${calendar.short(state.askedAt)}.`;
  return { check, code, severity: 'ok', message };
}
