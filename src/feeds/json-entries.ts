import type { JsonFeed } from 'feedsmith';
import type { FeedEntry } from './feed-document.ts';
import { absoluteLink } from './feed-links.ts';
import { finishEntry, first } from './finish-entry.ts';

/** Reads an entry of JSON Feed. */
export function readJsonEntry(
  item: JsonFeed.Item<string>,
  bases: readonly (string | undefined)[],
): FeedEntry {
  const isPlain = item.content_html === undefined;
  const names = item.authors
    ?.map(({ name, url }) => name ?? url)
    .filter((name) => name !== undefined);
  return finishEntry({
    title: item.title,
    id: item.id,
    link: absoluteLink(item.url, bases) ?? absoluteLink(item.external_url, bases),
    summary: item.summary,
    content: item.content_html ?? item.content_text,
    author: first(names?.join(', ')),
    published: [item.date_published],
    updated: [item.date_modified],
    categories: item.tags ?? [],
    language: item.language,
    image: absoluteLink(first(item.image, item.banner_image), bases),
    plain: new Set(
      isPlain ? (['title', 'summary', 'content'] as const) : (['title', 'summary'] as const),
    ),
  });
}
