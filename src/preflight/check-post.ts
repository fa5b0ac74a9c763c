import type { LinkCheck } from '../core/link-check.ts';
import type { Post } from '../core/post.ts';
import type { Network } from '../networks/network.ts';
import { judgeVisit } from './judge-visit.ts';
import { cardLinkOf, linksOf } from './post-links.ts';
import type { Preflight } from './preflight.ts';

/** Follows the links of one post as it will go out. Never throws. */
export async function checkPost(
  post: Post,
  { displayName, card }: Pick<Network, 'displayName' | 'card'>,
  preflight: Preflight,
): Promise<LinkCheck> {
  const links = linksOf(post);
  const withCard = cardLinkOf(post, undefined);
  const found = await Promise.all(
    links.map(async (link) => {
      const networks = card !== undefined && link === withCard ? [{ displayName, card }] : [];
      return judgeVisit(await preflight.visit(link), networks);
    }),
  );
  return { links, faults: found.flat() };
}
