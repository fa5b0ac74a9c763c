import type { ImageSize } from '../networks/network.ts';
import type { Finding } from './finding.ts';
import type { PageInspection } from './inspect-page.ts';

/** What came of following a link: plain data, to be judged. */
export type LinkVisit =
  | { readonly kind: 'page'; readonly link: string; readonly page: VisitedPage }
  /** Something answers there, but it is no page, such as a PDF. */
  | { readonly kind: 'file'; readonly link: string; readonly contentType: string }
  | { readonly kind: 'failed'; readonly link: string; readonly finding: Finding };

export interface VisitedPage {
  /** Where it was found, after all redirects. */
  readonly url: string;
  readonly inspection: PageInspection;
  /** The images of its cards, by address. */
  readonly images: ReadonlyMap<string, CardImage>;
}

export type CardImage =
  | ({ readonly kind: 'image'; readonly bytes: Buffer } & ImageSize)
  /** A sentence says why. */
  | { readonly kind: 'failed'; readonly message: string };
