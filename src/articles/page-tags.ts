import type { PageFacts } from './html-facts.ts';
import { listOf } from './json-ld.ts';
import { articleObjects, keyOf, metasOf, tidy } from './page-claims.ts';

const mostTags = 10;

/** The subjects of the article as its page names them. */
export function choosePageTags(facts: PageFacts): string[] {
  const keywords = articleObjects(facts)
    .flatMap((object) => listOf(object.keywords))
    .filter((keyword) => typeof keyword === 'string');
  const claims = [
    metasOf(facts, 'article:tag', 'og:article:tag'),
    keywords.map(tidy),
    metasOf(facts, 'news_keywords', 'parsely-tags', 'sailthru.tags'),
    metasOf(facts, 'keywords'),
  ];
  for (const claim of claims) {
    const tags = new Map<string, string>();
    for (const tag of claim.flatMap((text) => text.split(/[,;،、]/)).map((text) => text.trim())) {
      if (tag !== '' && tag.length <= 50 && !tags.has(keyOf(tag))) tags.set(keyOf(tag), tag);
    }
    // A long list is made for search engines.
    if (tags.size > 0) return [...tags.values()].slice(0, mostTags);
  }
  return [];
}
