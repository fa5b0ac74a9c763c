import type { Article } from '../core/article.ts';
import { readsRightToLeft } from '../excerpts/direction.ts';
import { cutExcerpt } from '../excerpts/excerpt.ts';
import { isVisible, type TidyText } from '../excerpts/tidy.ts';
import { bodyOf, hashtagsOf, summaryOf, textOf, titleOf } from './article-parts.ts';
import { readFacts, type Surroundings } from './facts.ts';
import { openPage, type Page } from './page.ts';
import type { Template } from './template.ts';
import type { Values } from './write-template.ts';

/** What a network makes of an article by a template. */
export interface LayoutRules extends Surroundings {
  readonly template: Template;
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
  /** The link as it is to stand in the text. */
  readonly link?: string | undefined;
  /** What the excerpt is taken from, where it is not the network's to choose. */
  readonly body?: TidyText;
  /** False if the network would refuse or misread a text with this excerpt. */
  readonly accepts?: (text: string) => boolean;
}

export interface Layout {
  readonly text: string;
  /** What of the body stands in it; may be empty. */
  readonly excerpt: string;
}

/**
 * Fills a template for an article, within the limit. The link is whole, or missing if it is too long even alone.
 * As room shrinks, the excerpt goes first, then hashtags, then the summary, then the end of the title. Longer
 * than the limit only if the template's own words are.
 */
export function layOut(article: Article, given: LayoutRules): Layout {
  const rules = { ...given, measure: measureOnce(given.measure) };
  const { limit, measure, template } = rules;
  const page = openPage({ template, limit, measure, isRightToLeft: readsRightToLeft(article) });
  const fill = (name: string, source: TidyText, values: Values, most: number, leastCut?: number) =>
    page.has(name)
      ? fillWithCut({ name, source, most, leastCut }, values, page, article, rules)
      : values;

  const linked = addFitting({ link: rules.link ?? '' }, {}, page, limit);
  const titled = fill('title', titleOf(article), linked, rules.titleLimit);
  const stated = addFitting(readFacts(article, template.names, rules), titled, page, limit);
  const told = fill('summary', summaryOf(article), stated, rules.excerptLimit);
  const tagged = addHashtags(told, hashtagsOf(article).slice(0, rules.hashtags), page, limit);

  const body = rules.body ?? (page.has('summary') ? textOf(article) : bodyOf(article));
  const addExcerpt = (values: Values) =>
    fill('excerpt', body, values, rules.excerptLimit, rules.leastCut);
  // A sentence tells more than hashtags: they give way if there is room for only one of both.
  const full = addExcerpt(tagged);
  const untagged = full === tagged && tagged !== told ? addExcerpt(told) : full;

  const drafts = [untagged.excerpt ? untagged : full, tagged, told, stated, titled, linked];
  const found = drafts.find((values) => page.size(values) <= limit) ?? {};
  return { text: page.write(found), excerpt: found.excerpt ?? '' };
}

/** Says that there is nothing to read; empty if there is. */
export function warnOfNoWords(text: string): readonly string[] {
  if (text !== '') return [];
  return [
    'The post has no words: the article has neither a title nor a text. Give it one of them.',
  ];
}

interface Filling {
  readonly name: string;
  readonly source: TidyText;
  readonly most: number;
  readonly leastCut?: number | undefined;
}

const MOST_TRIES = 4;

/** The values with as much of a source as there is room for: whole sentences where it can be. */
function fillWithCut(
  { name, source, most, leastCut }: Filling,
  values: Values,
  page: Page,
  { language }: Article,
  { limit, measure, accepts }: LayoutRules,
): Values {
  if (!isVisible(source.text)) return values;
  let room = Math.min(page.roomFor(name, values), most);
  for (let tries = 0; tries < MOST_TRIES && room > 0; tries += 1) {
    const options = { limit: room, measure, language, ...(leastCut !== undefined && { leastCut }) };
    const cut = cutExcerpt(source, options);
    if (!isVisible(cut)) return values;

    const filled = { ...values, [name]: cut };
    const excess = page.size(filled) - limit;
    if (excess <= 0) {
      return name === 'excerpt' && accepts?.(page.write(filled)) === false ? values : filled;
    }
    // Direction marks, and words that touch, take room that only the whole text shows.
    room = Math.min(room, measure(cut)) - excess;
  }
  return values;
}

function addFitting(wanted: Values, values: Values, page: Page, limit: number): Values {
  let filled = values;
  for (const [name, value] of Object.entries(wanted)) {
    if (value === '' || !page.has(name)) continue;
    const more = { ...filled, [name]: value };
    if (page.size(more) <= limit) filled = more;
  }
  return filled;
}

function addHashtags(
  values: Values,
  hashtags: readonly string[],
  page: Page,
  limit: number,
): Values {
  if (!page.has('hashtags')) return values;
  let tagged = values;
  let written = '';
  for (const hashtag of hashtags) {
    const more = written === '' ? hashtag : `${written} ${hashtag}`;
    if (page.size({ ...values, hashtags: more }) > limit) continue;
    written = more;
    tagged = { ...values, hashtags: written };
  }
  return tagged;
}

/** Each text is measured once: the same parts come again and again, and counting takes time. */
function measureOnce(measure: (text: string) => number): (text: string) => number {
  const sizes = new Map<string, number>();
  return (text) => {
    const size = sizes.get(text) ?? measure(text);
    sizes.set(text, size);
    return size;
  };
}
