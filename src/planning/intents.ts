import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Account } from '../core/account.ts';
import type { ArticleImage } from '../core/article.ts';
import { choose } from '../core/choice.ts';
import type { Config, Entry } from '../core/config.ts';
import { imageTypeOf } from '../core/image-type.ts';
import { type Mentionable, mentionableOn } from '../core/person.ts';
import type { Length, Media, Post } from '../core/post.ts';
import type { Place, Problem } from '../core/problem.ts';
import { type Intent, publicationName } from '../core/publication.ts';
import type { ComposeOptions, Composer, Network } from '../networks/network.ts';
import { addUtm, fillNames } from '../templates/utm.ts';
import { fingerprintOf } from './fingerprint.ts';

/** What the config wants, composed: every publication with the exact post that would go out. */
export interface Intents {
  readonly intents: readonly ComposedIntent[];
  /** Everything that keeps a post from going out as it stands, and what people should know. */
  readonly problems: readonly Problem[];
  /** Where the bytes of each image are, by hash. */
  readonly mediaFiles: ReadonlyMap<string, string>;
}

export interface ComposedIntent extends Intent {
  /** Where followers get, whether the link stands in the text or on a card. */
  readonly link: string | undefined;
  /** Of the text, or of the first post of a thread. */
  readonly length: Length;
  /** Of the further posts of a thread. */
  readonly threadLengths?: readonly Length[];
  readonly warnings: readonly string[];
}

/** Composes the post of every publication in the config. Reads images; changes nothing. */
export async function composeIntents(
  config: Config,
  networkOf: (id: string) => Network,
): Promise<Intents> {
  const composers = await loadComposers(config, networkOf);
  const intents: ComposedIntent[] = [];
  const problems: Problem[] = [];
  const mediaFiles = new Map<string, string>();
  let caution: Problem | undefined;

  for (const entry of config.entries) {
    const images = await readImages(entry, problems, mediaFiles);
    for (const name of entry.to) {
      const account = config.accounts.get(name);
      const composing = account && composers.get(account.network);
      if (account === undefined || composing === undefined) continue;
      const intent = composeIntent(entry, account, composing, images, problems);
      intents.push(intent);
      caution ??= findThreadCaution(entry, account, composing, intent);
    }
  }
  if (caution) problems.push(caution);
  return { intents, problems, mediaFiles };
}

function composeIntent(
  entry: Entry,
  account: Account,
  { composer, networkName, timezone, people }: Composing,
  images: readonly Media[],
  problems: Problem[],
): ComposedIntent {
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
  for (const image of images) {
    for (const problem of composer.problemsOfMedia(image)) {
      report(entry.imagePlace ?? entry.place, 'error', problem);
    }
  }

  const post: Post = {
    network: account.network,
    text: composed.text,
    media: images,
    ...(composed.thread && { thread: composed.thread }),
    ...(composed.link !== undefined && { link: composed.link }),
    ...(entry.article.language !== undefined && { language: entry.article.language }),
  };
  return {
    publication,
    entry: entry.id,
    account: account.name,
    network: account.network,
    due: entry.at.now ? undefined : entry.at.instant,
    publishByMs: entry.publishByMs,
    post,
    fingerprint: fingerprintOf(post),
    link,
    length: composed.length,
    ...(composed.threadLengths && { threadLengths: composed.threadLengths }),
    warnings: composed.warnings,
  };
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

async function readImages(
  entry: Entry,
  problems: Problem[],
  mediaFiles: Map<string, string>,
): Promise<readonly Media[]> {
  const images: Media[] = [];
  for (const image of entry.article.images) {
    try {
      const media = await readMedia(image);
      mediaFiles.set(media.hash, image.file);
      images.push(media);
    } catch {
      problems.push({
        ...(entry.imagePlace ?? entry.place),
        severity: 'error',
        message: `The image ${basename(image.file)} could not be read as PNG, JPEG, GIF or WebP. Save it anew in one of these.`,
      });
    }
  }
  return images;
}

async function readMedia(image: ArticleImage): Promise<Media> {
  const bytes = await readFile(image.file);
  const type = imageTypeOf(bytes);
  if (type === undefined) throw new Error('not an image that the networks take');
  return {
    hash: createHash('sha256').update(bytes).digest('hex'),
    type,
    size: bytes.length,
    alt: image.alt,
    file: basename(image.file),
  };
}
