import type { Account } from '../../core/account.ts';
import type { Post } from '../../core/post.ts';
import { sayLabels } from '../../core/say-labels.ts';
import { findNetwork } from '../../networks/registry.ts';
import { cardLinkOf } from '../../preflight/post-links.ts';
import { renderPostAlone } from '../../preview/post-view.ts';
import type { LinkCard } from '../../preview/previewed.ts';
import { displayNameOf } from '../../telling/network-name.ts';
import { imagePath } from './paths.ts';

interface NetworkPostProps {
  readonly publication: string;
  readonly post: Post;
  readonly accountName: string;
  /** Missing where the config does not have it any more. */
  readonly account: Account | undefined;
}

/** A post as its network shows it, with its own colours: see the style sheet `/post.css`. */
export function NetworkPost({ publication, post, accountName, account }: NetworkPostProps) {
  const settings = account?.settings ?? {};
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const shown = {
    name: accountName,
    network: post.network,
    networkName: displayNameOf(post.network),
    shownName: text(settings.name) ?? accountName,
    handle: text(settings.handle),
    isAssisted: false,
  };
  const images = new Map(post.media.map(({ hash }) => [hash, imagePath(publication, hash)]));
  const labels = sayLabels(post.labels);
  return (
    <>
      {renderPostAlone({ account: shown, post, lengths: [], card: cardOf(post) }, images)}
      {labels !== undefined && <p dir="auto">{labels}</p>}
    </>
  );
}

/** What is known of the card without asking the web: where it leads. */
function cardOf(post: Post): LinkCard | undefined {
  const link = findNetwork(post.network)?.card && cardLinkOf(post, undefined);
  if (link === undefined) return undefined;
  const domain = URL.canParse(link) ? new URL(link).hostname.replace(/^www\./, '') : link;
  return { link, domain, shape: 'unknown' };
}
