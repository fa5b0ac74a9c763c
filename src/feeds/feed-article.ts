import { createHash } from 'node:crypto';
import type { Article } from '../core/article.ts';
import { withoutTracking } from './canonical-link.ts';
import type { FeedDocument, FeedEntry } from './feed-document.ts';

/** More than any post is made of. */
const mostText = 20_000;
const mostTags = 30;

/** The article that an entry of a feed is, as far as the feed tells it. */
export function articleOf(entry: FeedEntry, { title: siteName, language }: FeedDocument): Article {
  const { title, link, summary, content, author, published, categories } = entry;
  const spoken = entry.language ?? language;
  return {
    title,
    text: (content ?? summary ?? '').slice(0, mostText),
    images: [],
    tags: categories.slice(0, mostTags),
    ...(summary !== undefined && { summary: summary.slice(0, mostText) }),
    ...(link !== undefined && /^https?:/i.test(link) && { link: withoutTracking(link) }),
    ...(spoken !== undefined && isLanguage(spoken) && { language: spoken }),
    ...(author !== undefined && { author }),
    ...(siteName !== '' && { siteName }),
    ...(published !== undefined && { publishedAt: new Date(published) }),
  };
}

/** Equal for two articles that say the same. */
export function versionOf(article: Article): string {
  return createHash('sha256').update(JSON.stringify(article)).digest('hex').slice(0, 24);
}

function isLanguage(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}
