import type { Account } from '../core/account.ts';
import { choose } from '../core/choice.ts';
import type { Config, Entry } from '../core/config.ts';
import type { FitImage } from '../core/fitted-image.ts';
import { type Mentionable, mentionableOn } from '../core/person.ts';
import type { Post } from '../core/post.ts';
import type { Place, Problem } from '../core/problem.ts';
import { publicationName } from '../core/publication.ts';
import type { ComposeOptions, Composer, Network } from '../networks/network.ts';
import { addUtm, fillNames } from '../templates/utm.ts';
import { chargesOf, warnOfDearWords } from './charges.ts';
import { turnsOf, wishOf } from './entry-wish.ts';
import { fingerprintOf } from './fingerprint.ts';
import { fitPostImages, type PostImages } from './post-images.ts';
import { labelsOf } from './post-labels.ts';
import { findTwinProblems } from './twin-problems.ts';
import type { ComposedIntent, Wish, WishedIntent } from './wish.ts';

export type { ComposedIntent } from './wish.ts';

/** What the config wants, composed: every publication with the exact post that would go out. */
export interface Intents {
  readonly intents: readonly WishedIntent[];
  /** Everything that keeps a post from going out as it stands, and what people should know. */
  readonly problems: readonly Problem[];
  /** Where the bytes of each image are, by hash. */
  readonly mediaFiles: ReadonlyMap<string, string>;
}

/** Entries whose images are fitted while the next wait: enough to keep all processes busy that fit them. */
const AT_ONCE = 500;

/**
 * Composes the post of every publication in the config, of a recurring entry one for each of its turns. Changes nothing,
 * but that fitted images are kept.
 */
export async function composeIntents(
  config: Config,
  networkOf: (id: string) => Network,
  fitImage: FitImage,
): Promise<Intents> {
  const composers = await loadComposers(config, networkOf);
  const intents: WishedIntent[] = [];
  const problems: Problem[] = [];
  const mediaFiles = new Map<string, string>();
  let caution: Problem | undefined;
  for (let start = 0; start < config.entries.length; start += AT_ONCE) {
    const composings = config.entries
      .slice(start, start + AT_ONCE)
      .flatMap(turnsOf)
      .flatMap(({ entry, turn }) =>
        entry.to.flatMap((name, rank) => {
          const account = config.accounts.get(name);
          const composing = account && composers.get(account.network);
          const wish = wishOf(entry, { rank, turn, timezone: config.timezone });
          return composing ? [{ entry, account, composing, wish }] : [];
        }),
      );
    const fitted = await Promise.all(
      composings.map(({ entry, composing }) =>
        fitPostImages(entry, composing.composer.images, fitImage),
      ),
    );
    composings.forEach(({ entry, account, composing, wish }, i) => {
      const images = fitted[i] as PostImages;
      for (const { media, file } of images.images) mediaFiles.set(media.hash, file);
      const intent = composeIntent({ entry, account, wish }, composing, images, problems);
      intents.push(intent);
      caution ??= findThreadCaution(entry, account, composing, intent);
    });
  }
  if (caution) problems.push(caution);
  problems.push(...findTwinProblems(intents, (network) => networkOf(network).twinRule));
  return { intents, problems: withoutRepeats(problems), mediaFiles };
}

/** What is wrong with an image is so for every network: it is told once. */
function withoutRepeats(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function composeIntent(
  { entry, account, wish }: Composed,
  { composer, networkName, timezone, people }: Composing,
  { images, problems: problemsOfImages }: PostImages,
  problems: Problem[],
): WishedIntent {
  const publication = publicationName(entry.id, account.name);
  const report = (place: Place, severity: Problem['severity'], message: string) =>
    problems.push({ ...place, severity, message, publication });

  const words = entry.text.get(account.name) ?? entry.text.get(account.network);
  const template = choose(entry.writing.template, account);
  const link = linkFor(entry, account);
  const options: ComposeOptions = {
    settings: account.settings,
    images: images.length,
    link,
    template: template?.template,
    hashtags: choose(entry.writing.hashtags, account),
    thread: choose(entry.writing.thread, account),
    timezone,
    people,
  };
  const composed = words
    ? composer.composeOwnWords(words.template, entry.article, options)
    : composer.compose(entry.article, options);

  const place = words?.place ?? template?.place ?? entry.place;
  for (const warning of composed.warnings) report(place, 'warning', warning);
  for (const refusal of composed.refusals ?? []) report(place, 'error', refusal);
  for (const { used, limit } of [composed.length, ...(composed.threadLengths ?? [])]) {
    if (used <= limit) continue;
    report(
      place,
      'error',
      `This text is ${used} long as ${networkName} counts it, and ${limit} is the most. Shorten it by ${used - limit}.`,
    );
  }
  if (composed.text.trim() === '' && images.length === 0) {
    report(place, 'error', 'There is nothing to post: give the article a title or a text.');
  }
  const warnings = [...composed.warnings];
  for (const problem of problemsOfImages) {
    const isWarning = problem.severity === 'warning';
    if (isWarning) warnings.push(problem.message);
    problems.push(isWarning ? { ...problem, publication } : problem);
  }

  const { labels, cautions } = labelsOf(entry, account, { composer, images: images.length });
  for (const { place: at, message } of cautions) {
    warnings.push(message);
    problems.push({ ...at, severity: 'warning', message });
  }

  const post: Post = {
    network: account.network,
    text: composed.text,
    media: images.map(({ media }) => media),
    ...(composed.thread && { thread: composed.thread }),
    ...(composed.link !== undefined && { link: composed.link }),
    ...(entry.article.language !== undefined && { language: entry.article.language }),
    ...(labels && { labels }),
  };
  for (const warning of warnOfDearWords(post, account, composer, networkName)) {
    warnings.push(warning);
    report(place, 'warning', warning);
  }
  return {
    publication,
    entry: entry.id,
    account: account.name,
    network: account.network,
    due: 'instant' in entry.at ? entry.at.instant : undefined,
    publishByMs: entry.publishByMs,
    post,
    fingerprint: fingerprintOf(post),
    ...chargesOf(post, account, composer),
    ...approvalOf(entry, account),
    link,
    textPlace: words?.place ?? entry.place,
    length: composed.length,
    ...(composed.threadLengths && { threadLengths: composed.threadLengths }),
    warnings,
    wish,
  };
}

interface Composed {
  readonly entry: Entry;
  readonly account: Account;
  readonly wish: Wish;
}

/** The article's link with what analytics are told. */
function linkFor({ id, article, writing }: Entry, account: Account): string | undefined {
  const { utm } = writing;
  if (article.link === undefined || utm === undefined) return article.link;
  const names = { network: account.network, account: account.name, entry: id };
  const values = Object.entries(utm.values).map(([key, choices]) => [
    key,
    fillNames(choose(choices, account) ?? '', names),
  ]);
  return addUtm(article.link, { values: Object.fromEntries(values), isReplacing: utm.isReplacing });
}

/** Where threads are not known to work on real accounts, one warning says so for all of them. */
function findThreadCaution(
  entry: Entry,
  account: Account,
  { composer }: Composing,
  intent: ComposedIntent,
): Problem | undefined {
  if (intent.post.thread === undefined || account.sandbox) return undefined;
  if (composer.threadCaution === undefined) return undefined;
  const { publication } = intent;
  return { ...entry.place, severity: 'warning', message: composer.threadCaution, publication };
}

/** What the entry says wins; an account that wants approval wants it of every entry. */
function approvalOf({ approval }: Entry, account: Account): Pick<ComposedIntent, 'approval'> {
  if (approval !== undefined) return { approval };
  return account.approval === undefined ? {} : { approval: { status: 'required' } };
}

interface Composing {
  readonly composer: Composer;
  readonly networkName: string;
  readonly timezone: string;
  readonly people: readonly Mentionable[];
}

async function loadComposers(
  config: Config,
  networkOf: (id: string) => Network,
): Promise<ReadonlyMap<string, Composing>> {
  const used = new Set([...config.accounts.values()].map(({ network }) => network));
  const loaded = await Promise.all(
    [...used].map(async (id) => {
      const network = networkOf(id);
      const composer = await network.loadComposer();
      const composing: Composing = {
        composer,
        networkName: network.displayName,
        timezone: config.timezone,
        people: config.people.map(mentionableOn(id)),
      };
      return [id, composing] as const;
    }),
  );
  return new Map(loaded);
}
