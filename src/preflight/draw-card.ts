import type { CardRules } from '../networks/network.ts';
import type { CardImage, VisitedPage } from './link-visit.ts';

/** The card that a network makes of a page. */
export interface DrawnCard {
  /** `none`: the network shows a bare link. */
  readonly shape: 'large' | 'small' | 'none';
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  /** The image that is seen. */
  readonly image?: Extract<CardImage, { kind: 'image' }>;
  /** The address that the page names, whatever came of it. */
  readonly imageUrl?: string | undefined;
  /** Why the image is not seen, though the page names one. */
  readonly lost?: { readonly because: 'failed' | 'small'; readonly message: string };
}

/** Draws the card of a page by the rules of one network. Pure. */
export function drawCard({ inspection, images }: VisitedPage, rules: CardRules): DrawnCard {
  const { card, title, description, image: imageUrl } = inspection.cards[rules.tags];
  if (title === undefined) return { shape: 'none', imageUrl };
  const words = { title, description, imageUrl };
  const found = imageUrl === undefined ? undefined : images.get(imageUrl);
  if (found === undefined) return { shape: 'small', ...words };
  if (found.kind === 'failed') {
    return { shape: 'small', ...words, lost: { because: 'failed', message: found.message } };
  }
  const size = `${found.width} × ${found.height}`;
  if (!reaches(found, rules.leastImage)) {
    return { shape: 'small', ...words, lost: { because: 'small', message: size } };
  }
  // X makes a large card only where the page asks for one.
  const mayBeLarge = rules.tags !== 'twitter' || card === 'summary_large_image';
  const isLarge = mayBeLarge && reaches(found, rules.largeImage);
  return { shape: isLarge ? 'large' : 'small', ...words, image: found };
}

export function reaches(
  image: { readonly width: number; readonly height: number },
  least: { readonly width: number; readonly height: number },
): boolean {
  return image.width >= least.width && image.height >= least.height;
}
