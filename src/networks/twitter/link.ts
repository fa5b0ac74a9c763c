import { isWholeLink, LINK_WEIGHT, measureTweetStrictly } from './count.ts';

/** A link as it is to stand in a post on X. */
export interface PostableLink {
  readonly address: string;
  /** True if X makes a link of all of it. */
  readonly isWhole: boolean;
  /** What it measures between white space. */
  readonly weight: number;
  /** What X may count beyond that: for any link it counts the same, if it takes it for one. */
  readonly surplus: number;
}

// Most links, known for whole without a search, which takes longer than all else about a post.
const PLAIN =
  /^https?:\/\/(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+(?:com|org|net|edu|gov|int|info)(?:\/(?:[\w/-]*[\w/])?(?:\?[\w=&-]*\w)?)?$/;

const LONGEST_PLAIN = 500;

/**
 * The link in a form that X makes a link of from its first character to its last: X ends an address at
 * letters of most scripts and at a full stop, which are written in per cent then. Other links stay as they are.
 */
export function toPostableLink(link: string | undefined): PostableLink | undefined {
  if (link === undefined) return undefined;
  if ((link.length < LONGEST_PLAIN && PLAIN.test(link)) || isWholeLink(link)) return whole(link);

  const href = URL.canParse(link) ? new URL(link).href : link;
  const escaped = href.replace(/[^\w/?&=#:%.~+@-]/gu, escapeCharacter).replace(/\.$/u, '%2E');
  const found = [href, escaped].find(isWholeLink);
  if (found !== undefined) return whole(found);
  const weight = measureTweetStrictly(link);
  const surplus = Math.max(0, LINK_WEIGHT - weight);
  return { address: link, isWhole: false, weight, surplus };
}

function whole(address: string): PostableLink {
  return { address, isWhole: true, weight: LINK_WEIGHT, surplus: 0 };
}

function escapeCharacter(character: string): string {
  const bytes = new TextEncoder().encode(character);
  return Array.from(bytes, (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(
    '',
  );
}
