import type { Article } from '../core/article.ts';
import type { Mentionable } from '../core/person.ts';
import { readsRightToLeft } from '../excerpts/direction.ts';
import { tidyLine } from '../excerpts/tidy.ts';
import { writeDate } from './write-date.ts';
import type { Values } from './write-template.ts';

/** What placeholders may need to know beside the article. */
export interface Surroundings {
  /** IANA name, for `{date}`. */
  readonly timezone?: string | undefined;
  /** Whom `{@…}` may mention on this network. */
  readonly people?: readonly Mentionable[] | undefined;
}

const LONGEST = 1000;

/** The values of the placeholders whose length nothing changes, of those that are asked for. */
export function readFacts(
  article: Article,
  names: ReadonlySet<string>,
  { timezone = 'UTC', people = [] }: Surroundings,
): Values {
  const facts: Record<string, string> = {};
  for (const name of names) {
    const value = readFact(name, article, timezone, people);
    if (value !== undefined) facts[name] = value;
  }
  return facts;
}

function readFact(
  name: string,
  article: Article,
  timezone: string,
  people: readonly Mentionable[],
): string | undefined {
  const { author = '', siteName = '', publishedAt, language, tags } = article;
  switch (name) {
    case 'author':
      return tidyLine(author, LONGEST).text;
    case '@author':
      return mentionAuthor(author, people);
    case 'site':
      return tidyLine(siteName, LONGEST).text;
    case 'date':
      return publishedAt && writeDate(publishedAt, language, timezone);
    case 'tags':
      return tidyLine(tags.join(commaOf(article)), LONGEST).text;
    default:
      return name.startsWith('@') ? mention(name.slice(1), people) : undefined;
  }
}

function mention(key: string, people: readonly Mentionable[]): string | undefined {
  const person = people.find((each) => each.key === key);
  return person && (person.handle ?? person.name);
}

function mentionAuthor(author: string, people: readonly Mentionable[]): string {
  const name = tidyLine(author, LONGEST).text;
  const person = people.find((each) => sameName(each.name, name));
  return person?.handle ?? name;
}

function sameName(one: string, other: string): boolean {
  return one.normalize('NFC').toLowerCase() === other.normalize('NFC').toLowerCase();
}

function commaOf(article: Article): string {
  const primary = article.language?.split('-')[0]?.toLowerCase() ?? '';
  if (['ja', 'zh'].includes(primary)) return '、';
  return readsRightToLeft(article) && !['he', 'yi'].includes(primary) ? '، ' : ', ';
}
