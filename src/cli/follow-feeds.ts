import type { Config, Feed } from '../core/config.ts';
import type { Problem } from '../core/problem.ts';
import { type FeedAccess, lookAtFeed } from '../feeds/look-at-feed.ts';
import type { Call } from './call.ts';
import { openFeedAccessFor } from './feed-access.ts';

/** Asks every feed of the config once, and tells which cannot be read. Remembers nothing. */
export async function followFeeds(call: Call, config: Config): Promise<readonly Problem[]> {
  if (config.feeds.length === 0) return [];
  const access = await openFeedAccessFor(call, config);
  const found = await Promise.all(config.feeds.map((feed) => judgeFeed(feed, access)));
  return found.flat();
}

async function judgeFeed(feed: Feed, access: FeedAccess): Promise<readonly Problem[]> {
  const say = (message: string): Problem => ({
    ...feed.template.place,
    message: `The feed "${feed.id}": ${message}`,
    severity: 'warning',
  });
  try {
    const { fetched } = await lookAtFeed(feed.url, access);
    if (fetched.movedTo === undefined) return [];
    return [say(`it has moved for good. Write "url: ${fetched.movedTo}".`)];
  } catch (error) {
    return [say(error instanceof Error ? error.message : String(error))];
  }
}
