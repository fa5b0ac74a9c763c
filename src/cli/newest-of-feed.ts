import type { Config, Entry, Feed } from '../core/config.ts';
import { count } from '../core/words.ts';
import { previewFeed } from '../feeds/preview-feed.ts';
import { type Call, CallError } from './call.ts';
import { openFeedAccessFor } from './feed-access.ts';
import { printNotes } from './print.ts';

const most = 5;

/** Reads a feed now, and gives its newest articles as entries. @throws {CallError} if it cannot be read */
export async function readNewestEntries(
  call: Call,
  config: Config,
  feed: Feed,
): Promise<readonly Entry[]> {
  const access = await openFeedAccessFor(call, config);
  const { timezone } = config;
  const preview = await previewFeed(feed, { access, timezone, now: Date.now(), most }).catch(
    (error: Error) => {
      throw new CallError(`The feed "${feed.id}" cannot be read: ${error.message}`);
    },
  );
  const { entries, shown, wanted, warnings } = preview;
  const filed = wanted === shown ? '' : `, ${wanted} of them in the categories of the config`;
  const newest = wanted > entries.length ? ` Here are the newest ${entries.length}.` : '';
  printNotes(call.io, [
    `The feed shows ${count(shown, 'article')}${filed}.${newest} Times are as if they were new now; nothing is remembered.`,
    ...warnings,
  ]);
  return entries;
}
