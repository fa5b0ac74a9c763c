import { readFile } from 'node:fs/promises';
import type { Account } from '../core/account.ts';
import type { Config } from '../core/config.ts';
import { type Length, type Post, partsOf } from '../core/post.ts';
import type { Problem } from '../core/problem.ts';
import { type Calendar, isoTime } from '../core/say-time.ts';
import { networkOf } from '../networks/registry.ts';
import type { ComposedIntent } from '../planning/intents.ts';
import { cardLinkOf } from '../preflight/post-links.ts';
import type { Preflight } from '../preflight/preflight.ts';
import { embedImage } from '../preview/embed-image.ts';
import { renderPreviewPage } from '../preview/preview-page.ts';
import type { LinkCard, PreviewedAccount, PreviewedPost } from '../preview/previewed.ts';
import type { Composed } from './compose-posts.ts';
import { cardOfArticle, cardOfPage } from './preview-card.ts';

export interface PageOfPreview {
  /** Only with the entries that are shown. */
  readonly config: Config;
  /** The config file, as the user named it. */
  readonly file: string;
  readonly composed: Composed;
  /** Everything that was found, whatever it is about. */
  readonly problems: readonly Problem[];
  readonly calendar: Calendar;
  readonly now: number;
  /** Follows links for their cards; undefined: nothing is asked of the web. */
  readonly preflight: Preflight | undefined;
}

/** The page that shows every post as its network will. */
export async function renderPageOf(page: PageOfPreview): Promise<string> {
  const { config, composed, calendar, problems } = page;
  const { intents } = composed;
  const ofPosts = new Set(intents.map(({ publication }) => publication));
  const beside = problems.filter(({ publication }) => !ofPosts.has(publication ?? ''));
  const problemsOfEntries = new Map(
    config.entries.map(({ id, place }) => [
      id,
      beside.filter(({ file, line }) => file === place.file && line === place.line),
    ]),
  );
  const ofEntries = new Set([...problemsOfEntries.values()].flat());
  return renderPreviewPage({
    file: page.file,
    timezone: calendar.timezone,
    madeAt: previewedTime(page.now, calendar),
    isSandbox: config.sandbox,
    posts: await Promise.all(intents.map((intent) => previewedPost(intent, page))),
    problemsOfEntries,
    problems: beside.filter((problem) => !ofEntries.has(problem)),
    images: await embedImages(composed),
  });
}

async function previewedPost(intent: ComposedIntent, page: PageOfPreview): Promise<PreviewedPost> {
  const { config, calendar, problems } = page;
  const { publication, entry, post, due } = intent;
  const account = config.accounts.get(intent.account);
  return {
    publication,
    entry,
    account: previewedAccount(intent, account),
    post,
    lengths: await lengthsOf(intent, account),
    due: due === undefined ? undefined : previewedTime(due, calendar),
    card: await drawCardOf(intent, page),
    problems: problems.filter((problem) => problem.publication === publication),
  };
}

function previewedTime(instant: number, calendar: Calendar) {
  return {
    instant: isoTime(instant),
    day: calendar.short(instant).replace(/ \d{2}:\d{2}$/, ''),
    words: calendar.exact(instant),
  };
}

function previewedAccount(
  { account: name, network }: ComposedIntent,
  account: Account | undefined,
): PreviewedAccount {
  const settings = account?.settings ?? {};
  const { displayName, isAssisted } = networkOf(network);
  const { name: pageName, handle } = settings;
  return {
    name,
    network,
    networkName: displayName,
    shownName: typeof pageName === 'string' ? pageName : name,
    handle: typeof handle === 'string' ? handle : undefined,
    isAssisted: isAssisted(settings),
  };
}

async function lengthsOf(
  { post, length, network }: ComposedIntent,
  account: Account | undefined,
): Promise<readonly Length[]> {
  const texts = partsOf(post);
  if (texts.length === 1) return [length];
  const composer = await networkOf(network).loadComposer();
  return texts.map((text) => composer.measure(text, account?.settings ?? {}));
}

async function drawCardOf(
  { post, link: articleLink, entry, network }: ComposedIntent,
  { preflight, config }: PageOfPreview,
): Promise<LinkCard | undefined> {
  const { card: rules, displayName } = networkOf(network);
  const link = rules && cardLinkOf(post, articleLink);
  if (rules === undefined || link === undefined) return undefined;
  if (preflight !== undefined) {
    return cardOfPage(await preflight.visit(link), { rules, displayName });
  }
  const article = config.entries.find(({ id }) => id === entry)?.article;
  return cardOfArticle(link, link === articleLink ? article : undefined);
}

async function embedImages({
  intents,
  mediaFiles,
}: Composed): Promise<ReadonlyMap<string, string>> {
  const hashes = new Set(intents.flatMap(({ post }) => hashesOf(post)));
  const images = new Map<string, string>();
  for (const hash of hashes) {
    const file = mediaFiles.get(hash);
    const bytes = file && (await readFile(file).catch(() => undefined));
    const image = bytes && (await embedImage(bytes));
    if (image) images.set(hash, image);
  }
  return images;
}

function hashesOf({ media }: Post): readonly string[] {
  return media.map(({ hash }) => hash);
}
