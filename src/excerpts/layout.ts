import type { Article } from '../core/article.ts';
import { chooseBody } from './body.ts';
import { isRightToLeft } from './direction.ts';
import { cutExcerpt } from './excerpt.ts';
import { makeHashtags } from './hashtags.ts';
import { isVisible, type TidyText, tidyLine } from './tidy.ts';

/** What a network makes of the layout that all share: title, excerpt, link, hashtags. */
export interface LayoutRules {
  /** The most that the text may measure. */
  readonly limit: number;
  /** Length as the network counts it; of two texts with a space between, the sum of theirs and the space's. */
  readonly measure: (text: string) => number;
  /** The most of the limit that the title may take. */
  readonly titleLimit: number;
  /** The most of the limit that the excerpt may take. */
  readonly excerptLimit: number;
  /** An excerpt that ends within a sentence is left out unless it measures this. */
  readonly leastCut: number;
  /** The most hashtags. */
  readonly hashtags: number;
  /** The link as it is to stand in the text; none if it goes beside it. */
  readonly link?: string | undefined;
  /** True if hashtags follow the link on its line. In right-to-left texts they never do. */
  readonly isLinkLineShared: boolean;
  /** False if the network would refuse or misread this excerpt after this title. */
  readonly accepts?: (title: string, excerpt: string) => boolean;
}

interface Parts {
  readonly title: string;
  readonly excerpt: string;
  readonly link: string;
  readonly hashtags: readonly string[];
}

const NOTHING: Parts = { title: '', excerpt: '', link: '', hashtags: [] };

const PARAGRAPH = '\n\n';

// What is read of a source beyond what fits, so that the last sentence is seen whole.
const UNITS_AHEAD = 600;

/**
 * An article as a text within the limit: title, excerpt, link, hashtags, with empty lines between. The link is
 * whole, or missing if it is too long even alone. As room shrinks, the excerpt goes first, then hashtags, then
 * the end of the title.
 */
export function layOut(article: Article, rules: LayoutRules): string {
  const page = openPage(article, rules);
  const linked = { ...NOTHING, link: rules.link ?? '' };
  const bare = page.fits(linked) ? linked : NOTHING;
  const titled = { ...bare, title: cutTitle(article, rules, page.roomFor('title', bare)) };
  const tagged = addHashtags(titled, makeHashtags(article.tags).slice(0, rules.hashtags), page);

  const body = chooseBody(article, rules.excerptLimit + UNITS_AHEAD);
  const addExcerpt = (parts: Parts) => {
    const excerpt = cutBody(body, article, rules, page.roomFor('excerpt', parts));
    const isTaken = isVisible(excerpt) && rules.accepts?.(parts.title, excerpt) !== false;
    return isTaken ? { ...parts, excerpt } : parts;
  };

  // A sentence tells more than hashtags: they give way if there is room for only one of both.
  const full = addExcerpt(tagged);
  const untagged = full === tagged && tagged.hashtags.length > 0 ? addExcerpt(titled) : full;
  const drafts = [untagged.excerpt === '' ? full : untagged, tagged, titled, bare];
  return drafts.map(page.write).find((text) => rules.measure(text) <= rules.limit) ?? '';
}

/** Says that there is nothing to read; empty if there is. */
export function warnOfNoWords(text: string): readonly string[] {
  if (text !== '') return [];
  return [
    'The post has no words: the article has neither a title nor a text. Give it one of them.',
  ];
}

function cutTitle(article: Article, rules: LayoutRules, room: number): string {
  const limit = Math.min(room, rules.titleLimit);
  const title = tidyLine(article.title, limit + UNITS_AHEAD);
  if (!isVisible(title.text)) return '';
  return cutExcerpt(title, { limit, measure: rules.measure, language: article.language });
}

function cutBody(body: TidyText, article: Article, rules: LayoutRules, room: number): string {
  const { measure, leastCut } = rules;
  const limit = Math.min(room, rules.excerptLimit);
  return cutExcerpt(body, { limit, measure, leastCut, language: article.language });
}

function addHashtags(parts: Parts, hashtags: readonly string[], page: Page): Parts {
  let tagged = parts;
  for (const hashtag of hashtags) {
    const more = { ...tagged, hashtags: tagged.hashtags.concat(hashtag) };
    if (page.fits(more)) tagged = more;
  }
  return tagged;
}

/** Puts parts together and knows what they measure. */
interface Page {
  write(parts: Parts): string;
  fits(parts: Parts): boolean;
  /** What is left of the limit for a part, beside the others and the line between. */
  roomFor(part: 'title' | 'excerpt', parts: Parts): number;
}

function openPage(article: Article, { limit, measure, isLinkLineShared }: LayoutRules): Page {
  const isShared =
    isLinkLineShared && !isRightToLeft(article.title || article.text, article.language);
  const tagSeparator = isShared ? ' ' : PARAGRAPH;
  // Each part is measured once: the sum is exact, as white space stands between them.
  const sizes = new Map<string, number>();
  const sizeOf = (text: string) => {
    const size = sizes.get(text) ?? measure(text);
    sizes.set(text, size);
    return size;
  };
  const list = ({ title, excerpt, link, hashtags }: Parts) =>
    separate([
      [title, PARAGRAPH],
      [excerpt, PARAGRAPH],
      [link, PARAGRAPH],
      [hashtags.join(' '), link === '' ? PARAGRAPH : tagSeparator],
    ]);
  const sum = (parts: Parts) => list(parts).reduce((size, text) => size + sizeOf(text), 0);
  return {
    write: (parts) => list(parts).join(''),
    fits: (parts) => sum(parts) <= limit,
    roomFor: (part, parts) => limit - sum({ ...parts, [part]: '.' }) + sizeOf('.'),
  };
}

/** The parts that are not empty, each but the first after its separator. */
function separate(parts: readonly (readonly [text: string, separator: string])[]): string[] {
  const written: string[] = [];
  for (const [text, separator] of parts) {
    if (text === '') continue;
    if (written.length > 0) written.push(separator);
    written.push(text);
  }
  return written;
}
