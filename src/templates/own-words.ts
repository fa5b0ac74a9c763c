import type { Article } from '../core/article.ts';
import { toWellFormed } from '../excerpts/tidy.ts';
import { hashtagsOf, summaryOf, titleOf } from './article-parts.ts';
import { readFacts, type Surroundings } from './facts.ts';
import { namesKnownIn, parseTemplate } from './template.ts';
import { writeTemplate } from './write-template.ts';

/** Own words with the placeholders filled in, and whether followers get the link. */
export interface FilledWords {
  readonly text: string;
  /** True if the text holds the article's link, by its placeholder or written out. */
  readonly hasLink: boolean;
  readonly warnings: readonly string[];
}

export interface OwnWordsRules extends Surroundings {
  /** The article's link as it is to stand in the text. */
  readonly link: string | undefined;
  /** The most hashtags. */
  readonly hashtags: number;
}

/**
 * Fills the placeholders in. Changes nothing else, but for the one line break at the end that a block of YAML
 * has, the place of a value that is missing, and lone surrogates, which no network can be sent.
 */
export function fillOwnWords(words: string, article: Article, rules: OwnWordsRules): FilledWords {
  const { link } = rules;
  const source = toWellFormed(words.replace(/\r?\n$/u, ''));
  const { template } = parseTemplate(source, namesKnownIn('own words', rules.people));
  const text = writeTemplate(template, {
    ...readFacts(article, template.names, rules),
    link: link ?? '',
    title: titleOf(article).text,
    summary: summaryOf(article).text,
    hashtags: hashtagsOf(article).slice(0, rules.hashtags).join(' '),
  });
  const asksInVain = link === undefined && template.names.has('link');
  const hasLink =
    link !== undefined && (text.includes(link) || text.includes(article.link ?? link));
  return { text, hasLink, warnings: asksInVain ? [NO_LINK] : [] };
}

const NO_LINK =
  'The article has no link, so nothing stands for {link}. Give it one, or take {link} out.';

/** Says that followers have nothing to open; empty if the article has no link anyway. */
export function warnOfMissingLink(link: string | undefined, hasLink: boolean): readonly string[] {
  if (link === undefined || hasLink) return [];
  return ['Followers get no link: put {link} into the text where it is to stand.'];
}
