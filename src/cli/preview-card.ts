import type { Article } from '../core/article.ts';
import type { CardRules } from '../networks/network.ts';
import { drawCard } from '../preflight/draw-card.ts';
import type { LinkVisit } from '../preflight/link-visit.ts';
import { embedImage } from '../preview/embed-image.ts';
import type { LinkCard } from '../preview/previewed.ts';

const LOOK = 'With --online the preview looks it up.';

/** The card as far as it is known without the web: an article that was read from a page says what is on it. */
export function cardOfArticle(link: string, article: Article | undefined): LinkCard {
  const base = { link, domain: domainOf(link), shape: 'unknown' } as const;
  if (!article?.isFromPage) {
    return { ...base, note: `The title and the image of this card are not known here. ${LOOK}` };
  }
  const note = `The image of this card is not known here. ${LOOK}`;
  return { ...base, title: article.title, description: article.summary, note };
}

/** The card that a network makes of the page behind a link. */
export async function cardOfPage(
  visit: LinkVisit,
  { rules, displayName }: { readonly rules: CardRules; readonly displayName: string },
): Promise<LinkCard> {
  const base = { link: visit.link, domain: domainOf(visit.link) };
  if (visit.kind === 'failed') {
    return { ...base, shape: 'unknown', note: 'There is no card: the link could not be followed.' };
  }
  if (visit.kind === 'file') {
    return {
      ...base,
      shape: 'none',
      note: `${displayName} shows no card: the link leads to a file.`,
    };
  }
  const drawn = drawCard(visit.page, rules);
  if (drawn.shape === 'none') {
    const note = `${displayName} shows no card: the page has no title for one.`;
    return { ...base, shape: 'none', note };
  }
  const { shape, title, description, image, lost } = drawn;
  const shown = image && (await embedImage(image.bytes));
  const note = shown === undefined ? noteOfImage(lost?.because) : undefined;
  return { ...base, shape, title, description, image: shown, note };
}

function noteOfImage(because: 'failed' | 'small' | undefined): string {
  switch (because) {
    case 'failed':
      return 'The image that the page names for its card cannot be had.';
    case 'small':
      return 'The image that the page names for its card is too small to be shown.';
    default:
      return 'The page names no image for its card.';
  }
}

function domainOf(link: string): string {
  return URL.canParse(link) ? new URL(link).hostname.replace(/^www\./, '') : link;
}
