import { absoluteLink } from './feed-links.ts';

const mostSearched = 200_000;

/** Says why a document is no feed, and where the feed may be. */
export function sayNoFeed(text: string, url: string | undefined): string {
  const start = text.slice(0, mostSearched);
  if (start.trim() === '')
    return 'The address gives an empty document, not a feed. Check the address.';
  if (!/<html[\s>]|<!doctype html/i.test(start.slice(0, 5_000))) {
    return 'The address gives no feed that can be read as RSS, Atom, RDF or JSON Feed. Check the address.';
  }
  const link = (start.match(/<link\b[^>]{0,500}>/gi) ?? []).find((tag) =>
    /application\/(?:rss\+xml|atom\+xml|feed\+json)/i.test(tag),
  );
  const href = /\bhref\s*=\s*(?:"([^"]{1,500})"|'([^']{1,500})')/i.exec(link ?? '');
  const feed = absoluteLink((href?.[1] ?? href?.[2])?.replaceAll('&amp;', '&'), [url]);
  return feed === undefined
    ? 'The address gives a web page, not a feed. Name the feed itself, often linked as "RSS" there.'
    : `The address gives a web page, not a feed. The page names its feed: ${feed}`;
}
