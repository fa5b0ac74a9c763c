import type { FoundInArchive } from '../archive/find-archived.ts';
import { joinStories } from '../archive/join-stories.ts';
import type { ConfigFrame } from '../core/config.ts';
import type { InArchive, Publication } from '../core/publication.ts';
import { costToCome } from '../costs/month-costs.ts';
import { isEntryOf } from '../feeds/entry-keys.ts';
import type { FeedMemory } from '../feeds/feed-memory.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { findNetwork } from '../networks/registry.ts';
import { displayNameOf } from './network-name.ts';
import type { ArchiveReport, Shown } from './shown.ts';

/** Where everything that is known of a publication is kept. */
export interface ShownSources {
  readonly ledger: Pick<Ledger, 'post' | 'story' | 'holds' | 'frozen' | 'now'>;
  readonly config: ConfigFrame;
  readonly feedMemory: FeedMemory;
  /** Looks a publication up in the archive of this host. */
  readonly findArchived?: (name: string, where: InArchive) => Promise<FoundInArchive>;
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
  const { archive } = publication;
  const found = archive && (await sources.findArchived?.(publication.publication, archive));
  return {
    // As far as the trace goes, it has the last word.
    publication:
      archive?.isArchived && found?.publication ? { ...found.publication, archive } : publication,
    post: post ?? found?.post,
    story: found === undefined ? story : joinStories(found.story, story),
    ...(archive && { archive: reportOf(archive, found) }),
    hold: holds.has('*') ? '*' : holds.has(publication.account) ? 'account' : undefined,
    isFrozen: frozen !== undefined,
    isRecovering: frozen?.by === 'carillon',
    composerUrl: account && findNetwork(account.network)?.composerUrl(account.settings),
    networkName: displayNameOf(publication.network),
    origin: await originOf(publication.entry, sources),
    toCome: costToCome(publication, config),
    sandbox: config.sandbox,
    now,
  };
}

function reportOf(archive: InArchive, found: FoundInArchive | undefined): ArchiveReport {
  const broken = found?.broken.map(({ file, line }) => `${file}:${line}`) ?? [];
  return { ...archive, isHere: found?.publication !== undefined, broken };
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
