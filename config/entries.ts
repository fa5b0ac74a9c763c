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
import type { Entry, EntryTime, OwnWords } from '../src/core/config.ts';
import { keepGarbageLow } from '../src/core/low-garbage.ts';
import type { Place, Problem } from '../src/core/problem.ts';
import { checkPart } from '../src/core/schema-problems.ts';
import { type Path, type Source, valueAt } from '../src/core/source.ts';
import {
  findTargetProblems,
  findTextProblems,
  findTwinTargets,
  type WritingContext,
} from './entry-accounts.ts';
import { findApprovalProblems, readApproval } from './entry-approval.ts';
import { type EntryFields, entry as entrySchema, missingWords } from './entry-schema.ts';
import { readEntryTime } from './entry-time.ts';
import {
  articlesOf,
  findTurnProblems,
  joinTurns,
  type WrittenPart,
  type WrittenWords,
  wordsOf,
} from './entry-turns.ts';
import type { Included } from './includes.ts';
import { mergeWriting, type OwnWriting, readWriting } from './writing.ts';

export interface EntriesContext extends WritingContext {
  /** Absolute path of the file that the entries stand in. */
  readonly file: string;
  readonly timezone: string;
  readonly defaultWriting: OwnWriting;
  readonly defaultTo: readonly string[] | undefined;
  readonly publishByMs: number;
  /** How many slots an account has in a week; undefined where its slots cannot be read. */
  readonly slotsOf: (account: string) => number | undefined;
  readonly io: ArticleIo;
  /** Where each id that is taken stands first. */
  readonly taken: Map<string, Place>;
}

export interface EntriesReading {
  readonly entries: readonly Entry[];
  readonly problems: readonly Problem[];
}

/** Few enough not to run out of file handles. */
const readAtOnce = 64;
/** With so many entries memory counts for more than time. */
const MANY = 20_000;

/** Reads the entries of the config and of all that it includes, in this order. */
export async function readAllEntries(
  files: readonly Included[],
  context: Omit<EntriesContext, 'file' | 'taken'>,
): Promise<EntriesReading> {
  const taken = new Map<string, Place>();
  const entries: Entry[] = [];
  const problems: Problem[] = [];
  for (const { file, read } of files) {
    const { source, problems: problemsOfFile } = await read();
    problems.push(...problemsOfFile);
    if (source === undefined) continue;
    const reading = await readEntries(source, { ...context, file, taken });
    entries.push(...reading.entries);
    problems.push(...reading.problems);
    if (entries.length > MANY) keepGarbageLow();
  }
  return { entries, problems };
}

/** Reads the section `publications:`, each entry on its own, with its article. */
async function readEntries(source: Source, context: EntriesContext): Promise<EntriesReading> {
  const section = valueAt(source.value, ['publications']);
  if (section === undefined || section === null) return { entries: [], problems: [] };
  if (!Array.isArray(section)) {
    const message = '"publications" must be a list: start each entry with "- id: …".';
    return { entries: [], problems: [error(source.placeOf(['publications']), message)] };
  }

  const problems = findRepeatedIds(section, source, context.taken);
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

/** The ids of a section that stand there already, or in a file before. */
export function findRepeatedIds(
  section: readonly unknown[],
  source: Source,
  taken: Map<string, Place>,
  key = 'publications',
): Problem[] {
  return section.flatMap((_, index) => {
    const at = [key, index, 'id'];
    const id = valueAt(source.value, at);
    if (typeof id !== 'string') return [];

    const place = source.placeOf(at);
    const first = taken.get(id);
    if (first === undefined) taken.set(id, place);
    if (first === undefined) return [];
    const where =
      first.file === place.file ? `line ${first.line}` : `${first.file}, line ${first.line},`;
    const message = `The id "${id}" is taken: ${where} has it. Give this ${key === 'feeds' ? 'feed' : 'entry'} another.`;
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

  const time = readEntryTime(written, { source, at, timezone: context.timezone });
  const parts = articlesOf(written, at);
  const articles = await Promise.all(
    parts.map(({ value, path: place }) => readArticle(value, place, source, context)),
  );
  const images = await readOwnImages(written, source, at, context);
  const writing = readWriting(written, source, at, context);
  const problems = [
    ...shapeProblems,
    ...writing.problems,
    ...time.problems,
    ...findMissingArticle(source, at),
    ...articles.flatMap((reading) => reading.problems),
    ...images.problems,
    ...findTurnProblems(written, source, at),
    ...findAccountProblems(
      written,
      articles.map(({ article }) => article),
      source,
      at,
      context,
    ),
    ...findSlotProblems(written, time.at, source, at, context),
    ...findApprovalProblems(written, source, at),
  ];

  const to = [...new Set(written.to ?? context.defaultTo ?? [])];
  const words = wordsOf(written, at).map((part) => readOwnWords(part, to, source));
  const turns = joinTurns(articles, words).map((turn) =>
    images.own ? { ...turn, article: { ...turn.article, images: images.own } } : turn,
  );
  const [first] = turns;
  const isUsable = !problems.some((problem) => problem.severity === 'error');
  if (!fields || !time.at || !first || !isUsable) return { problems };

  const { notBefore, timezone } = time;
  const entry: Entry = {
    id: fields.id,
    ...first,
    at: time.at,
    to,
    writing: mergeWriting(writing.own, context.defaultWriting),
    publishByMs: fields.publishBy ?? context.publishByMs,
    place: source.placeOf(at),
    timePlace: time.place,
    ...(fields.publishBy !== undefined && { hasOwnPublishBy: true }),
    ...(notBefore !== undefined && { notBefore }),
    ...(timezone !== undefined && { timezone }),
    ...(turns.length > 1 && { turns }),
    ...readApproval(fields),
  };
  return { entry, problems };
}

/** A wrong one is told by its form. */
function findMissingArticle(source: Source, at: Path): Problem[] {
  const isMissing = ['article', 'articles'].every(
    (key) => valueAt(source.value, [...at, key]) === undefined,
  );
  return isMissing ? [error(source.placeOf(at), missingWords.article)] : [];
}

/** "next-slot" on accounts that have none. */
function findSlotProblems(
  { to }: WrittenEntry,
  time: EntryTime | undefined,
  source: Source,
  at: Path,
  { defaultTo, slotsOf }: EntriesContext,
): Problem[] {
  if (!time || !('nextSlot' in time)) return [];
  return (to ?? defaultTo ?? [])
    .filter((name) => slotsOf(name) === 0)
    .map((name) => {
      const message = `"next-slot" needs slots, and ${name} has none. Add "slots: Mon-Fri 09:00, 13:00" to the account or under "schedule", or give the entry a time.`;
      return error(source.placeOf([...at, 'at']), message);
    });
}

/** What is wrong with the accounts and the own words of an entry, or of a feed. */
export function findAccountProblems(
  written: Pick<WrittenEntry, 'text' | 'texts' | 'to'>,
  articles: readonly (Article | undefined)[],
  source: Source,
  at: Path,
  { networkOf, people, defaultTo }: Pick<EntriesContext, 'networkOf' | 'people' | 'defaultTo'>,
  noun = 'entry',
): Problem[] {
  const to = written.to ?? defaultTo ?? [];
  const problems = wordsOf(written, at).flatMap(({ value, path: place }, index) => {
    const article = articles[index % Math.max(articles.length, 1)];
    // Words for all accounts are wrong for all of them alike.
    const text = typeof value === 'string' ? wordsForAll(value, to.slice(0, 1)) : value;
    return findTextProblems(text, to, article, source, place, { networkOf, people });
  });
  // The accounts of the defaults are judged where they stand.
  if (written.to)
    problems.push(...findTargetProblems(written.to, source, [...at, 'to'], networkOf));
  const placeOf = (index: number) => source.placeOf(written.to ? [...at, 'to', index] : at);
  const texts = wordsOf(written, at).map(({ value }) => value);
  problems.push(...findTwinTargets(to, texts, placeOf, networkOf));

  const names = valueAt(source.value, [...at, 'to']) ?? defaultTo;
  if (names === undefined) {
    const message = `The ${noun} has no accounts. Add "to: […]" with names from "accounts", here or under "defaults".`;
    problems.push(error(source.placeOf(at), message));
  }
  return problems;
}

export function readOwnWords(
  { value, path: at }: WrittenPart<WrittenWords>,
  to: readonly string[],
  source: Source,
): ReadonlyMap<string, OwnWords> {
  const text = typeof value === 'string' ? wordsForAll(value, to) : value;
  const words = Object.entries(text).map(([name, template]) => {
    const place = source.placeOf([...at, name]);
    return [name, { template, place }] as const;
  });
  return new Map(words);
}

function wordsForAll(text: string, accounts: readonly string[]): Record<string, string> {
  return Object.fromEntries(accounts.map((name) => [name, text]));
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
  article: NonNullable<WrittenEntry['article']>,
  at: Path,
  source: Source,
  { file, io }: EntriesContext,
): Promise<ArticleReading> | ArticleReading {
  const directory = path.dirname(file);
  if (typeof article === 'string')
    return readNamedArticle(article, directory, source.placeOf(at), io);
  const placeOf = (...path: Path): Place => source.placeOf([...at, ...path]);
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
