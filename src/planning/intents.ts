import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Account } from '../core/account.ts';
import type { ArticleImage } from '../core/article.ts';
import type { Config, Entry } from '../core/config.ts';
import { imageTypeOf } from '../core/image-type.ts';
import type { Media, Post } from '../core/post.ts';
import type { Place, Problem } from '../core/problem.ts';
import { publicationName } from '../core/publication.ts';
import type { Composer, Network } from '../networks/network.ts';
import { turnsOf, wishOf } from './entry-wish.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { ComposedIntent, WishedIntent } from './wish.ts';

/** What the config wants, composed: every publication with the exact post that would go out. */
export interface Intents {
  readonly intents: readonly WishedIntent[];
  /** Everything that keeps a post from going out as it stands, and what people should know. */
  readonly problems: readonly Problem[];
  /** Where the bytes of each image are, by hash. */
  readonly mediaFiles: ReadonlyMap<string, string>;
}

/**
 * Composes the post of every publication in the config, of a recurring entry one for each of its turns. Reads images;
 * changes nothing.
 */
export async function composeIntents(
  config: Config,
  networkOf: (id: string) => Network,
): Promise<Intents> {
  const composers = await loadComposers(config, networkOf);
  const intents: WishedIntent[] = [];
  const problems: Problem[] = [];
  const mediaFiles = new Map<string, string>();

  for (const { entry, turn } of config.entries.flatMap(turnsOf)) {
    const images = await readImages(entry, problems, mediaFiles);
    for (const [rank, name] of entry.to.entries()) {
      const account = config.accounts.get(name);
      const composing = account && composers.get(account.network);
      if (account === undefined || composing === undefined) continue;
      const intent = composeIntent(entry, account, composing, images, problems);
      intents.push({ ...intent, wish: wishOf(entry, { rank, turn, timezone: config.timezone }) });
    }
  }
  return { intents, problems, mediaFiles };
}

function composeIntent(
  entry: Entry,
  account: Account,
  { composer, networkName }: Composing,
  images: readonly Media[],
  problems: Problem[],
): ComposedIntent {
  const publication = publicationName(entry.id, account.name);
  const report = (place: Place, severity: Problem['severity'], message: string) =>
    problems.push({ ...place, severity, message, publication });

  const words = entry.text.get(account.name) ?? entry.text.get(account.network);
  const options = { settings: account.settings, images: images.length };
  const composed = words
    ? composer.composeOwnWords(words.template, entry.article, options)
    : composer.compose(entry.article, options);

  const place = words?.place ?? entry.place;
  for (const warning of composed.warnings) report(place, 'warning', warning);
  const { used, limit } = composed.length;
  if (used > limit) {
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
    due: 'instant' in entry.at ? entry.at.instant : undefined,
    publishByMs: entry.publishByMs,
    post,
    fingerprint: fingerprintOf(post),
    link: entry.article.link,
    length: composed.length,
    warnings: composed.warnings,
  };
}

interface Composing {
  readonly composer: Composer;
  readonly networkName: string;
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
      return [id, { composer, networkName: network.displayName }] as const;
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
