import { createHash } from 'node:crypto';
import { type Media, type Post, partsOf } from '../../core/post.ts';
import { asText, toPublishError } from '../http.ts';
import type { Draft, NetworkIo } from '../network.ts';
import { type FacebookClient, MissingError } from './client.ts';
import { ImageFile } from './multipart.ts';

/** What `prepare` left at Facebook: uploaded photos, and the post itself, unpublished, if there are two phases. */
export interface FacebookDraft {
  readonly photoIds: readonly string[];
  readonly postId: string | undefined;
  readonly madeAt: Date;
  /** Of which post, so that a changed one does not go out with an old draft. */
  readonly draftOf: string;
}

/** Facebook removes photos that no post uses after about a day. */
const draftLifeMs = 20 * 3600_000;

export function readDraft(draft: Draft | undefined): FacebookDraft | undefined {
  if (draft === undefined) return undefined;
  const { photoIds, postId, madeAt, draftOf } = draft;
  if (!Array.isArray(photoIds) || typeof madeAt !== 'string' || typeof draftOf !== 'string')
    return undefined;
  return {
    photoIds: photoIds.map(String),
    postId: asText(postId),
    madeAt: new Date(madeAt),
    draftOf,
  };
}

/** Makes what the post needs at Facebook, or takes what an earlier attempt made, as long as it is good. */
export async function prepareDraft(
  post: Post,
  part: number,
  earlier: Draft | undefined,
  client: FacebookClient,
  io: NetworkIo,
  signal: AbortSignal,
): Promise<Draft> {
  const draftOf = fingerprintOf(post, part);
  const draft = readDraft(earlier);
  if (earlier && draft?.draftOf === draftOf && (await isGood(draft, client, io, signal)))
    return earlier;

  const madeAt = new Date(io.clock.now()).toISOString();
  const photoIds: string[] = [];
  for (const media of post.media) photoIds.push(await uploadPhoto(media, client, io, signal));
  if (io.facebook === 'direct') return { part, photoIds, madeAt, draftOf };

  const call = { effect: 'none', signal, isAnswer: hasId } as const;
  const params = { ...paramsOf(post, part, photoIds), published: false };
  const made = await client.page(call).createFeed([], params);
  return { part, photoIds, madeAt, draftOf, postId: String(made.id) };
}

/** What a post consists of, as the feed of a Page takes it. */
export function paramsOf(
  post: Post,
  part: number,
  photoIds: readonly string[],
): Record<string, unknown> {
  const message = partsOf(post)[part] ?? '';
  if (photoIds.length > 0)
    return { message, attached_media: photoIds.map((id) => ({ media_fbid: id })) };
  return post.link === undefined ? { message } : { message, link: post.link };
}

/** Whether the unpublished post is out; undefined if there is none. */
async function isPublished(
  postId: string,
  client: FacebookClient,
  signal: AbortSignal,
): Promise<boolean | undefined> {
  try {
    const call = {
      effect: 'none',
      signal,
      isAnswer: (body: object) => 'is_published' in body,
    } as const;
    const post = await client.post(postId, call).get(['is_published']);
    return post.exportAllData().is_published === true;
  } catch (error) {
    if (error instanceof MissingError) return undefined;
    throw error;
  }
}

/** Removes the unpublished post. Never one that is out. */
export async function discardDraft(
  draft: Draft,
  client: FacebookClient,
  signal: AbortSignal,
): Promise<void> {
  const postId = readDraft(draft)?.postId;
  if (postId === undefined || (await isPublished(postId, client, signal)) !== false) return;
  await deletePost(postId, client, signal);
}

async function deletePost(
  postId: string,
  client: FacebookClient,
  signal: AbortSignal,
): Promise<void> {
  try {
    await client.post(postId, { effect: 'none', signal, isAnswer: isSuccess }).delete([]);
  } catch (error) {
    if (!(error instanceof MissingError)) throw error;
  }
}

export function isSuccess(body: Readonly<Record<string, unknown>>): boolean {
  return body.success === true;
}

export function hasId(body: Readonly<Record<string, unknown>>): boolean {
  return asText(body.id) !== undefined;
}

/** One that is out is good whatever its age: to publish it again changes nothing, and gives its receipt. */
async function isGood(
  draft: FacebookDraft,
  client: FacebookClient,
  io: NetworkIo,
  signal: AbortSignal,
): Promise<boolean> {
  const isYoung = io.clock.now() - draft.madeAt.getTime() < draftLifeMs;
  if (draft.postId === undefined) return isYoung && io.facebook === 'direct';

  const isOut = await isPublished(draft.postId, client, signal);
  return isOut === true || (isOut === false && isYoung && io.facebook === 'two-phase');
}

async function uploadPhoto(
  media: Media,
  client: FacebookClient,
  io: NetworkIo,
  signal: AbortSignal,
): Promise<string> {
  const source = new ImageFile(await io.media(media.hash), media.type);
  const alt = media.alt === '' ? {} : { alt_text_custom: media.alt };
  const call = { effect: 'none', signal, isAnswer: hasId } as const;
  const photo = await client.page(call).createPhoto([], { source, published: false, ...alt });
  const id = asText(photo.id);
  if (id !== undefined) return id;
  throw toPublishError(client.speaker, {
    is: 'transient',
    code: 'no-photo-id',
    message: 'Facebook took the image and did not say under which id.',
  });
}

function fingerprintOf(post: Post, part: number): string {
  const media = post.media.map(({ hash, alt }) => [hash, alt]);
  const told = JSON.stringify([partsOf(post)[part], post.link, media]);
  return createHash('sha256').update(told).digest('hex').slice(0, 32);
}
