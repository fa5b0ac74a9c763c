import { readFeedDate } from './feed-date.ts';
import type { FeedEntry } from './feed-document.ts';
import { readFeedLine, readFeedText } from './feed-text.ts';

/** An entry as its format has it: texts may hold markup, dates have any form. The first date that is one counts. */
export interface EntryParts {
  readonly title: string | undefined;
  readonly id: string | undefined;
  readonly link: string | undefined;
  readonly summary: string | undefined;
  readonly content: string | undefined;
  readonly author: string | undefined;
  readonly published: readonly (string | undefined)[];
  readonly updated: readonly (string | undefined)[];
  readonly categories: readonly (string | undefined)[];
  readonly language: string | undefined;
  readonly image: string | undefined;
  readonly imageAlt?: string | undefined;
  /** Which of the texts are plain, so that `<` means itself. */
  readonly plain?: ReadonlySet<'title' | 'summary' | 'content'>;
}

/** Takes the markup out, and makes dates instants. What is missing is left out. */
export function finishEntry(parts: EntryParts): FeedEntry {
  const { plain } = parts;
  const categories = parts.categories
    .slice(0, 100)
    .map((category) => readFeedLine(category))
    .filter((category) => category !== undefined);
  const alt = readFeedLine(parts.imageAlt);
  return {
    title: readFeedLine(parts.title, plain?.has('title')) ?? '',
    categories: [...new Set(categories)],
    ...given('id', parts.id?.trim().slice(0, 2_000)),
    ...given('link', parts.link),
    ...given('summary', readFeedText(parts.summary, plain?.has('summary'))),
    ...given('content', readFeedText(parts.content, plain?.has('content'))),
    ...given('author', readFeedLine(parts.author)),
    ...given('published', firstDate(parts.published)),
    ...given('updated', firstDate(parts.updated)),
    ...given('language', parts.language?.trim()),
    ...(parts.image !== undefined && { image: { url: parts.image, ...given('alt', alt) } }),
  };
}

/** The first that says anything. */
export function first(...values: readonly (string | undefined)[]): string | undefined {
  return values.find((value) => value !== undefined && value.trim() !== '');
}

function firstDate(written: readonly (string | undefined)[]): string | undefined {
  for (const one of written) {
    const date = readFeedDate(one);
    if (date !== undefined) return date;
  }
  return undefined;
}

export function given<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { readonly [K in Key]?: Value } {
  return value === undefined || value === '' ? {} : ({ [key]: value } as { [K in Key]: Value });
}
