import { cleanLine } from './clean-text.ts';
import { decodeEntities } from './entities.ts';
import type { JsonObject, PageFacts } from './html-facts.ts';
import { listOf, typesOf } from './json-ld.ts';

const articleTypes =
  /(?:Article|Posting|Report|Review|Recipe|Story|Blog|VideoObject|PodcastEpisode)$/;
const pageTypes = /(?:WebPage|CreativeWork|ItemPage|Product|Event|AboutPage|Course|Book)$/;

/** The contents of the meta tags of these names that are not empty, name by name. */
export function metasOf(facts: PageFacts, ...names: readonly string[]): string[] {
  return names
    .flatMap((name) =>
      facts.metas.filter(({ key }) => key === name).map(({ content }) => tidy(content)),
    )
    .filter((content) => content !== '');
}

/** What the JSON-LD of the article itself, else that of its page, says under a name. */
export function fromJsonLd(facts: PageFacts, name: string): string[] {
  return articleObjects(facts)
    .flatMap((object) => listOf(object[name]))
    .filter((value) => typeof value === 'string')
    .map(tidy)
    .filter((value) => value !== '');
}

/** The objects of the JSON-LD that describe the article, best first. */
export function articleObjects(facts: PageFacts): readonly JsonObject[] {
  const of = (pattern: RegExp) =>
    facts.jsonLd.filter((object) => typesOf(object).some((type) => pattern.test(type)));
  return [...of(articleTypes), ...of(pageTypes)];
}

/** The values of microdata of these names. */
export function propertiesOf(facts: PageFacts, ...names: readonly string[]): string[] {
  return names
    .flatMap((name) =>
      facts.properties.filter((property) => property.name === name).map(({ value }) => tidy(value)),
    )
    .filter((value) => value !== '');
}

/** Tags are often written by programs that escape twice, and hold HTML. */
export function tidy(text: string): string {
  const plain = /<\/?[a-z][^<>]*>/i.test(text) ? text.replace(/<[^<>]{0,1000}>/g, ' ') : text;
  return cleanLine(decodeEntities(plain));
}

/** Letters and digits only: what two ways of writing the same have in common. */
export function keyOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Addresses on the page count from here. */
export function baseOf(facts: PageFacts, url: string | undefined): string | undefined {
  if (facts.base === undefined || !URL.canParse(facts.base, url)) return url;
  return new URL(facts.base, url).href;
}
