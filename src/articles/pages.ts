import path from 'node:path';
import type { Place, Problem } from '../core/problem.ts';
import { findImageFault } from './image-file.ts';
import { keepImage } from './keep-image.ts';
import type { PageImageChoice } from './page-image.ts';
import { maxPageBytes, type PageReader } from './page-reader.ts';
import type { PageArticle } from './read-page.ts';
import type { WrittenArticle, WrittenReading } from './written-article.ts';

/** HTML as a source of articles: from the web, and from files. */
export interface Pages {
  /** Reads a page of the web. The same address is fetched once. */
  readAddress(address: string, named: Place): Promise<WrittenReading>;
  readFile(bytes: Uint8Array, file: string, named: Place): Promise<WrittenReading>;
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
const acceptImage = 'image/jpeg, image/png, image/webp, image/gif';
const maxImageBytes = 10_000_000;
const mostAtOnce = 6;

/** What was found at an address, wherever its name stands. */
interface Found {
  readonly page?: PageArticle;
  readonly image?: { readonly file: string; readonly alt: string } | undefined;
  readonly fault?: string;
  readonly warnings: readonly string[];
}

export function openPages(io: PagesIo): Pages {
  const found = new Map<string, Promise<Found>>();
  const queue = openQueue(mostAtOnce);
  return {
    async readAddress(address, named) {
      const reading = found.get(address) ?? queue(() => findAddress(address, io));
      found.set(address, reading);
      return tell(await reading, named);
    },
    async readFile(bytes, file, named) {
      return tell(await findFile(bytes, file, io), named);
    },
  };
}

async function findAddress(address: string, io: PagesIo): Promise<Found> {
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
    return await withImage(page, (image) => takeWebImage(image.url, io), warnings);
  } catch (error) {
    return fault(sayFault(error));
  }
}

async function findFile(bytes: Uint8Array, file: string, io: PagesIo): Promise<Found> {
  try {
    const page = await io.reader.read({ bytes });
    return await withImage(page, (image) => takeImage(image.url, file, io), []);
  } catch (error) {
    return fault(sayFault(error));
  }
}

/** An image without words for people who cannot see it is left to the card. */
async function withImage(
  page: PageArticle,
  take: (image: PageImageChoice) => Promise<string>,
  warnings: readonly string[],
): Promise<Found> {
  if (!page.image?.alt) return { page, warnings };
  try {
    const file = await take(page.image);
    return { page, warnings, image: { file, alt: page.image.alt.slice(0, 1000) } };
  } catch (error) {
    const warning = `The post goes out without the image of the page (${page.image.url.slice(0, 200)}). ${sayFault(error)}`;
    return { page, warnings: [...warnings, warning] };
  }
}

function takeImage(url: string, file: string, io: PagesIo): Promise<string> {
  return /^https?:/i.test(url) ? takeWebImage(url, io) : findLocalImage(url, file);
}

async function takeWebImage(url: string, io: PagesIo): Promise<string> {
  const { bytes } = await io.fetch(url, { accept: acceptImage, maxBytes: maxImageBytes });
  return keepImage(bytes, url, io.imageDirectory);
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
    image: image && { ...image, place: named },
    author: page.authors.join(', ') || undefined,
    published:
      published === undefined
        ? undefined
        : { text: published.replace(/^(.{16}).*Z$/, '$1Z'), place: named },
  };
}

/** Lets so many run at once; the others wait their turn. */
function openQueue(atOnce: number) {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      // Whoever is next takes the place over.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
