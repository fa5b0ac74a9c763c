import type { App } from '../app.ts';
import type { Feed } from '../core/config.ts';
import { openCalendar } from '../core/say-time.ts';
import { type Call, EXIT } from './call.ts';
import { feedAsJson, linesOfFeeds, type ShownFeed } from './feeds-text.ts';
import { createInk } from './ink.ts';
import { withWholeConfig } from './open.ts';
import { printJson, printLines } from './print.ts';

/** `carillon feeds` */
export function run(call: Call): Promise<number> {
  const { io } = call;
  return withWholeConfig(call, async (app, { feeds, timezone }) => {
    const shown = await Promise.all(feeds.map((feed) => readShown(feed, app)));
    if (call.has('json')) printJson(io, shown.map(feedAsJson));
    else {
      const calendar = openCalendar(timezone);
      printLines(
        io,
        linesOfFeeds(shown, { calendar, ink: createInk(io.hasColors), width: io.columns }),
      );
    }
    return EXIT.done;
  });
}

async function readShown(feed: Feed, { feedMemory, ledger }: App): Promise<ShownFeed> {
  const [state, known, coming] = await Promise.all([
    feedMemory.state(feed.id),
    feedMemory.count(feed.id),
    feedMemory.dueSince(feed.id, await ledger.now()),
  ]);
  return { feed, state, known, coming };
}
