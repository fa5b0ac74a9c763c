import type { ConfigFrame } from '../core/config.ts';
import type { Publication } from '../core/publication.ts';
import { costToCome } from '../costs/month-costs.ts';
import { isEntryOf } from '../feeds/entry-keys.ts';
import type { FeedMemory } from '../feeds/feed-memory.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { findNetwork } from '../networks/registry.ts';
import { displayNameOf } from './network-name.ts';
import type { Shown } from './shown.ts';

/** Where everything that is known of a publication is kept. */
export interface ShownSources {
  readonly ledger: Pick<Ledger, 'post' | 'story' | 'holds' | 'frozen' | 'now'>;
  readonly config: ConfigFrame;
  readonly feedMemory: FeedMemory;
}

/** Reads everything that is known of one publication. */
export async function readShown(publication: Publication, sources: ShownSources): Promise<Shown> {
  const { ledger, config } = sources;
  const [post, story, holds, frozen, now] = await Promise.all([
    ledger.post(publication.publication),
    ledger.story(publication.publication),
    ledger.holds(),
    ledger.frozen(),
    ledger.now(),
  ]);
  const account = config.accounts.get(publication.account);
  return {
    publication,
    post,
    story,
    hold: holds.has('*') ? '*' : holds.has(publication.account) ? 'account' : undefined,
    isFrozen: frozen !== undefined,
    composerUrl: account && findNetwork(account.network)?.composerUrl(account.settings),
    networkName: displayNameOf(publication.network),
    origin: await originOf(publication.entry, sources),
    toCome: costToCome(publication, config),
    sandbox: config.sandbox,
    now,
  };
}

/** What is remembered of the article, if a feed has given it. */
async function originOf(entry: string, { feedMemory }: ShownSources): Promise<Shown['origin']> {
  for (const feed of (await feedMemory.states()).keys()) {
    if (!isEntryOf(feed, entry)) continue;
    const [known] = await feedMemory.entries(feed, [entry]);
    if (known !== undefined) return { feed, known };
  }
  return undefined;
}
