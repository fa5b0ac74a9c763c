import { join } from 'node:path';
import type { Config } from '../core/config.ts';
import type { Log } from '../core/log.ts';
import { openFeedAccess } from '../feeds/look-at-feed.ts';
import { startPoller } from '../feeds/poller.ts';
import type { Planner } from './planner.ts';
import type { Storage } from './storage.ts';

interface FeedsParts {
  /** Answers the same object for the same config. */
  readonly config: () => Config | undefined;
  readonly planner: Planner;
  readonly storage: Storage;
  readonly dataDir: string;
  readonly log: Log;
  readonly tickMs?: number;
}

/** Asks the feeds and lets go out what is new in them, until it is disposed. */
export function startFeeds(parts: FeedsParts): AsyncDisposable {
  const { config, planner, storage, dataDir, log, tickMs } = parts;
  const accessOf = keepLast((allow: readonly string[]) =>
    openFeedAccess({ allow, imageDirectory: join(dataDir, 'images') }),
  );
  return startPoller({
    ...(tickMs !== undefined && { tickMs }),
    config,
    log,
    pollingOf: ({ timezone, preflight }) => ({
      memory: storage.feedMemory,
      access: accessOf(preflight.allow),
      timezone,
      log,
      now: () => storage.ledger.now(),
    }),
    apply: planner.applyFromFeeds,
  });
}

/** Makes a thing again only when what it is made of is another. */
function keepLast<Key, Thing>(make: (key: Key) => Thing): (key: Key) => Thing {
  let last: { readonly key: Key; readonly thing: Thing } | undefined;
  return (key) => {
    if (last === undefined || last.key !== key) last = { key, thing: make(key) };
    return last.thing;
  };
}
