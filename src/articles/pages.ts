import path from 'node:path';
import type { Place, Problem } from '../core/problem.ts';
import { openTurns } from '../core/turns.ts';
import { findImageFault } from './image-file.ts';
import type { PageImageChoice } from './page-image.ts';
import { maxPageBytes, type PageReader } from './page-reader.ts';
import type { PageArticle } from './read-page.ts';
import { openWebImages, type TakenImage, type WebImages } from './web-images.ts';
import type { WrittenArticle, WrittenReading } from './written-article.ts';

/** HTML as a source of articles: from the web, and from files. */
export interface Pages {
  /** Reads a page of the web. The same address is fetched once. */
  readAddress(address: string, named: Place): Promise<WrittenReading>;
  readFile(bytes: Uint8Array, file: string, named: Place): Promise<WrittenReading>;
  readonly images: WebImages;
}

export interface PagesIo {
  /** Fetches from the web. @throws an error whose message is a sentence for people */
  fetch(
    url: string,
    request: { readonly accept: string; readonly maxBytes: number },
  ): Promise<WebAnswer>;
  readonly reader: PageReader;
  /** Where images of pages are kept. */
  readonly imageDirectory: string;
}

interface WebAnswer {
  readonly url: string;
  readonly contentType: string | undefined;
  readonly bytes: Uint8Array;
}

const acceptPage = 'text/html, application/xhtml+xml;q=0.9, */*;q=0.1';
const mostAtOnce = 6;

/** What was found at an address, wherever its name stands. */
interface Found {
  readonly page?: PageArticle;
  readonly image?: { readonly file: string; readonly alt: string } | undefined;
  readonly fault?: string;
  readonly warnings: readonly string[];
}

export function openPages(io: PagesIo): Pages {
  const images = openWebImages(io);
  const found = new Map<string, Promise<Found>>();
  const inTurn = openTurns(mostAtOnce);
  return {
    async readAddress(address, named) {
      const reading = found.get(address) ?? inTurn(() => findAddress(address, io, images));
      found.set(address, reading);
      return tell(await reading, named);
    },
    async readFile(bytes, file, named) {
      return tell(await findFile(bytes, file, io, images), named);
    },
    images,
  };
}

async function findAddress(address: string, io: PagesIo, images: WebImages): Promise<Found> {
  try {
    const answer = await io.fetch(address, { accept: acceptPage, maxBytes: maxPageBytes });
    const type = (answer.contentType ?? 'text/html').toLowerCase();
    if (!/html|xml|text\/plain/.test(type)) {
      return fault(`The address gives no page, but "${type.slice(0, 60)}". Name the page itself.`);
    }
    const page = await io.reader.read(answer);
    const warnings = /^http:/i.test(address)
      ? [
          'The article comes over http://, and anyone on the way can change it. Write https:// if its site has that.',
        ]
      : [];
    return await withImage(page, (image) => images.take(image.url), warnings);
  } catch (error) {
    return fault(sayFault(error));
  }
}

async function findFile(
  bytes: Uint8Array,
  file: string,
  io: PagesIo,
  images: WebImages,
): Promise<Found> {
  try {
    const page = await io.reader.read({ bytes });
    return await withImage(page, (image) => takeImage(image.url, file, images), []);
  } catch (error) {
    return fault(sayFault(error));
  }
}

/** An image without words for people who cannot see it is left to the card. */
async function withImage(
  page: PageArticle,
  take: (image: PageImageChoice) => Promise<TakenImage>,
  warnings: readonly string[],
): Promise<Found> {
  if (!page.image?.alt) return { page, warnings };
  try {
    const { file, warning } = await take(page.image);
    const alt = page.image.alt.slice(0, 1000);
    const told = warning ? [`The image of the page cannot be fetched. ${warning}`] : [];
    return { page, warnings: [...warnings, ...told], image: { file, alt } };
  } catch (error) {
    const warning = `The post goes out without the image of the page (${page.image.url.slice(0, 200)}). ${sayFault(error)}`;
    return { page, warnings: [...warnings, warning] };
  }
}

async function takeImage(url: string, file: string, images: WebImages): Promise<TakenImage> {
  return /^https?:/i.test(url) ? images.take(url) : { file: await findLocalImage(url, file) };
}

/** Only images beside the page or below it: a page from elsewhere must not pick files of this machine. */
async function findLocalImage(url: string, page: string): Promise<string> {
  const directory = path.dirname(page);
  const file = path.resolve(directory, decodeLoosely(url));
  if (!file.startsWith(`${directory}${path.sep}`)) {
    throw new Error('It lies outside of the folder of the page. Put it beside the page.');
  }
  const problem = await findImageFault(file, url);
  if (problem !== undefined) throw new Error(problem);
  return file;
}

function decodeLoosely(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

function sayFault(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function fault(message: string): Found {
  return { fault: message, warnings: [] };
}

function tell({ page, image, fault: wrong, warnings }: Found, named: Place): WrittenReading {
  const problems = warnings.map((message): Problem => ({ ...named, message, severity: 'warning' }));
  if (wrong !== undefined || !page) {
    const message = wrong ?? 'The page cannot be read.';
    return { problems: [...problems, { ...named, message, severity: 'error' }] };
  }
  if (page.title === '' && page.text === '') {
    const message =
      'The page has neither a title nor a text that Carillon can find. Write the article yourself.';
    return { problems: [...problems, { ...named, message, severity: 'error' }] };
  }
  return { written: toWritten(page, image, named), problems };
}

function toWritten(page: PageArticle, image: Found['image'], named: Place): WrittenArticle {
  const { title, text, summary, link, tags, language, direction, siteName, published } = page;
  return {
    title,
    text,
    summary,
    link,
    tags,
    language,
    direction,
    siteName,
    isFromPage: true,
    image: image && { ...image, place: named, isOptional: true },
    author: page.authors.join(', ') || undefined,
    published:
      published === undefined
        ? undefined
        : { text: published.replace(/^(.{16}).*Z$/, '$1Z'), place: named },
  };
}
