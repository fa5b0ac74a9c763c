import type { PageFacts } from './html-facts.ts';
import { listOf } from './json-ld.ts';
import { articleObjects, metasOf, propertiesOf } from './page-claims.ts';

export interface PageImageChoice {
  /** Whole address, or relative to the page where that has none. */
  readonly url: string;
  /** The page's own words for people who cannot see it. */
  readonly alt?: string;
}

const noPicture =
  /logo|icon|avatar|qr-?code|\bewm\b|blank|pixel|spacer|placeholder|missing|emoji|gravatar|sprite|1x1/i;

/** How content management systems mark the image at the head of an article. */
const leadMarks = /\b(?:wp-post-image|banner|hero|featured|lead)\b/;

/**
 * The image that the page gives for its article, else the first one of the text.
 *
 * @param inText addresses of the images of the article's text
 */
export function choosePageImage(
  facts: PageFacts,
  base: string | undefined,
  inText: readonly string[],
): PageImageChoice | undefined {
  for (const claim of gatherClaims(facts, inText)) {
    const url = resolveAddress(claim, base);
    if (url === undefined) continue;
    const alt = findAlt(facts, url, base);
    return alt === undefined ? { url } : { url, alt };
  }
  return undefined;
}

function gatherClaims(facts: PageFacts, inText: readonly string[]): string[] {
  const objects = articleObjects(facts).flatMap(({ image, thumbnailUrl }) => [
    ...listOf(image),
    ...listOf(thumbnailUrl),
  ]);
  return [
    ...metasOf(facts, 'og:image:secure_url', 'og:image', 'og:image:url'),
    ...metasOf(facts, 'twitter:image', 'twitter:image:src'),
    ...objects.flatMap(addressesOf),
    ...facts.links.filter(({ rel }) => rel === 'image_src').map(({ href }) => href),
    ...metasOf(facts, 'thumbnail', 'sailthru.image.full', 'parsely-image-url'),
    ...propertiesOf(facts, 'image', 'thumbnailurl'),
    ...facts.images
      .filter(({ marks, isAside }) => leadMarks.test(marks) && !isAside)
      .map(({ src }) => src),
    ...inText.filter((src) => !noPicture.test(src)),
    ...facts.images
      .filter(({ src, isInArticle, isAside }) => isInArticle && !isAside && !noPicture.test(src))
      .map(({ src }) => src),
  ];
}

function addressesOf(image: unknown): string[] {
  if (typeof image === 'string') return [image];
  const { url, contentUrl } = (image ?? {}) as { url?: unknown; contentUrl?: unknown };
  return [url, contentUrl].flatMap(listOf).filter((one) => typeof one === 'string');
}

/** Without an address of the page only whole addresses and plain relative ones mean something. */
function resolveAddress(claim: string, base: string | undefined): string | undefined {
  if (URL.canParse(claim, base)) {
    const url = new URL(claim, base);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
  }
  return base === undefined && /^[^/\\?#:][^?#:\\]*$/.test(claim) ? claim : undefined;
}

function findAlt(facts: PageFacts, url: string, base: string | undefined): string | undefined {
  const [told] = metasOf(facts, 'og:image:alt', 'twitter:image:alt');
  if (told !== undefined) return told;
  const name = fileName(url);
  const same = facts.images.find(({ src, alt }) => {
    const own = resolveAddress(src, base);
    return alt !== undefined && alt.trim() !== '' && own !== undefined && fileName(own) === name;
  });
  return same?.alt?.replace(/\s+/g, ' ').trim();
}

/** One image has many addresses, for many sizes; its name mostly stays. */
function fileName(url: string): string {
  return (url.split(/[?#]/)[0] ?? '').replace(/^.*\//, '').replace(/-\d+x\d+(?=\.\w+$)/, '');
}
