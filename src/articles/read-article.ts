import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Article, ArticleImage } from '../core/article.ts';
import type { Place, Problem } from '../core/problem.ts';
import { decodeSource, maxSourceBytes } from '../core/source-text.ts';
import type { InlineArticle } from './article-fields.ts';
import { cleanLine, cleanText } from './clean-text.ts';
import { findImages, type ImageIo } from './find-images.ts';
import { readMarkdown } from './markdown.ts';
import { maxPageBytes } from './page-reader.ts';
import type { Pages } from './pages.ts';
import { readParagraphs, readPlainText } from './plain-text.ts';
import type { WrittenArticle, WrittenReading } from './written-article.ts';

/** The article is missing if it cannot be published. */
export interface ArticleReading {
  readonly article?: Article;
  readonly problems: readonly Problem[];
}

export interface ArticleIo {
  /** Directory against which files are named to people. */
  readonly cwd: string;
  /** Milliseconds of a date or time as people write it, or undefined if it is none. */
  readInstant(text: string): number | undefined;
  /** Reads HTML, from the web and from files. */
  readonly pages: Pages;
  /** Told of every file of ours before it is read. */
  note(file: string): Promise<void>;
}

/**
 * Reads the article that a config names: an address of the web, or a Markdown, text or HTML file, relative to
 * the file that names it.
 *
 * @param named where its name stands, for problems with the name
 */
export async function readNamedArticle(
  name: string,
  directory: string,
  named: Place,
  io: ArticleIo,
): Promise<ArticleReading> {
  if (isAddress(name)) {
    return finish(await io.pages.readAddress(name.trim(), named), directory, named, io);
  }
  const fault = findNameFault(name);
  if (fault) return refuse(named, fault);

  const file = path.resolve(directory, name.trim());
  const shownAs = path.relative(io.cwd, file);
  const isPage = pageFile.test(file);
  await io.note(file);
  const bytes = await readBytes(file, name.trim(), isPage ? maxPageBytes : maxSourceBytes);
  if (typeof bytes === 'string') return refuse(named, bytes);
  if (isPage) {
    return finish(await io.pages.readFile(bytes, file, named), path.dirname(file), named, io);
  }
  const text = decodeSource(bytes, shownAs);
  if (typeof text !== 'string') return { problems: [text] };

  const start: Place = { file: shownAs, line: 1, column: 1 };
  return finish(readByKind(text, file, shownAs), path.dirname(file), start, io);
}

/** Takes an article that stands in the config itself. */
export async function readInlineArticle(
  fields: InlineArticle,
  directory: string,
  placeOf: (...path: readonly (string | number)[]) => Place,
  io: ArticleIo,
): Promise<ArticleReading> {
  const { image, images, published } = fields;
  const written: WrittenArticle = {
    title: cleanLine(fields.title),
    text: readParagraphs(fields.text ?? ''),
    summary: fields.summary === undefined ? undefined : cleanText(fields.summary),
    link: fields.link?.trim(),
    image: image && { ...image, place: placeOf('image', 'file') },
    images: images?.map((one, i) => ({ ...one, place: placeOf('images', i, 'file') })),
    tags: fields.tags ?? [],
    language: fields.language,
    author: fields.author,
    published:
      published === undefined ? undefined : { text: published, place: placeOf('published') },
  };
  return finish({ written, problems: [] }, directory, placeOf('title'), io);
}

function readByKind(text: string, file: string, shownAs: string): WrittenReading {
  if (/\.(?:md|markdown)$/i.test(file)) return readMarkdown(text, shownAs);
  const start = { file: shownAs, line: 1, column: 1 };
  const { written, leftOut } = readPlainText(text, start);
  return { written, problems: leftOut.slice(0, 1).map((line) => sayLeftOut(line, text, start)) };
}

/** Nothing is left out of a text without a word. */
function sayLeftOut(line: string, text: string, start: Place): Problem {
  const at = text.lastIndexOf(line.trim());
  const number = at < 0 ? start.line : text.slice(0, at).split('\n').length;
  const message = `"${line.trim().slice(0, 60)}" and what follows is taken for a footer and left out of posts. Move it up if it belongs to the article.`;
  return { ...start, line: number, message, severity: 'warning' };
}

const pageFile = /\.x?html?$/i;

function isAddress(name: string): boolean {
  return /^[a-z][a-z\d+.-]*:\/\//i.test(name.trim());
}

function findNameFault(name: string): string | undefined {
  if (pageFile.test(name.trim()) || /\.(?:md|markdown|txt|text)$/i.test(name.trim()))
    return undefined;
  return `"${name}" is no article that Carillon can read. Name a Markdown (.md), text (.txt) or HTML (.html) file, or an address that starts with https://.`;
}

/** The bytes of a file, or a sentence that says why there are none. */
async function readBytes(file: string, name: string, most: number): Promise<Buffer | string> {
  try {
    const found = await stat(file);
    if (!found.isFile()) return `"${name}" is no file. Name the file of the article.`;
    if (found.size > most) {
      return `The article "${name}" is larger than ${Math.floor(most / 1_000_000)} MB. Name the right file.`;
    }
    return await readFile(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      return `There is no article "${name}". Check the name; it counts from the file that names it.`;
    }
    return `The article "${name}" cannot be read (${code ?? 'unknown error'}). Give Carillon the right to read it.`;
  }
}

async function finish(
  { written, problems: problemsOfText }: WrittenReading,
  directory: string,
  start: Place,
  io: ArticleIo,
): Promise<ArticleReading> {
  if (!written) return { problems: problemsOfText };
  const problems = [...problemsOfText];

  if (written.title === '' && written.text === '') {
    problems.push(error(start, 'The article is empty. Give it a title or a text.'));
  }
  const { image, images = [], published } = written;
  const found = await findImages(image ? [image, ...images] : images, directory, imageIoOf(io));
  problems.push(...found.problems);
  const publishedAt = published && io.readInstant(published.text);
  if (published && publishedAt === undefined) {
    const message = `"${published.text}" is no date that Carillon can read. Write it as 2026-11-24 or 2026-11-24 09:00.`;
    problems.push(error(published.place, message));
  }
  if (problems.some((problem) => problem.severity === 'error')) return { problems };

  return { article: toArticle(written, found.images, publishedAt), problems };
}

/** How the images of articles are reached. */
export function imageIoOf({ pages, note }: ArticleIo): ImageIo {
  return { web: pages.images, note };
}

function toArticle(
  written: WrittenArticle,
  images: readonly ArticleImage[],
  publishedAt?: number,
): Article {
  const { title, text, summary, link, language, direction, author, siteName } = written;
  const tags = written.tags.map((tag) => cleanLine(tag).replace(/^#+/, '').trim());
  return {
    title,
    text,
    images,
    tags: [...new Set(tags)].filter((tag) => tag !== ''),
    ...(summary && { summary }),
    ...(link && { link }),
    ...(language && { language }),
    ...(direction && { direction }),
    ...(siteName && { siteName }),
    ...(written.isFromPage && { isFromPage: true }),
    ...(author && { author: cleanLine(author) }),
    ...(publishedAt !== undefined && { publishedAt: new Date(publishedAt) }),
  };
}

function refuse(place: Place, message: string): ArticleReading {
  return { problems: [error(place, message)] };
}

function error(place: Place, message: string): Problem {
  return { ...place, message, severity: 'error' };
}
