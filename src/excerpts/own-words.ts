import type { Article } from '../core/article.ts';
import { tidyLine, toWellFormed } from './tidy.ts';

/** Own words with the placeholders filled in, and what people should know about them. */
export interface FilledTemplate {
  readonly text: string;
  /** True if the text holds the article's link, by its placeholder or written out. */
  readonly hasLink: boolean;
  readonly warnings: readonly string[];
}

const PLACEHOLDER = /\{\s*(\p{L}[\p{L}\p{N}_-]*)\s*\}/gu;
const LONGEST_TITLE = 10_000;

/**
 * Fills `{link}` and `{title}` in. Changes nothing else, but for the one line break at the end that a block
 * of YAML has, and lone surrogates, which no network can be sent.
 *
 * @param link the article's link as it is to stand in the text
 */
export function fillTemplate(
  template: string,
  article: Article,
  link = article.link,
): FilledTemplate {
  const values: Readonly<Record<string, string>> = {
    link: link ?? '',
    title: tidyLine(article.title, LONGEST_TITLE).text,
  };
  const warnings: string[] = [];
  let asksForLink = false;
  const text = toWellFormed(template.replace(/\r?\n$/u, '')).replace(
    PLACEHOLDER,
    (written: string, name: string) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      if (name === 'link') asksForLink = true;
      if (value === undefined) warnings.push(sayUnknown(written));
      return value ?? written;
    },
  );
  if (asksForLink && link === undefined) {
    warnings.push(
      'The article has no link, so nothing stands for {link}. Give it one, or take {link} out.',
    );
  }
  const hasLink =
    link !== undefined && (text.includes(link) || text.includes(article.link ?? link));
  return { text, hasLink, warnings };
}

/** Says that followers have nothing to open; empty if the article has no link anyway. */
export function warnOfMissingLink(article: Article, filled: FilledTemplate): readonly string[] {
  if (article.link === undefined || filled.hasLink) return [];
  return ['Followers get no link: put {link} into the text where it is to stand.'];
}

function sayUnknown(written: string): string {
  return `${written} is no placeholder and is posted as it stands. Write {link} or {title}, or other brackets.`;
}
