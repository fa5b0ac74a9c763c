import { imageSize } from 'image-size';
import { maxPageBytes, type PageReader } from '../articles/page-reader.ts';
import { imageTypeOf } from '../core/image-format.ts';
import { FetchError } from '../fetching/fetch-error.ts';
import type { Fetched, SafeFetch } from '../fetching/fetch-safely.ts';
import { type Finding, failure, flaw } from './finding.ts';
import type { PageInspection } from './inspect-page.ts';
import type { CardImage, LinkVisit } from './link-visit.ts';

export interface VisitIo {
  readonly fetch: SafeFetch;
  readonly reader: PageReader<PageInspection>;
}

const acceptPage = 'text/html, application/xhtml+xml;q=0.9, */*;q=0.1';
const acceptImage = 'image/jpeg, image/png, image/webp, image/gif';
/** The most that any network takes of the image of a card. */
const maxImageBytes = 8_000_000;

/** Follows a link as a network would, and fetches the images of its cards. Never throws: what goes wrong is a finding. */
export async function visitLink(link: string, io: VisitIo): Promise<LinkVisit> {
  let answer: Fetched;
  try {
    answer = await io.fetch(link, { accept: acceptPage, maxBytes: maxPageBytes });
  } catch (error) {
    return { kind: 'failed', link, finding: explain(link, error) };
  }
  const contentType = (answer.contentType ?? 'text/html').toLowerCase();
  if (!/html|xml/.test(contentType)) return { kind: 'file', link, contentType };
  let inspection: PageInspection;
  try {
    inspection = await io.reader.read(answer);
  } catch (error) {
    const finding = flaw(
      'preflight:unreadable',
      `The page of ${link} answers, but cannot be judged. ${messageOf(error)}`,
      'Look at it in a browser; networks may show no card of it.',
    );
    return { kind: 'failed', link, finding };
  }
  const { cards } = inspection;
  const urls = new Set([cards.twitter.image, cards['open-graph'].image].filter((url) => url));
  const images = await Promise.all(
    [...urls].map(async (url) => [url ?? '', await fetchImage(url ?? '', io)] as const),
  );
  return { kind: 'page', link, page: { url: answer.url, inspection, images: new Map(images) } };
}

async function fetchImage(url: string, io: VisitIo): Promise<CardImage> {
  try {
    const { bytes } = await io.fetch(url, { accept: acceptImage, maxBytes: maxImageBytes });
    if (imageTypeOf(bytes) === undefined) {
      return { kind: 'failed', message: 'It is no PNG, JPEG, GIF or WebP image.' };
    }
    // A copy in memory of its own: of a cut file the reader would go on in what lies behind it.
    const { width, height } = imageSize(Uint8Array.from(bytes));
    // Of half an image, half the size is not even a number.
    if (!(width > 0 && height > 0)) return { kind: 'failed', message: 'It is broken.' };
    return { kind: 'image', bytes, width, height };
  } catch (error) {
    const message = error instanceof FetchError ? error.message : 'It is broken.';
    return { kind: 'failed', message };
  }
}

function explain(link: string, error: unknown): Finding {
  const { kind, status } =
    error instanceof FetchError ? error : { kind: 'failed', status: undefined };
  const said = messageOf(error);
  if (kind === 'refused') {
    return failure('preflight:private-address', `${link} was not looked at.`, said);
  }
  if (status === 401 || status === 403) {
    return failure(
      'preflight:login',
      `${link} does not let everyone in: its server answers ${status}.`,
      'Make the page public, or name one that everyone can read.',
    );
  }
  if (status === 404 || status === 410) {
    return failure(
      'preflight:not-found',
      `There is no page at ${link}: its server answers ${status}.`,
      'Check the address, or publish the page before its post.',
    );
  }
  if (status !== undefined) {
    return failure(
      'preflight:server-error',
      `${link} gives no page: its server answers ${status}.`,
      'Ask whoever runs the site, or try again later.',
    );
  }
  const [what = '', ...remedy] = said.split(/(?<=\.) /);
  return failure('preflight:unreachable', `${link} cannot be had. ${what}`, remedy.join(' '));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
