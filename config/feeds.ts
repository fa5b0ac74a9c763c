import type { Feed, FeedTemplate } from '../src/core/config.ts';
import { parseDuration } from '../src/core/duration.ts';
import type { Place, Problem } from '../src/core/problem.ts';
import { checkPart } from '../src/core/schema-problems.ts';
import { type Path, type Source, valueAt } from '../src/core/source.ts';
import { isEntryOf } from '../src/feeds/entry-keys.ts';
import { networks } from '../src/networks/registry.ts';
import { parseSlots } from '../src/schedule/slots.ts';
import {
  type EntriesContext,
  findAccountProblems,
  findRepeatedIds,
  readOwnWords,
  salvageBy,
} from './entries.ts';
import type { NetworkOf } from './entry-accounts.ts';
import { type FeedFields, feed as feedSchema } from './feed-schema.ts';
import { mergeWriting, readWriting } from './writing.ts';

export type FeedsContext = Pick<
  EntriesContext,
  'networkOf' | 'people' | 'defaultTo' | 'defaultWriting' | 'publishByMs'
>;

export interface FeedsReading {
  readonly feeds: readonly Feed[];
  readonly problems: readonly Problem[];
}

const usualAfterMs = parseDuration('10m') ?? 0;

/** Reads the section `feeds:`. Fetches nothing. */
export function readFeeds(source: Source, context: FeedsContext): FeedsReading {
  const section = valueAt(source.value, ['feeds']) ?? [];
  if (!Array.isArray(section)) {
    const message = '"feeds" must be a list: start each feed with "- id: …".';
    return { feeds: [], problems: [error(source.placeOf(['feeds']), message)] };
  }
  const readings = section.map((_, index) => readFeed(['feeds', index], source, context));
  const feeds = readings.flatMap(({ feed }) => feed ?? []);
  return {
    feeds,
    problems: [
      ...findTwinFeeds(feeds, context.networkOf),
      ...findRepeatedIds(section, source, new Map(), 'feeds'),
      ...findTakenIds(section, source),
      ...readings.flatMap(({ problems }) => problems),
    ],
  };
}

function readFeed(
  at: Path,
  source: Source,
  context: FeedsContext,
): { readonly feed?: Feed; readonly problems: readonly Problem[] } {
  const { value: fields, problems: shapeProblems } = checkPart(feedSchema, source, at);
  // With a wrong shape the parts that can be judged still are: everything wrong is told at once.
  const written: Partial<FeedFields> =
    fields ?? salvageBy(feedSchema.shape, valueAt(source.value, at));
  const slots = written.slots === undefined ? { slots: [] } : parseSlots(written.slots);
  const writing = readWriting(written, source, at, context);
  const problems = [
    ...shapeProblems,
    ...('problem' in slots ? [error(source.placeOf([...at, 'slots']), slots.problem)] : []),
    ...writing.problems,
    ...findClashes(written, source, at),
    ...findOpenWay(written, source, at),
    ...findAccountProblems(written, [], source, at, context, 'feed'),
  ];
  const isUsable = !problems.some(({ severity }) => severity === 'error');
  if (!fields || 'problem' in slots || !isUsable) return { problems };

  const feed: Feed = {
    id: fields.id,
    url: fields.url.trim(),
    everyMs: fields.every,
    afterMs: fields.after ?? (slots.slots.length > 0 ? 0 : usualAfterMs),
    slots: slots.slots,
    perDay: fields.perDay,
    only: fields.only ?? [],
    except: fields.except ?? [],
    backfill: fields.backfill,
    full: fields.full,
    template: {
      ...readTemplate(fields, source, at, context),
      writing: mergeWriting(writing.own, context.defaultWriting),
    },
  };
  return { feed, problems };
}

/** What its entries have as entries of the config have it. */
function readTemplate(
  fields: FeedFields,
  source: Source,
  at: Path,
  { defaultTo, publishByMs }: FeedsContext,
): Omit<FeedTemplate, 'writing'> {
  const to = [...new Set(fields.to ?? defaultTo ?? [])];
  const words = { value: fields.text ?? {}, path: [...at, 'text'] };
  return {
    to,
    text: readOwnWords(words, to, source),
    publishByMs: fields.publishBy ?? publishByMs,
    place: source.placeOf(at),
    ...(fields.publishBy !== undefined && { hasOwnPublishBy: true }),
  };
}

/** Two feeds of one address on two accounts of a network that forbids the same text on both. */
function findTwinFeeds(feeds: readonly Feed[], networkOf: NetworkOf): Problem[] {
  return feeds.flatMap(({ url, id, template }, index) => {
    const earlier = feeds.slice(0, index).filter((other) => other.url === url);
    return template.to.flatMap((account) => {
      const network = networks[networkOf.get(account) as keyof typeof networks];
      if (network?.twinRule === undefined || template.text.has(account)) return [];
      const twin = earlier
        .flatMap((feed) => feed.template.to.map((name) => ({ feed, name })))
        .find(
          ({ feed, name }) =>
            name !== account && networkOf.get(name) === network.id && !feed.template.text.has(name),
        );
      if (twin === undefined) return [];
      const { file, line, column } = twin.feed.template.place;
      const message = `The feeds "${twin.feed.id}" (${file}:${line}:${column}) and "${id}" give the same articles to "${twin.name}" and "${account}", both on ${network.displayName}, and ${network.twinRule} Keep one of them, or give one words of its own: text: { ${account}: "…" }.`;
      return [error(template.place, message)];
    });
  });
}

function findOpenWay({ url }: Partial<FeedFields>, source: Source, at: Path): Problem[] {
  if (url === undefined || !/^http:/i.test(url.trim())) return [];
  const message =
    'The feed comes over http://, and anyone on the way can change it. Write https:// if its site has that.';
  return [{ ...source.placeOf([...at, 'url']), message, severity: 'warning' }];
}

/** A category that is wanted and unwanted lets nothing through, which nobody means. */
function findClashes({ only, except }: Partial<FeedFields>, source: Source, at: Path): Problem[] {
  const wanted = new Set(only?.map((category) => category.trim().toLowerCase()));
  return (except ?? []).flatMap((category, index) => {
    if (!wanted.has(category.trim().toLowerCase())) return [];
    const message = `"${category.slice(0, 100)}" stands under "only" and under "except". Remove one of the two.`;
    return [error(source.placeOf([...at, 'except', index]), message)];
  });
}

/** An entry must not have a name that a feed gives to one of its own. */
function findTakenIds(section: readonly unknown[], source: Source): Problem[] {
  const entries = valueAt(source.value, ['publications']);
  const feeds = section.map((_, index) => valueAt(source.value, ['feeds', index, 'id']));
  return (Array.isArray(entries) ? entries : []).flatMap((_, index) => {
    const at = ['publications', index, 'id'];
    const id = valueAt(source.value, at);
    const feed = feeds.find(
      (name) =>
        typeof name === 'string' && typeof id === 'string' && (name === id || isEntryOf(name, id)),
    );
    if (feed === undefined) return [];
    const message = `The id "${id}" belongs to the feed "${feed}". Give this entry another.`;
    return [error(source.placeOf(at), message)];
  });
}

function error(place: Place, message: string): Problem {
  return { ...place, message, severity: 'error' };
}
