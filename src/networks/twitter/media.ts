import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Media, Post } from '../../core/post.ts';
import { asObject, asText, toPublishError } from '../http.ts';
import type { Draft, NetworkIo } from '../network.ts';
import type { TwitterClient } from './client.ts';

/** Images that X holds for a post to come. */
export interface UploadedMedia {
  readonly mediaIds: readonly string[];
  /** ISO 8601. X forgets them then. */
  readonly mediaExpireAt: string;
  /** Which images these are, so that a changed post does not go out with old ones. */
  readonly mediaOf: string;
}

const chunkBytes = 1024 * 1024;
const spareMs = 3600_000;
const defaultLifeMs = 24 * 3600_000;
const longestProcessingMs = 60_000;

/** Uploads the post's images with their alt texts, or takes those of an earlier attempt that X still has. */
export async function uploadMedia(
  post: Post,
  draft: Draft | undefined,
  client: TwitterClient,
  io: NetworkIo,
  signal: AbortSignal,
): Promise<UploadedMedia> {
  const mediaOf = fingerprintOf(post.media);
  const earlier = readUploaded(draft);
  if (earlier?.mediaOf === mediaOf && Date.parse(earlier.mediaExpireAt) - spareMs > io.clock.now())
    return earlier;

  const uploads: Upload[] = [];
  for (const media of post.media) uploads.push(await uploadOne(media, client, io, signal));
  const lifeMs = Math.min(...uploads.map((upload) => upload.lifeMs));
  return {
    mediaIds: uploads.map((upload) => upload.id),
    mediaExpireAt: new Date(io.clock.now() + lifeMs).toISOString(),
    mediaOf,
  };
}

export function readUploaded(draft: Draft | undefined): UploadedMedia | undefined {
  if (draft === undefined) return undefined;
  const { mediaIds, mediaExpireAt, mediaOf } = draft;
  if (!Array.isArray(mediaIds) || typeof mediaExpireAt !== 'string' || typeof mediaOf !== 'string')
    return undefined;
  return { mediaIds: mediaIds.map(String), mediaExpireAt, mediaOf };
}

interface Upload {
  readonly id: string;
  readonly lifeMs: number;
}

async function uploadOne(
  media: Media,
  client: TwitterClient,
  io: NetworkIo,
  signal: AbortSignal,
): Promise<Upload> {
  const bytes = await io.media(media.hash);
  const send = async (path: string, body?: Record<string, unknown>, isMultipart = false) => {
    const call = { method: 'POST', path, effect: 'none', signal, isMultipart } as const;
    const answer = await client.send(body === undefined ? call : { ...call, body });
    return asObject(asObject(answer.body).data);
  };

  const begun = await send('media/upload/initialize', {
    media_type: media.type,
    total_bytes: bytes.length,
    media_category: media.type === 'image/gif' ? 'tweet_gif' : 'tweet_image',
  });
  const id = asText(begun.id);
  if (id === undefined) throw noMediaId(client);

  for (let index = 0; index * chunkBytes < bytes.length; index += 1) {
    const chunk = bytes.subarray(index * chunkBytes, (index + 1) * chunkBytes);
    await send(`media/upload/${id}/append`, { segment_index: index, media: chunk }, true);
  }
  const done = await send(`media/upload/${id}/finalize`);
  await untilProcessed(id, done, client, signal);

  if (media.alt !== '')
    await send('media/metadata', { id, metadata: { alt_text: { text: media.alt } } });
  const seconds = done.expires_after_secs;
  return { id, lifeMs: typeof seconds === 'number' ? seconds * 1000 : defaultLifeMs };
}

/** X works on moving images for a while after it has them. */
async function untilProcessed(
  id: string,
  done: Readonly<Record<string, unknown>>,
  client: TwitterClient,
  signal: AbortSignal,
): Promise<void> {
  let info = asObject(done.processing_info);
  for (let waitedMs = 0; waitedMs < longestProcessingMs; ) {
    const state = info.state;
    if (state === 'failed')
      throw toPublishError(client.speaker, {
        is: 'rejected',
        code: 'media-refused',
        message: 'X could not process the image. Save it again as JPEG or PNG.',
      });
    if (state !== 'pending' && state !== 'in_progress') return;

    const seconds = info.check_after_secs;
    const waitMs = Math.min(Math.max(Number(seconds) || 1, 1), 10) * 1000;
    // A stop ends the wait; the request after it then says so.
    await sleep(waitMs, undefined, { signal }).catch(() => {});
    waitedMs += waitMs;
    const query = { command: 'STATUS', media_id: id };
    const answer = await client.send({
      method: 'GET',
      path: 'media/upload',
      query,
      effect: 'none',
      signal,
    });
    info = asObject(asObject(asObject(answer.body).data).processing_info);
  }
  throw toPublishError(client.speaker, {
    is: 'transient',
    code: 'media-processing',
    message: 'X is still processing the image.',
  });
}

function noMediaId(client: TwitterClient): Error {
  return toPublishError(client.speaker, {
    is: 'transient',
    code: 'no-media-id',
    message: 'X took the image and did not say under which id.',
  });
}

function fingerprintOf(media: readonly Media[]): string {
  const told = JSON.stringify(media.map(({ hash, alt }) => [hash, alt]));
  return createHash('sha256').update(told).digest('hex').slice(0, 32);
}
