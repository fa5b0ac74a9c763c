import path from 'node:path';
import type { ZodType } from 'zod';
import { findImages } from '../src/articles/find-images.ts';
import {
  type ArticleIo,
  type ArticleReading,
  imageIoOf,
  readInlineArticle,
  readNamedArticle,
} from '../src/articles/read-article.ts';
import type { Article, ArticleImage } from '../src/core/article.ts';
import type { Entry, OwnWords } from '../src/core/config.ts';
import type { Place, Problem } from '../src/core/problem.ts';
import { checkPart } from '../src/core/schema-problems.ts';
import { type Path, type Source, valueAt } from '../src/core/source.ts';
import { readTime } from '../src/schedule/local-time.ts';
import { findTargetProblems, findTextProblems, type NetworkOf } from './entry-accounts.ts';
import { type EntryFields, entry as entrySchema } from './schema.ts';

export interface EntriesContext {
  /** Absolute path of the config file. */
  readonly file: string;
  readonly timezone: string;
  /** Every declared account, with its network where that is known. */
  readonly networkOf: NetworkOf;
  readonly defaultTo: readonly string[] | undefined;
  readonly publishByMs: number;
  readonly io: ArticleIo;
}

export interface EntriesReading {
  readonly entries: readonly Entry[];
  readonly problems: readonly Problem[];
}

/** Few enough not to run out of file handles. */
const readAtOnce = 64;

/** Reads the section `publications:`, each entry on its own, with its article. */
export async function readEntries(
  source: Source,
  context: EntriesContext,
): Promise<EntriesReading> {
  const section = valueAt(source.value, ['publications']);
  if (section === undefined || section === null) return { entries: [], problems: [] };
  if (!Array.isArray(section)) {
    const message = '"publications" must be a list: start each entry with "- id: …".';
    return { entries: [], problems: [error(source.placeOf(['publications']), message)] };
  }

  const problems = findRepeatedIds(section, source);
  const entries: Entry[] = [];
  for (let start = 0; start < section.length; start += readAtOnce) {
    const indices = [...section.keys()].slice(start, start + readAtOnce);
    const readings = await Promise.all(indices.map((index) => readEntry(index, source, context)));
    for (const reading of readings) {
      problems.push(...reading.problems);
      if (reading.entry) entries.push(reading.entry);
    }
  }
  return { entries, problems };
}

/** The ids of a section that stand there already. */
export function findRepeatedIds(
  section: readonly unknown[],
  source: Source,
  key = 'publications',
): Problem[] {
  const firstLines = new Map<string, number>();
  return section.flatMap((_, index) => {
    const at = [key, index, 'id'];
    const id = valueAt(source.value, at);
    if (typeof id !== 'string') return [];

    const place = source.placeOf(at);
    const firstLine = firstLines.get(id);
    if (firstLine === undefined) firstLines.set(id, place.line);
    if (firstLine === undefined) return [];
    const message = `The id "${id}" is taken: line ${firstLine} has it. Give this ${key === 'feeds' ? 'feed' : 'entry'} another.`;
    return [error(place, message)];
  });
}

interface EntryReading {
  readonly entry?: Entry;
  readonly problems: readonly Problem[];
}

async function readEntry(
  index: number,
  source: Source,
  context: EntriesContext,
): Promise<EntryReading> {
  const at = ['publications', index];
  const { value: fields, problems: shapeProblems } = checkPart(entrySchema, source, at);
  // With a wrong shape the parts that can be judged still are: everything wrong is told at once.
  const written = fields ?? salvage(valueAt(source.value, at));
  const named = (key: string): Place => source.placeOf([...at, key]);

  const time = typeof written.at === 'string' ? readTime(written.at, context.timezone) : undefined;
  const article = await readArticle(written, named, source, at, context);
  const images = await readOwnImages(written, source, at, context);
  const problems = [
    ...shapeProblems,
    ...(time && 'problem' in time ? [error(named('at'), time.problem)] : []),
    ...article.problems,
    ...images.problems,
    ...findAccountProblems(written, article.article, source, at, context),
  ];

  const isUsable = !problems.some((problem) => problem.severity === 'error');
  if (!fields || !time || 'problem' in time || !article.article || !isUsable) return { problems };

  const chosen = new Set(fields.to ?? context.defaultTo ?? []);
  const entry: Entry = {
    id: fields.id,
    article: images.own ? { ...article.article, images: images.own } : article.article,
    at: time.time,
    to: [...chosen],
    text: readOwnWords(fields.text ?? {}, source, at),
    publishByMs: fields.publishBy ?? context.publishByMs,
    place: source.placeOf(at),
  };
  return { entry, problems };
}

/** What is wrong with the accounts and the own words of an entry, or of a feed. */
export function findAccountProblems(
  written: Pick<WrittenEntry, 'text' | 'to'>,
  article: Article | undefined,
  source: Source,
  at: Path,
  { networkOf, defaultTo }: Pick<EntriesContext, 'networkOf' | 'defaultTo'>,
  noun = 'entry',
): Problem[] {
  const text = written.text ?? {};
  const to = written.to ?? defaultTo ?? [];
  const problems = findTextProblems(text, to, article, source, [...at, 'text'], networkOf);
  // The accounts of the defaults are judged where they stand.
  if (written.to)
    problems.push(...findTargetProblems(written.to, source, [...at, 'to'], networkOf));

  const names = valueAt(source.value, [...at, 'to']) ?? defaultTo;
  if (names === undefined) {
    const message = `The ${noun} has no accounts. Add "to: […]" with names from "accounts", here or under "defaults".`;
    problems.push(error(source.placeOf(at), message));
  }
  return problems;
}

export function readOwnWords(
  text: Readonly<Record<string, string>>,
  source: Source,
  at: Path,
): ReadonlyMap<string, OwnWords> {
  const words = Object.entries(text).map(([name, template]) => {
    const place = source.placeOf([...at, 'text', name]);
    return [name, { template, place }] as const;
  });
  return new Map(words);
}

/** Fields of an entry of which some may be wrong: each is left out unless it has its form. */
export type WrittenEntry = Partial<EntryFields>;

function salvage(value: unknown): WrittenEntry {
  return salvageBy(entrySchema.shape, value) as WrittenEntry;
}

/** The fields of a shape that have their form. */
export function salvageBy(shape: Readonly<Record<string, ZodType>>, value: unknown): object {
  const part = (key: string): unknown => {
    const result = shape[key]?.safeParse(valueAt(value, [key]));
    return result?.success ? result.data : undefined;
  };
  const found = Object.keys(shape).map((key) => [key, part(key)] as const);
  return Object.fromEntries(found.filter(([, part]) => part !== undefined));
}

function readArticle(
  { article }: WrittenEntry,
  named: (key: string) => Place,
  source: Source,
  at: Path,
  { file, io }: EntriesContext,
): Promise<ArticleReading> | ArticleReading {
  const directory = path.dirname(file);
  if (article === undefined) return { problems: [] };
  if (typeof article === 'string')
    return readNamedArticle(article, directory, named('article'), io);
  const placeOf = (...path: Path): Place => source.placeOf([...at, 'article', ...path]);
  return readInlineArticle(article, directory, placeOf, io);
}

interface OwnImages {
  /** Missing if the article's are meant. */
  readonly own?: readonly ArticleImage[];
  readonly problems: readonly Problem[];
}

async function readOwnImages(
  { images }: WrittenEntry,
  source: Source,
  at: Path,
  { file, io }: EntriesContext,
): Promise<OwnImages> {
  if (images === undefined) return { problems: [] };
  if (images === 'none') return { own: [], problems: [] };
  const written = images.map((image, i) => ({
    ...image,
    place: source.placeOf([...at, 'images', i, 'file']),
  }));
  const found = await findImages(written, path.dirname(file), imageIoOf(io));
  return { own: found.images, problems: found.problems };
}

function error(place: Place, message: string): Problem {
  return { ...place, message, severity: 'error' };
}
