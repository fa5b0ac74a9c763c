import path from 'node:path';
import type { ZodType } from 'zod';
import {
  type ArticleIo,
  type ArticleReading,
  readInlineArticle,
  readNamedArticle,
} from '../src/articles/read-article.ts';
import type { Article } from '../src/core/article.ts';
import type { Entry, OwnWords } from '../src/core/config.ts';
import type { Place, Problem } from '../src/core/problem.ts';
import { checkPart } from '../src/core/schema-problems.ts';
import { type Path, type Source, valueAt } from '../src/core/source.ts';
import { readTime } from '../src/schedule/local-time.ts';
import { findTargetProblems, findTextProblems, type WritingContext } from './entry-accounts.ts';
import { type EntryFields, entry as entrySchema } from './schema.ts';
import { mergeWriting, type OwnWriting, readWriting } from './writing.ts';

export interface EntriesContext extends WritingContext {
  /** Absolute path of the config file. */
  readonly file: string;
  readonly timezone: string;
  readonly defaultWriting: OwnWriting;
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

function findRepeatedIds(section: readonly unknown[], source: Source): Problem[] {
  const firstLines = new Map<string, number>();
  return section.flatMap((_, index) => {
    const at = ['publications', index, 'id'];
    const id = valueAt(source.value, at);
    if (typeof id !== 'string') return [];

    const place = source.placeOf(at);
    const firstLine = firstLines.get(id);
    if (firstLine === undefined) firstLines.set(id, place.line);
    if (firstLine === undefined) return [];
    const message = `The id "${id}" is taken: line ${firstLine} has it. Give this entry another.`;
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
  const writing = readWriting(written, source, at, context);
  const problems = [
    ...shapeProblems,
    ...writing.problems,
    ...(time && 'problem' in time ? [error(named('at'), time.problem)] : []),
    ...article.problems,
    ...findAccountProblems(written, article.article, source, at, context),
  ];

  const isUsable = !problems.some((problem) => problem.severity === 'error');
  if (!fields || !time || 'problem' in time || !article.article || !isUsable) return { problems };

  const chosen = new Set(fields.to ?? context.defaultTo ?? []);
  const entry: Entry = {
    id: fields.id,
    article: article.article,
    at: time.time,
    to: [...chosen],
    text: readOwnWords(fields.text ?? {}, source, at),
    writing: mergeWriting(writing.own, context.defaultWriting),
    publishByMs: fields.publishBy ?? context.publishByMs,
    place: source.placeOf(at),
    ...(article.imagePlace && { imagePlace: article.imagePlace }),
  };
  return { entry, problems };
}

function findAccountProblems(
  written: WrittenEntry,
  article: Article | undefined,
  source: Source,
  at: Path,
  { networkOf, people, defaultTo }: EntriesContext,
): Problem[] {
  const text = written.text ?? {};
  const to = written.to ?? defaultTo ?? [];
  const problems = findTextProblems(text, to, article, source, [...at, 'text'], {
    networkOf,
    people,
  });
  // The accounts of the defaults are judged where they stand.
  if (written.to)
    problems.push(...findTargetProblems(written.to, source, [...at, 'to'], networkOf));

  const names = valueAt(source.value, [...at, 'to']) ?? defaultTo;
  if (names === undefined) {
    const message =
      'The entry has no accounts. Add "to: […]" with names from "accounts", here or under "defaults".';
    problems.push(error(source.placeOf(at), message));
  }
  return problems;
}

function readOwnWords(
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
  const shape = entrySchema.shape;
  const part = (key: keyof typeof shape): unknown => {
    const schema: ZodType = shape[key];
    const result = schema.safeParse(valueAt(value, [key]));
    return result.success ? result.data : undefined;
  };
  const found = Object.keys(shape).map((key) => [key, part(key as keyof typeof shape)] as const);
  return Object.fromEntries(found.filter(([, part]) => part !== undefined)) as WrittenEntry;
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
  const placeOf = (key: string): Place =>
    source.placeOf([...at, 'article', ...(key === 'image' ? ['image', 'file'] : [key])]);
  return readInlineArticle(article, directory, placeOf, io);
}

function error(place: Place, message: string): Problem {
  return { ...place, message, severity: 'error' };
}
