import { createHash } from 'node:crypto';
import { type Answer, type Call, isRecord } from './call.ts';
import { readImage } from './image.ts';
import type { PostMedia, StoredPost, Upload } from './record.ts';
import type { Store } from './store.ts';
import { firstWebLink } from './web-link.ts';
import { refuse } from './youtube-errors.ts';

/** The real limit is not documented; this is the highest that anyone reports. */
const maxText = 5000;
const maxImages = 10;
const maxImageBytes = 16 * 1024 * 1024;
const parts = ['attachments', 'id', 'snippet', 'statistics', 'status'];

/** POST /youtube/v3/posts */
export function insertPost(store: Store, account: string, channel: string, call: Call): Answer {
  const wanted = readParts(call);
  refuseUnknownQuery(call, []);
  const body = readBody(call);
  refuseUnknown(body, ['attachments', 'kind', 'snippet'], '');
  for (const part of ['attachments', 'snippet']) {
    if (part in body && !wanted.includes(part)) {
      throw refuse(400, 'unexpectedPart', `The body has ${part}, which part does not name.`);
    }
  }
  const text = readText(body.snippet ?? {}, channel);
  const media = readImages(store, channel, body.attachments);
  if (text.trim() === '' && media.length === 0) {
    throw refuse(400, 'required', 'A post needs snippet.textDisplay or images.');
  }

  const serial = store.nextSerial();
  const at = store.now();
  const post: StoredPost = {
    network: 'youtube',
    account,
    owner: channel,
    id: postId(serial),
    text,
    link: firstWebLink(text),
    media,
    createdAt: at,
    visibleAt: at,
  };
  store.addPost(post, serial);
  return { status: 200, body: showPost(post, wanted, call) };
}

/** GET /youtube/v3/posts */
export function listPosts(
  store: Store,
  channel: string | undefined,
  call: Call,
  lagMs: number,
): Answer {
  const wanted = readParts(call);
  refuseUnknownQuery(call, ['channelId', 'id', 'maxResults', 'mine', 'pageToken']);
  const max = Number(call.query.get('maxResults') ?? 5);
  if (!Number.isInteger(max) || max < 1 || max > 50) {
    throw refuse(400, 'invalidParameter', 'maxResults must be from 1 to 50.');
  }
  const ids = call.query.get('id')?.split(',');
  const owner = call.query.get('channelId') ?? channel;
  if (!ids && owner === undefined) {
    throw refuse(400, 'missingRequiredParameter', 'No filter selected.');
  }

  const after = call.query.get('pageToken');
  let isPast = after === null;
  const found: StoredPost[] = [];
  const candidates = ids
    ? ids.flatMap((id) => store.post('youtube', id) ?? [])
    : store.feed('youtube', owner ?? '');
  for (const post of candidates) {
    if (isPast && store.now() - post.createdAt >= lagMs) found.push(post);
    if (post.id === after) isPast = true;
    if (found.length > max) break;
  }
  if (!isPast) throw refuse(400, 'invalidPageToken', 'The page token is not valid.');
  const items = found.slice(0, max);
  return {
    status: 200,
    body: {
      kind: 'youtube#postListResponse',
      etag: etagOf(items),
      ...(found.length > max ? { nextPageToken: items.at(-1)?.id } : {}),
      pageInfo: { totalResults: found.length, resultsPerPage: max },
      items: items.map((post) => showPost(post, wanted, call)),
    },
  };
}

/** PUT /youtube/v3/posts: the text only. */
export function updatePost(store: Store, channel: string, call: Call): Answer {
  const wanted = readParts(call);
  refuseUnknownQuery(call, []);
  const body = readBody(call);
  refuseUnknown(body, ['id', 'kind', 'snippet'], '');
  const post = findOwnPost(store, channel, body.id);
  const text = readText(body.snippet, channel);
  if (text.trim() === '' && post.media.length === 0) {
    throw refuse(400, 'required', 'A post needs snippet.textDisplay or images.');
  }
  store.edit(post, text);
  return { status: 200, body: showPost({ ...post, text }, wanted, call) };
}

/** DELETE /youtube/v3/posts?id= */
export function deletePost(store: Store, channel: string, call: Call): Answer {
  refuseUnknownQuery(call, ['id']);
  store.remove(findOwnPost(store, channel, call.query.get('id')));
  return { status: 200, body: {} };
}

/** POST /upload/youtube/v3/posts/image: the bytes as they are, or as the last part of a multipart body. */
export async function uploadImage(
  store: Store,
  account: string,
  channel: string,
  call: Call,
): Promise<Answer> {
  const bytes =
    call.body.kind === 'raw'
      ? call.body.bytes
      : call.body.kind === 'multipart'
        ? call.body.parts.at(-1)?.bytes
        : undefined;
  const image = bytes && bytes.length <= maxImageBytes ? readImage(bytes) : undefined;
  if (!bytes || !image) {
    throw refuse(400, 'invalidImage', 'Send a JPEG, PNG, GIF or WebP image of up to 16 MB.');
  }
  const ratio = image.width / image.height;
  if (ratio < 2 / 5 || ratio > 5 / 2) {
    throw refuse(400, 'invalidImageAspectRatio', 'The aspect ratio must be from 2:5 to 5:2.');
  }
  const serial = store.nextSerial();
  const upload: Upload = {
    network: 'youtube',
    account,
    owner: channel,
    id: `upload-${serial}`,
    ...image,
    bytes: bytes.length,
    sha256: await store.keepMedia(bytes),
    alt: '',
    caption: '',
    createdAt: store.now(),
  };
  store.addUpload(upload, serial);
  return { status: 200, body: { kind: 'youtube#postImageUpload', uploadToken: upload.id } };
}

function showPost(
  post: StoredPost,
  wanted: readonly string[],
  call: Call,
): Record<string, unknown> {
  const images = post.media.map((item) => ({
    imagePreview: { url: `${call.origin}/media/${item.sha256}` },
  }));
  const all: Record<string, unknown> = {
    id: post.id,
    snippet: {
      channelId: post.owner,
      textDisplay: post.text,
      publishTime: new Date(post.createdAt).toISOString(),
    },
    statistics: { likeCount: '0', commentCount: '0' },
    attachments: { imageAttachments: images },
    status: {
      processingStatus: 'processed',
      publishingStatus: 'published',
      archiveState: 'notArchived',
    },
  };
  const kept = Object.entries(all).filter(([name]) => name === 'id' || wanted.includes(name));
  return { kind: 'youtube#post', etag: etagOf([post]), ...Object.fromEntries(kept) };
}

function readParts(call: Call): readonly string[] {
  const wanted = (call.query.get('part') ?? '').split(',').filter((name) => name !== '');
  if (wanted.length === 0) {
    throw refuse(400, 'missingRequiredParameter', 'No parts selected: the parameter part.');
  }
  const unknownPart = wanted.find((name) => !parts.includes(name));
  if (unknownPart !== undefined) throw refuse(400, 'unknownPart', `Unknown part: ${unknownPart}`);
  return wanted;
}

function readBody(call: Call): Record<string, unknown> {
  if (call.body.kind === 'json' && isRecord(call.body.value)) return call.body.value;
  throw refuse(400, 'parseError', 'The body must be a JSON object.');
}

function readText(snippet: unknown, channel: string): string {
  if (!isRecord(snippet)) throw refuse(400, 'required', 'The body needs a snippet.');
  refuseUnknown(snippet, ['channelId', 'textDisplay'], 'snippet.');
  const { channelId, textDisplay: text } = snippet;
  if (channelId !== undefined && channelId !== channel) {
    throw refuse(403, 'forbidden', 'The authorized user may not post to this channel.');
  }
  if (text !== undefined && typeof text !== 'string') {
    throw refuse(400, 'invalidValue', 'snippet.textDisplay must be a string.');
  }
  if ((text ?? '').length > maxText) {
    throw refuse(400, 'invalidValue', `snippet.textDisplay is longer than ${maxText}.`);
  }
  return text ?? '';
}

function readImages(store: Store, channel: string, value: unknown): readonly PostMedia[] {
  if (value === undefined) return [];
  if (!isRecord(value)) throw refuse(400, 'invalidValue', 'attachments must be an object.');
  refuseUnknown(value, ['imageAttachments'], 'attachments.');
  const items = value.imageAttachments ?? [];
  if (!Array.isArray(items) || items.length > maxImages) {
    throw refuse(400, 'invalidValue', `imageAttachments takes up to ${maxImages} images.`);
  }
  return items.map((item: unknown) => {
    if (!isRecord(item)) throw refuse(400, 'invalidValue', 'An image is an object.');
    refuseUnknown(item, ['uploadToken'], 'attachments.imageAttachments.');
    const upload = store.upload('youtube', String(item.uploadToken));
    if (upload?.owner !== channel) {
      throw refuse(400, 'invalidUploadToken', 'The upload token is not valid.');
    }
    const { type, alt, bytes, sha256, id } = upload;
    return { type, alt, bytes, sha256, id };
  });
}

function refuseUnknown(
  value: Record<string, unknown>,
  known: readonly string[],
  path: string,
): void {
  const name = Object.keys(value).find((key) => !known.includes(key));
  if (name === undefined) return;
  throw refuse(
    400,
    'badRequest',
    `Invalid JSON payload received. Unknown name "${path}${name}": Cannot find field.`,
  );
}

function refuseUnknownQuery(call: Call, known: readonly string[]): void {
  const always = ['alt', 'part', 'prettyPrint', 'fields', 'key', 'quotaUser'];
  for (const name of call.query.keys()) {
    if (!known.includes(name) && !always.includes(name)) {
      throw refuse(400, 'unexpectedParameter', `Unexpected parameter: ${name}`);
    }
  }
}

function findOwnPost(store: Store, channel: string, id: unknown): StoredPost {
  if (typeof id !== 'string' || id === '') {
    throw refuse(400, 'missingRequiredParameter', 'The id of a post is missing.');
  }
  const post = store.post('youtube', id);
  if (!post) throw refuse(404, 'postNotFound', 'The post cannot be found.');
  if (post.owner !== channel) throw refuse(403, 'forbidden', 'The post is not yours.');
  return post;
}

function postId(serial: bigint): string {
  return `Ugkx${createHash('sha256').update(String(serial)).digest('base64url').slice(0, 32)}`;
}

function etagOf(posts: readonly StoredPost[]): string {
  return createHash('sha1').update(JSON.stringify(posts)).digest('base64url');
}
