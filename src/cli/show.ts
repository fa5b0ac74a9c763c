import type { App } from '../app.ts';
import { costToCome } from '../costs/month-costs.ts';
import { isEntryOf } from '../feeds/entry-keys.ts';
import { findNetwork } from '../networks/registry.ts';
import { type Call, EXIT } from './call.ts';
import { displayNameOf } from './compose-posts.ts';
import { findPublication } from './find-publication.ts';
import { createInk } from './ink.ts';
import { noteObstacles } from './obstacles.ts';
import { withApp } from './open.ts';
import { printJson, printLines } from './print.ts';
import { openCalendar } from './say-time.ts';
import { linesOfShow, type Shown, showAsJson } from './show-text.ts';

/** `carillon show PUBLICATION` */
export function run(call: Call): Promise<number> {
  const { io } = call;
  return withApp(call, async (app) => {
    const { ledger, config } = app;
    const publication = await findPublication(app, call.args[0] ?? '');
    const [post, story, holds, frozen, now] = await Promise.all([
      ledger.post(publication.publication),
      ledger.story(publication.publication),
      ledger.holds(),
      ledger.frozen(),
      ledger.now(),
    ]);
    const account = config.accounts.get(publication.account);
    const shown: Shown = {
      publication,
      post,
      story,
      hold: holds.has('*') ? '*' : holds.has(publication.account) ? 'account' : undefined,
      isFrozen: frozen !== undefined,
      composerUrl: account && findNetwork(account.network)?.composerUrl(account.settings),
      networkName: displayNameOf(publication.network),
      origin: await originOf(publication.entry, app),
      toCome: costToCome(publication, config),
      sandbox: config.sandbox,
      now,
    };
    const calendar = openCalendar(config.timezone);
    if (call.has('json')) printJson(io, showAsJson(shown, calendar));
    else {
      const setting = { calendar, ink: createInk(io.hasColors), width: io.columns };
      printLines(io, linesOfShow(shown, setting));
      if (holds.get(publication.account)?.kind === 'refused')
        await noteObstacles(call, app, [publication]);
    }
    return EXIT.done;
  });
}

/** What is remembered of the article, if a feed has given it. */
async function originOf(entry: string, { feedMemory }: App): Promise<Shown['origin']> {
  for (const feed of (await feedMemory.states()).keys()) {
    if (!isEntryOf(feed, entry)) continue;
    const [known] = await feedMemory.entries(feed, [entry]);
    if (known !== undefined) return { feed, known };
  }
  return undefined;
}
