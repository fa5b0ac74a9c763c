import { type Post, partsOf } from '../core/post.ts';

const address = /https?:\/\/[^\s<>"]+/gi;
const afterAddress = /[.,;:!?'’)\]}…»”،؛؟。、！？）]+$/u;
/** A post with more links is no announcement of an article. */
const mostLinks = 5;

/** Where followers of a post can get, each address once: the link of its card, then those in its texts. */
export function linksOf(post: Post): readonly string[] {
  const written = partsOf(post)
    .flatMap((text) => text.match(address) ?? [])
    .map((found) => found.replace(afterAddress, ''));
  const links = [...(post.link === undefined ? [] : [post.link]), ...written];
  return [...new Set(links)].filter((link) => URL.canParse(link)).slice(0, mostLinks);
}

/**
 * The link of which the network shows a card, if it shows any: photos take its place.
 *
 * @param link the article's
 */
export function cardLinkOf(post: Post, link: string | undefined): string | undefined {
  if (post.media.length > 0) return undefined;
  if (post.link !== undefined) return post.link;
  const links = linksOf({ ...post, thread: [] });
  return links.find((found) => found === link) ?? links.at(-1);
}
