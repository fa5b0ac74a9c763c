import { type Answer, type Call, isRecord } from './call.ts';
import { readImage } from './image.ts';
import type { Part } from './multipart.ts';
import type { Upload } from './record.ts';
import type { Store } from './store.ts';
import { jsonObject, refuseUnknown } from './twitter-create.ts';
import { invalid, notFound } from './twitter-errors.ts';
import { userOf } from './twitter-user.ts';

const lifeSeconds = 86_400;
const maxUnfinished = 1000;
const imageTypes = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'];
const limits: Readonly<Record<string, number>> = {
  tweet_image: 5 * 1024 * 1024,
  tweet_gif: 15 * 1024 * 1024,
};

interface Unfinished {
  readonly owner: string;
  readonly totalBytes: number;
  readonly type: string;
  readonly category: string;
  readonly segments: Map<number, Buffer>;
}

/** Uploads in pieces. One that is not finished is forgotten when the sandbox ends, as X forgets it in time. */
export type UnfinishedUploads = Map<string, Unfinished>;

/** POST /2/media/upload/initialize */
export function initializeUpload(
  store: Store,
  unfinished: UnfinishedUploads,
  account: string,
  call: Call,
): Answer {
  const body = jsonObject(call);
  refuseUnknown(body, [
    'additional_owners',
    'media_category',
    'media_type',
    'shared',
    'total_bytes',
  ]);
  const { media_category: category, media_type: type, total_bytes: totalBytes } = body;
  if (typeof type !== 'string' || !imageTypes.includes(type)) {
    throw invalid(`$.media_type: the sandbox takes ${imageTypes.join(', ')}`, { media_type: type });
  }
  const limit = typeof category === 'string' ? limits[category] : undefined;
  if (typeof category !== 'string' || limit === undefined) {
    throw invalid('$.media_category: the sandbox takes tweet_image and tweet_gif', {
      media_category: category,
    });
  }
  if (typeof totalBytes !== 'number' || !Number.isInteger(totalBytes) || totalBytes < 1) {
    throw invalid('$.total_bytes: a whole number expected', { total_bytes: totalBytes });
  }
  if (totalBytes > limit) {
    throw invalid(`$.total_bytes: a ${category} may have ${limit} bytes`, {
      total_bytes: totalBytes,
    });
  }

  const id = String(store.nextSerial());
  const oldest = unfinished.keys().next().value;
  if (unfinished.size >= maxUnfinished && oldest !== undefined) unfinished.delete(oldest);
  unfinished.set(id, {
    owner: userOf(account).id,
    totalBytes,
    type,
    category,
    segments: new Map(),
  });
  return ok({ id, media_key: `3_${id}`, expires_after_secs: lifeSeconds });
}

/** POST /2/media/upload/{id}/append */
export function appendUpload(
  store: Store,
  unfinished: UnfinishedUploads,
  account: string,
  call: Call,
  id: string,
): Answer {
  const upload = findUnfinished(unfinished, account, id);
  const fields = readFields(call, ['media', 'segment_index']);
  const index = Number(fields.text('segment_index') || Number.NaN);
  if (!Number.isInteger(index) || index < 0 || index > 999) {
    throw invalid('$.segment_index: must be a whole number from 0 to 999', {
      segment_index: fields.text('segment_index'),
    });
  }
  upload.segments.set(index, fields.bytes('media'));
  if (sizeOf(upload) > upload.totalBytes) {
    throw invalid('More bytes were appended than total_bytes announced', { id });
  }
  return ok({ expires_at: Math.floor(store.now() / 1000) + lifeSeconds });
}

/** POST /2/media/upload/{id}/finalize */
export async function finalizeUpload(
  store: Store,
  unfinished: UnfinishedUploads,
  account: string,
  id: string,
): Promise<Answer> {
  const finished = store.upload('twitter', id);
  if (finished?.owner === userOf(account).id) return ok(describe(finished));
  const upload = findUnfinished(unfinished, account, id);
  const indices = [...upload.segments.keys()].sort((a, b) => a - b);
  const isWhole = indices.every((index, position) => index === position);
  if (!isWhole || sizeOf(upload) !== upload.totalBytes) {
    throw invalid('The segments do not add up to total_bytes', { id });
  }
  const bytes = Buffer.concat(
    indices.map((index) => upload.segments.get(index) ?? Buffer.alloc(0)),
  );
  const stored = await keepUpload(store, account, { id, bytes, category: upload.category });
  unfinished.delete(id);
  return ok(describe(stored));
}

/** GET /2/media/upload?command=STATUS&media_id= */
export function uploadStatus(
  store: Store,
  unfinished: UnfinishedUploads,
  account: string,
  call: Call,
): Answer {
  if (call.query.get('command') !== 'STATUS') {
    throw invalid('command: must be STATUS', { command: call.query.get('command') });
  }
  const id = call.query.get('media_id') ?? '';
  const upload = store.upload('twitter', id);
  if (upload?.owner === userOf(account).id) {
    return ok({
      ...describe(upload),
      processing_info: { state: 'succeeded', progress_percent: 100 },
    });
  }
  findUnfinished(unfinished, account, id);
  return ok({ id, media_key: `3_${id}`, processing_info: { state: 'pending' } });
}

/** POST /2/media/upload: everything in one request. */
export async function uploadAtOnce(store: Store, account: string, call: Call): Promise<Answer> {
  const fields = readFields(call, ['additional_owners', 'media', 'media_category']);
  const category = fields.text('media_category');
  if (limits[category] === undefined) {
    throw invalid('$.media_category: the sandbox takes tweet_image and tweet_gif', {
      media_category: category,
    });
  }
  const bytes = fields.bytes('media');
  const id = String(store.nextSerial());
  return ok(describe(await keepUpload(store, account, { id, bytes, category })));
}

/** POST /2/media/metadata */
export function describeUpload(store: Store, account: string, call: Call): Answer {
  const body = jsonObject(call);
  refuseUnknown(body, ['id', 'metadata']);
  const { id, metadata } = body;
  if (typeof id !== 'string') throw invalid('$.id: string expected', { id });
  const altText = isRecord(metadata) ? metadata.alt_text : undefined;
  const alt = isRecord(altText) ? altText.text : undefined;
  if (typeof alt !== 'string' || [...alt].length > 1000) {
    throw invalid('$.metadata.alt_text.text: must be a string of up to 1000 characters');
  }
  const upload = store.upload('twitter', id);
  if (upload?.owner !== userOf(account).id) throw notFound('media', 'id', id);
  store.describe(upload, alt);
  return ok({ id, associated_metadata: { alt_text: { text: alt } } });
}

async function keepUpload(
  store: Store,
  account: string,
  given: { id: string; bytes: Buffer; category: string },
): Promise<Upload> {
  const image = readImage(given.bytes);
  if (!image) throw invalid('The media could not be recognised as an image', { media: given.id });
  if (given.bytes.length > (limits[given.category] ?? 0)) {
    throw invalid(`A ${given.category} may have ${limits[given.category]} bytes`, {
      media: given.id,
    });
  }
  const upload: Upload = {
    network: 'twitter',
    account,
    owner: userOf(account).id,
    id: given.id,
    ...image,
    bytes: given.bytes.length,
    sha256: await store.keepMedia(given.bytes),
    alt: '',
    caption: '',
    createdAt: store.now(),
  };
  store.addUpload(upload, BigInt(given.id));
  return upload;
}

function describe(upload: Upload): Record<string, unknown> {
  return {
    id: upload.id,
    media_key: `3_${upload.id}`,
    size: upload.bytes,
    expires_after_secs: lifeSeconds,
    image: { w: upload.width, h: upload.height, image_type: upload.type },
  };
}

function findUnfinished(unfinished: UnfinishedUploads, account: string, id: string): Unfinished {
  const upload = unfinished.get(id);
  if (upload?.owner !== userOf(account).id) throw notFound('media', 'id', id);
  return upload;
}

function sizeOf(upload: Unfinished): number {
  return [...upload.segments.values()].reduce((size, segment) => size + segment.length, 0);
}

/** Fields of a body that X takes either as multipart or as JSON with the bytes in base64. */
function readFields(
  call: Call,
  known: readonly string[],
): { text(name: string): string; bytes(name: string): Buffer } {
  if (call.body.kind === 'multipart') {
    const parts = call.body.parts;
    refuseUnknown(Object.fromEntries(parts.map((part) => [part.name ?? '', ''])), known);
    const find = (name: string): Part | undefined => parts.find((part) => part.name === name);
    return {
      text: (name) => find(name)?.bytes.toString('utf8') ?? '',
      bytes: (name) => find(name)?.bytes ?? refuseMissing(name),
    };
  }
  const body = jsonObject(call);
  refuseUnknown(body, known);
  return {
    text: (name) => String(body[name] ?? ''),
    bytes: (name) => {
      const value = body[name];
      return typeof value === 'string' ? Buffer.from(value, 'base64') : refuseMissing(name);
    },
  };
}

function refuseMissing(name: string): never {
  throw invalid(`$.${name}: is missing but it is required`);
}

function ok(data: Record<string, unknown>): Answer {
  return { status: 200, body: { data } };
}
