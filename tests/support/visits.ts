import type { PageInspection } from '../../src/preflight/inspect-page.ts';
import type { CardImage, LinkVisit, VisitedPage } from '../../src/preflight/link-visit.ts';

export const LINK = 'https://news.example.org/rivers/otters';
export const IMAGE = 'https://news.example.org/otter.png';

export const xRules = {
  tags: 'twitter',
  leastImage: { width: 144, height: 144 },
  largeImage: { width: 300, height: 157 },
} as const;

export const facebookRules = {
  tags: 'open-graph',
  leastImage: { width: 200, height: 200 },
  largeImage: { width: 600, height: 315 },
} as const;

export const onX = { displayName: 'X', card: xRules };
export const onFacebook = { displayName: 'Facebook', card: facebookRules };

/** The page of an article with which nothing is wrong. */
export function anInspection(over: Partial<PageInspection> = {}): PageInspection {
  const words = { title: 'Otters', description: 'They are back.', image: IMAGE };
  return {
    title: 'Otters are back',
    headings: ['Otters are back'],
    cards: { twitter: { card: 'summary_large_image', ...words }, 'open-graph': words },
    asksForPassword: false,
    isArticle: true,
    runningText: 3_000,
    ...over,
  };
}

export function anImage(width = 1200, height = 630): CardImage {
  return { kind: 'image', bytes: Buffer.alloc(0), width, height };
}

export function aPage(over: Partial<VisitedPage> = {}): VisitedPage {
  return {
    url: LINK,
    inspection: anInspection(),
    images: new Map([[IMAGE, anImage()]]),
    ...over,
  };
}

export function aVisit(over: Partial<VisitedPage> = {}): LinkVisit {
  return { kind: 'page', link: LINK, page: aPage(over) };
}
