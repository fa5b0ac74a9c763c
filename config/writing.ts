import type { Choice } from '../src/core/choice.ts';
import type { Labels, OwnWords, Placed, Utm, Writing } from '../src/core/config.ts';
import type { Repliers } from '../src/core/post.ts';
import type { Problem } from '../src/core/problem.ts';
import type { Path, Source } from '../src/core/source.ts';
import { namesKnownIn } from '../src/templates/template.ts';
import { findUnknownNames, type NetworkOf, type WritingContext } from './entry-accounts.ts';
import { findTemplateProblems } from './template-problems.ts';
import { MOST_PARTS, type WritingFields } from './writing-schema.ts';

/** The settings of how posts are written, at one place of the file. */
export interface WritingReading {
  /** Without those of the defaults. */
  readonly own: OwnWriting;
  readonly problems: readonly Problem[];
}

export interface OwnWriting {
  readonly template: readonly Choice<OwnWords>[];
  readonly hashtags: readonly Choice<number>[];
  readonly thread: readonly Choice<number>[];
  /** By key; false turns it off. */
  readonly utm: OwnUtm | false | undefined;
  readonly labels: Labels;
}

interface OwnUtm {
  readonly values: Readonly<Record<string, Choice<string>>>;
  readonly replace: boolean | undefined;
}

const UTM_PLACEHOLDERS = ['network', 'account', 'entry'];

/** That of the many entries that say nothing of it: they share what follows of it. */
const NO_WRITING: OwnWriting = {
  template: [],
  hashtags: [],
  thread: [],
  utm: undefined,
  labels: { madeWithAi: [], paidPartnership: [], replies: [] },
};

const KEYS = [
  'template',
  'hashtags',
  'thread',
  'madeWithAi',
  'paidPartnership',
  'replies',
] as const;

/** Reads `template:`, `hashtags:`, `thread:` and `utm:` of an entry or of the defaults. */
export function readWriting(
  fields: WritingFields,
  source: Source,
  at: Path,
  context: WritingContext,
): WritingReading {
  if ([...KEYS, 'utm' as const].every((key) => fields[key] === undefined)) {
    return { own: NO_WRITING, problems: [] };
  }
  const placed = choiceOf<string>(fields.template);
  const place = (name?: string) =>
    source.placeOf([...at, 'template', ...(name === undefined ? [] : [name])]);
  const by = new Map(
    [...(placed?.by ?? [])].map(([name, words]) => [name, { template: words, place: place(name) }]),
  );
  const all = placed?.all === undefined ? undefined : { template: placed.all, place: place() };
  const problems: Problem[] = [];
  for (const [name, words] of placed ? valuesIn(placed) : []) {
    const path = [...at, 'template', ...(name === undefined ? [] : [name])];
    const known = namesKnownIn('template', context.people);
    problems.push(...findTemplateProblems(words, known, source, path));
  }
  for (const key of KEYS) {
    problems.push(...findUnknownNames(fields[key], source, [...at, key], context.networkOf));
  }
  const utm = readUtm(fields.utm, source, [...at, 'utm'], context.networkOf);
  const thread = choiceOf<boolean | number>(fields.thread);
  return {
    own: {
      template: placed ? [{ all, by }] : [],
      hashtags: listOf(choiceOf<number>(fields.hashtags)),
      thread: thread ? [mapChoice(thread, partsOf)] : [],
      utm: utm.utm,
      labels: {
        madeWithAi: placedChoice<boolean>(fields.madeWithAi, source, [...at, 'madeWithAi']),
        paidPartnership: placedChoice<boolean>(fields.paidPartnership, source, [
          ...at,
          'paidPartnership',
        ]),
        replies: placedChoice<Repliers | 'everyone'>(fields.replies, source, [...at, 'replies']),
      },
    },
    problems: [...problems, ...utm.problems],
  };
}

const merged = new WeakMap<OwnWriting, Writing>();

/** An entry's settings before those of the defaults; of UTM parameters, key by key. */
export function mergeWriting(entry: OwnWriting, defaults: OwnWriting): Writing {
  if (entry !== NO_WRITING) return merge(entry, defaults);
  const writing = merged.get(defaults) ?? merge(entry, defaults);
  merged.set(defaults, writing);
  return writing;
}

function merge(entry: OwnWriting, defaults: OwnWriting): Writing {
  return {
    template: [...entry.template, ...defaults.template],
    hashtags: [...entry.hashtags, ...defaults.hashtags],
    thread: [...entry.thread, ...defaults.thread],
    utm: mergeUtm(entry.utm, defaults.utm),
    labels: {
      madeWithAi: [...entry.labels.madeWithAi, ...defaults.labels.madeWithAi],
      paidPartnership: [...entry.labels.paidPartnership, ...defaults.labels.paidPartnership],
      replies: [...entry.labels.replies, ...defaults.labels.replies],
    },
  };
}

function mergeUtm(entry: OwnWriting['utm'], defaults: OwnWriting['utm']): Utm | undefined {
  if (entry === false) return undefined;
  const layers = [entry, defaults].filter((utm) => utm !== undefined && utm !== false);
  if (layers.length === 0) return undefined;
  const keys = new Set(layers.flatMap(({ values }) => Object.keys(values)));
  const values = [...keys].map((key) => [
    key,
    layers.flatMap((layer) => listOf(layer.values[key])),
  ]);
  return {
    values: Object.fromEntries(values),
    isReplacing: layers.find(({ replace }) => replace !== undefined)?.replace ?? false,
  };
}

function readUtm(
  utm: WritingFields['utm'],
  source: Source,
  at: Path,
  networkOf: NetworkOf,
): { readonly utm: OwnWriting['utm']; readonly problems: Problem[] } {
  if (utm === undefined || utm === false) return { utm, problems: [] };
  const { replace, ...written } = utm;
  const problems: Problem[] = [];
  const values: Record<string, Choice<string>> = {};
  for (const [key, value] of Object.entries(written)) {
    const choice = choiceOf<string>(value);
    if (choice === undefined) continue;
    values[key] = choice;
    problems.push(...findUnknownNames(value, source, [...at, key], networkOf));
    for (const [name, text] of valuesIn(choice)) {
      const path = [...at, key, ...(name === undefined ? [] : [name])];
      problems.push(...findTemplateProblems(text, UTM_PLACEHOLDERS, source, path));
    }
  }
  return { utm: { values, replace }, problems };
}

function partsOf(thread: boolean | number): number {
  if (typeof thread === 'number') return thread;
  return thread ? MOST_PARTS : 1;
}

function choiceOf<T extends string | number | boolean>(
  value: T | Readonly<Record<string, T>> | undefined,
): Choice<T> | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'object') return { all: value, by: new Map() };
  return { by: new Map(Object.entries(value)) };
}

function mapChoice<T, R>(
  { all, by }: Choice<T>,
  change: (value: T, name?: string) => R,
): Choice<R> {
  return {
    all: all === undefined ? undefined : change(all),
    by: new Map([...by].map(([name, value]) => [name, change(value, name)])),
  };
}

/** A choice whose values know where they stand. */
function placedChoice<T extends string | boolean>(
  written: T | Readonly<Record<string, T>> | undefined,
  source: Source,
  at: Path,
): readonly Choice<Placed<T>>[] {
  const choice = choiceOf<T>(written);
  if (choice === undefined) return [];
  const place = (name?: string) => source.placeOf(name === undefined ? at : [...at, name]);
  return [mapChoice(choice, (value, name) => ({ value, place: place(name) }))];
}

function listOf<T>(choice: T | undefined): readonly T[] {
  return choice === undefined ? [] : [choice];
}

/** Every value of a choice, with the name that it is for, if it is for one. */
function valuesIn<T>({ all, by }: Choice<T>): readonly (readonly [string | undefined, T])[] {
  return [...(all === undefined ? [] : [[undefined, all] as const]), ...by];
}
