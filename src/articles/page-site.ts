import type { PageFacts } from './html-facts.ts';
import { listOf, typesOf } from './json-ld.ts';
import { metasOf, tidy } from './page-claims.ts';

/** What people call the site, as its tags say. */
export function findSiteName(facts: PageFacts): string | undefined {
  return namesFromTags(facts)[0];
}

/** Every name by which the end of a title may mean the site, its host's names included. */
export function findSiteNames(facts: PageFacts, host: string): string[] {
  const labels = host.replace(/^www\d?\./, '').split('.');
  const domain = labels.length > 1 ? labels.slice(0, -1) : labels;
  return [
    ...namesFromTags(facts),
    ...(host === '' ? [] : [labels.join('.'), domain.join('.'), ...domain.slice(-2)]),
  ].filter((name) => name.length > 1);
}

function namesFromTags(facts: PageFacts): string[] {
  const publishers = facts.jsonLd
    .flatMap((object) => listOf(object.publisher))
    .map((publisher) => (publisher as { name?: unknown } | undefined)?.name);
  const sites = facts.jsonLd
    .filter((object) => typesOf(object).includes('WebSite'))
    .map(({ name }) => name);
  const fromLd = [...publishers, ...sites].filter((name) => typeof name === 'string').map(tidy);
  return [
    ...metasOf(facts, 'og:site_name'),
    ...fromLd,
    ...metasOf(
      facts,
      'application-name',
      'apple-mobile-web-app-title',
      'dc.publisher',
      'publisher',
    ),
  ].filter((name) => name !== '');
}
