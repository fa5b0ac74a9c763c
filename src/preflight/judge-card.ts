import type { CardRules } from '../networks/network.ts';
import { drawCard, reaches } from './draw-card.ts';
import { type Finding, flaw } from './finding.ts';
import type { LinkVisit, VisitedPage } from './link-visit.ts';

/** A network that shows a card of a link. */
export interface CardNetwork {
  readonly displayName: string;
  readonly card: CardRules;
}

const goodSize = 'Give the page an "og:image" of 1200 × 630.';

/** What is the matter with the card of a link, on the networks whose posts show one. Pure. */
export function judgeCard(visit: LinkVisit, networks: readonly CardNetwork[]): readonly Finding[] {
  if (networks.length === 0 || visit.kind === 'failed') return [];
  if (visit.kind === 'file') return [noPage(visit.link, visit.contentType, networks)];
  const { page, link } = visit;
  const bare = networks.filter(({ card }) => drawCard(page, card).shape === 'none');
  const shown = networks.filter((network) => !bare.includes(network));
  const without = shown.filter(({ card }) => drawCard(page, card).imageUrl === undefined);
  return [
    ...(bare.length > 0 ? [noTitle(link, bare)] : []),
    ...(without.length > 0 ? [noImage(link, without)] : []),
    ...shown.flatMap((network) => findImageFlaws(link, page, network)),
  ].filter(isFirstOfItsKind);
}

function noPage(link: string, contentType: string, networks: readonly CardNetwork[]): Finding {
  return flaw(
    'preflight:no-page',
    `${link} gives no page, but "${contentType.slice(0, 60)}": ${say(networks)} will show a bare link.`,
    'Link to a page that presents it.',
  );
}

function noTitle(link: string, networks: readonly CardNetwork[]): Finding {
  return flaw(
    'preflight:no-card',
    `The page of ${link} has no title for a card: ${say(networks)} will show a bare link.`,
    'Give the page an "og:title".',
  );
}

function noImage(link: string, networks: readonly CardNetwork[]): Finding {
  return flaw(
    'preflight:no-image',
    `The page of ${link} has no "og:image": ${say(networks)} will show a small card without an image.`,
    goodSize,
  );
}

function findImageFlaws(link: string, page: VisitedPage, network: CardNetwork): readonly Finding[] {
  const { lost, image, imageUrl = '', shape } = drawCard(page, network.card);
  if (lost?.because === 'failed') {
    return [
      flaw(
        'preflight:image-unreachable',
        `The image of ${link} cannot be shown (${imageUrl.slice(0, 200)}). ${lost.message}`,
        'Mend the address or the image in the page’s "og:image".',
      ),
    ];
  }
  const { width, height } = network.card.largeImage;
  if (lost?.because === 'small') {
    const { leastImage } = network.card;
    return [
      flaw(
        'preflight:image-small',
        `The image of ${link} is ${lost.message} pixels, too small for ${network.displayName} (at least ${leastImage.width} × ${leastImage.height}): its card will have no image.`,
        goodSize,
      ),
    ];
  }
  if (image !== undefined && !reaches(image, network.card.largeImage)) {
    return [
      flaw(
        'preflight:image-small',
        `The image of ${link} is ${image.width} × ${image.height} pixels, and ${network.displayName} shows a large card from ${width} × ${height} on: its card will be small.`,
        goodSize,
      ),
    ];
  }
  if (image !== undefined && shape === 'small') {
    return [
      flaw(
        'preflight:no-card',
        `The page of ${link} does not ask for a large card on ${network.displayName}: its card will be small.`,
        'Give the page <meta name="twitter:card" content="summary_large_image">.',
      ),
    ];
  }
  return [];
}

function say(networks: readonly CardNetwork[]): string {
  return networks.map(({ displayName }) => displayName).join(' and ');
}

function isFirstOfItsKind(finding: Finding, index: number, all: readonly Finding[]): boolean {
  return all.findIndex(({ message }) => message === finding.message) === index;
}
