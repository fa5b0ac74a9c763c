import { isBoilerplate } from '../wording/boilerplate.ts';
import { dropFarewell } from '../wording/farewell.ts';
import type { PageFacts } from './html-facts.ts';
import { listOf, typesOf } from './json-ld.ts';
import { fromJsonLd, keyOf, metasOf, propertiesOf, tidy } from './page-claims.ts';

/** What the page is about, so that a summary of its site is told from one of the article. */
export interface PageTopic {
  readonly title: string;
  readonly siteName?: string | undefined;
}

const siteTypes = /^(?:WebSite|.*Organization|.*Business|Person|Blog)$/;

/**
 * The publisher's own short version of the article, wherever the page gives one; of two that start alike the
 * fuller. What the page says of its site is none.
 */
export function choosePageSummary(facts: PageFacts, topic: PageTopic): string | undefined {
  const ofSite = new Set(descriptionsOfSite(facts).map(keyOf));
  const claims = [
    ...metasOf(facts, 'description', 'og:description', 'twitter:description'),
    ...fromJsonLd(facts, 'description'),
    ...metasOf(facts, 'dc.description', 'sailthru.description', 'abstract'),
    ...propertiesOf(facts, 'description'),
  ].filter((text) => text.length > 1 && !/^https?:\/\/\S+$/.test(text));
  const [first] = claims.filter((text) => !ofSite.has(keyOf(text)) && !isBoilerplate(text, topic));
  const cut = first && findCut(first);
  return (
    (cut && claims.find((text) => text.startsWith(cut) && text.length > first.length)) ?? first
  );
}

/** The words before the mark of a machine that cut them; undefined if none did. */
function findCut(text: string): string | undefined {
  const marked = /^(.{20,}?)\s*(?:…|\.{3}|\[…\]|\[\.{3}\])$/.exec(text)?.[1];
  const { text: plain, isCut } = dropFarewell(text);
  return marked ?? (isCut ? plain : undefined);
}

function descriptionsOfSite(facts: PageFacts): readonly string[] {
  return facts.jsonLd
    .filter((object) => typesOf(object).every((type) => siteTypes.test(type)))
    .flatMap(({ description }) => listOf(description))
    .filter((text) => typeof text === 'string')
    .map(tidy);
}
