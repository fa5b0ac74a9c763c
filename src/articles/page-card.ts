import type { PageFacts } from './html-facts.ts';
import { baseOf } from './page-claims.ts';

/** What a network shows of a link to a page; what is missing, it does not show. */
export interface PageCard {
  /** X: the kind of card. Without it X shows none. */
  readonly card?: string;
  readonly title?: string;
  readonly description?: string;
  readonly image?: string;
  readonly url?: string;
  readonly siteName?: string;
}

/** The card of X: its own tags, else those of Open Graph; of several cards the last one, of none the small one. */
export function readXCard(facts: PageFacts, url: string | undefined): PageCard {
  const base = baseOf(facts, url);
  const tags = facts.metas.filter(
    ({ key, content }) => key === 'twitter:card' && content.trim() !== '',
  );
  const title = first(facts, 'twitter:title', 'og:title');
  return withoutGaps({
    card:
      tags.at(-1)?.content.trim().toLowerCase() ?? (title === undefined ? undefined : 'summary'),
    title,
    description: first(facts, 'twitter:description', 'og:description'),
    image: address(
      first(
        facts,
        'twitter:image',
        'twitter:image:src',
        'og:image',
        'og:image:url',
        'og:image:secure_url',
      ),
      base,
    ),
  });
}

/** The preview of Facebook: Open Graph, else what any page has. */
export function readFacebookCard(facts: PageFacts, url: string | undefined): PageCard {
  const base = baseOf(facts, url);
  const canonical = facts.links.find(({ rel }) => /(?:^|\s)canonical(?:\s|$)/.test(rel))?.href;
  return withoutGaps({
    title: first(facts, 'og:title') ?? (squash(facts.titles[0] ?? '') || undefined),
    description: first(facts, 'og:description', 'description'),
    image: address(first(facts, 'og:image', 'og:image:url', 'og:image:secure_url'), base),
    url: address(first(facts, 'og:url') ?? canonical, base),
    siteName: first(facts, 'og:site_name'),
  });
}

function first(facts: PageFacts, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const found = facts.metas.find(
      ({ key, content, isShared }) => key === name && content.trim() !== '' && !isShared,
    );
    if (found) return squash(found.content);
  }
  return undefined;
}

function squash(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function address(written: string | undefined, base: string | undefined): string | undefined {
  if (written === undefined || written === '') return undefined;
  return URL.canParse(written, base) ? new URL(written, base).href : written;
}

function withoutGaps(card: Readonly<Record<string, string | undefined>>): PageCard {
  return Object.fromEntries(Object.entries(card).filter(([, value]) => value !== undefined));
}
