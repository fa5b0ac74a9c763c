import { type Post, partsOf } from '../../core/post.ts';
import type { Charges } from '../../core/prices.ts';
import { findLinks } from './count.ts';

/** What X charges for the parts of a post. Any address counts as a link, whatever twitter-text knows of its domain. */
export function chargesOf(post: Post): Charges {
  return partsOf(post).map((text, part) => {
    const hasLink = hasAddress(text) || findLinks(text).length > 0;
    // The images go with the first part.
    const alts = part === 0 ? post.media.filter(({ alt }) => alt !== '').length : 0;
    return { [hasLink ? 'postWithLink' : 'post']: 1, ...(alts > 0 && { altText: alts }) };
  });
}

/**
 * Words without `https://` that alone make the parts of a post dearer, as X makes links of them. Empty for a part
 * that has a link anyway.
 */
export function findDearWords(post: Post): readonly (readonly string[])[] {
  return partsOf(post).map((text) => (hasAddress(text) ? [] : [...new Set(findLinks(text))]));
}

function hasAddress(text: string): boolean {
  return /https?:\/\/\S/i.test(text);
}
