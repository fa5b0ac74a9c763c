import type { PageFacts } from './html-facts.ts';
import { fromJsonLd, metasOf, propertiesOf } from './page-claims.ts';

/** The publisher's own short version, wherever the page gives one; of two that start alike the fuller. */
export function choosePageSummary(facts: PageFacts): string | undefined {
  const claims = [
    ...metasOf(facts, 'description', 'og:description', 'twitter:description'),
    ...fromJsonLd(facts, 'description'),
    ...metasOf(facts, 'dc.description', 'sailthru.description', 'abstract'),
    ...propertiesOf(facts, 'description'),
  ].filter((text) => text.length > 1 && !/^https?:\/\/\S+$/.test(text));
  const [first] = claims;
  const cut = first && /^(.{20,}?)\s*(?:…|\.{3}|\[…\]|\[\.{3}\])$/.exec(first)?.[1];
  return (
    (cut && claims.find((text) => text.startsWith(cut) && text.length > first.length)) ?? first
  );
}
