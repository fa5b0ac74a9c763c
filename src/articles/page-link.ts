import type { PageFacts } from './html-facts.ts';
import { metasOf } from './page-claims.ts';

/** The address under which the page wants to be known; else, or if that cannot be meant, where it was found. */
export function choosePageLink(facts: PageFacts, url: string | undefined): string | undefined {
  const claims = [
    ...facts.links
      .filter(({ rel }) => /(?:^|\s)canonical(?:\s|$)/.test(rel))
      .map(({ href }) => href),
    ...metasOf(facts, 'og:url', 'twitter:url'),
  ];
  for (const claim of claims) {
    const link = toLink(claim, url);
    // Some sites name their front page on every page.
    if (link !== undefined && (isDeep(link) || url === undefined || !isDeep(url))) return link;
  }
  return url === undefined ? undefined : toLink(url, undefined);
}

function toLink(claim: string, base: string | undefined): string | undefined {
  if (claim === '' || !URL.canParse(claim, base)) return undefined;
  const link = new URL(claim, base);
  if (link.protocol !== 'https:' && link.protocol !== 'http:') return undefined;
  link.username = '';
  link.password = '';
  link.hash = '';
  return link.href;
}

function isDeep(url: string): boolean {
  const { pathname, search } = new URL(url);
  return pathname !== '/' || search !== '';
}
