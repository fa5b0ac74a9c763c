import type { PageFacts } from './html-facts.ts';
import { fromJsonLd, metasOf } from './page-claims.ts';

const rightToLeft = new Set(['ar', 'fa', 'he', 'ur', 'ps', 'ckb', 'yi', 'ug', 'dv', 'sd', 'iw']);

/** The language of the page as a code of BCP 47. */
export function choosePageLanguage(facts: PageFacts): string | undefined {
  const claims = [
    facts.language ?? '',
    ...fromJsonLd(facts, 'inLanguage'),
    ...metasOf(facts, 'og:locale', 'content-language', 'dc.language', 'language'),
  ];
  for (const claim of claims) {
    const code =
      claim
        .trim()
        .split(/[,;\s]/)[0]
        ?.replace(/_/g, '-') ?? '';
    if (!/^[a-z]{2,3}(?:-|$)/i.test(code)) continue;
    try {
      const [canonical] = Intl.getCanonicalLocales(code);
      if (canonical !== undefined) return canonical;
    } catch {
      // The next claim may be one.
    }
  }
  return undefined;
}

/** The way the page is read, as it says or as its language has it. */
export function choosePageDirection(
  facts: PageFacts,
  language: string | undefined,
): 'ltr' | 'rtl' | undefined {
  const told = facts.direction?.trim().toLowerCase();
  if (told === 'rtl' || told === 'ltr') return told;
  if (language === undefined) return undefined;
  return rightToLeft.has(language.split('-')[0] ?? '') ? 'rtl' : 'ltr';
}
