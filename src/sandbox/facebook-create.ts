import { type Answer, type Call, Refusal } from './call.ts';
import { duplicate, graphError, invalid, unsupported } from './facebook-errors.ts';
import { usePage } from './facebook-page.ts';
import {
  attachedMediaOf,
  booleanOf,
  type Params,
  refuseUnknown,
  textOf,
  timeOf,
} from './facebook-params.ts';
import { readImage } from './image.ts';
import type { PostMedia, StoredPost, Upload } from './record.ts';
import type { Store } from './store.ts';

const maxMessage = 63_206;
const maxPhotoBytes = 10 * 1024 * 1024;
const maxPhotos = 10;
const photoLifeMs = 24 * 3_600_000;
const minuteMs = 60_000;

/** POST /{page}/feed */
export function createPost(
  store: Store,
  account: string,
  call: Call,
  pageId: string,
  params: Params,
): Answer {
  refuseUnknown(params, [
    'message',
    'link',
    'name',
    'description',
    'picture',
    'published',
    'scheduled_publish_time',
    'attached_media',
    'unpublished_content_type',
  ]);
  const page = usePage(store, account, pageId, call);
  const message = readMessage(params, 'message');
  const link = readLink(params);
  const media = readAttached(store, page, params);
  if (message.trim() === '' && link === null && media.length === 0) {
    throw invalid('Param message must be given where there is no link and no photo');
  }
  const visibleAt = readVisibleAt(store, params);
  const said = JSON.stringify([message.trim(), link]);
  if (media.length === 0 && visibleAt !== null) refuseRepeated(store, page, said);
  const title = textOf(params, 'name');

  const serial = store.nextSerial();
  const post: StoredPost = {
    network: 'facebook',
    account,
    owner: page,
    id: `${page}_${serial}`,
    text: message,
    link,
    ...(title === '' ? {} : { title }),
    media,
    createdAt: store.now(),
    visibleAt,
    said,
  };
  store.addPost(post, serial);
  return { status: 200, body: { id: post.id, post_supports_client_mutation_id: true } };
}

/** POST /{page}/photos */
export async function createPhoto(
  store: Store,
  account: string,
  call: Call,
  pageId: string,
  params: Params,
): Promise<Answer> {
  refuseUnknown(params, [
    'alt_text_custom',
    'caption',
    'published',
    'temporary',
    'unpublished_content_type',
    'url',
  ]);
  const page = usePage(store, account, pageId, call);
  const caption = readMessage(params, 'caption');
  const isPublished = booleanOf(params, 'published', true);
  const image = await readPhoto(store, params);

  const serial = store.nextSerial();
  const photo: Upload = {
    network: 'facebook',
    account,
    owner: page,
    id: String(serial),
    ...image,
    alt: textOf(params, 'alt_text_custom'),
    caption,
    createdAt: store.now(),
  };
  store.addUpload(photo, serial);
  if (!isPublished) return { status: 200, body: { id: photo.id } };

  const postSerial = store.nextSerial();
  const post: StoredPost = {
    network: 'facebook',
    account,
    owner: page,
    id: `${page}_${postSerial}`,
    text: caption,
    link: null,
    media: [mediaOf(photo)],
    createdAt: store.now(),
    visibleAt: store.now(),
  };
  store.addPost(post, postSerial);
  return { status: 200, body: { id: photo.id, post_id: post.id } };
}

/** POST /{post}: makes it visible, or changes its message. The same request again changes nothing. */
export function updatePost(
  store: Store,
  account: string,
  call: Call,
  postId: string,
  params: Params,
): Answer {
  refuseUnknown(params, ['is_published', 'message']);
  const post = findOwnPost(store, account, call, postId);
  const message = params.values.has('message') ? readMessage(params, 'message') : undefined;
  const shows = params.values.has('is_published');
  if (message === undefined && !shows) throw invalid('Give is_published or message');
  if (message?.trim() === '' && post.link === null && post.media.length === 0) {
    throw invalid('Param message must not be empty');
  }
  const isVisible = post.visibleAt !== null && post.visibleAt <= store.now();
  if (shows && !booleanOf(params, 'is_published', false) && isVisible) {
    throw invalid('A published post cannot be unpublished');
  }
  if (message !== undefined && message !== post.text) store.edit(post, message);
  if (shows && booleanOf(params, 'is_published', false) && !isVisible) {
    store.show(post, store.now());
  }
  return { status: 200, body: { success: true } };
}

/** DELETE /{post} or /{photo} */
export function deleteObject(store: Store, account: string, call: Call, id: string): Answer {
  const photo = store.upload('facebook', id);
  if (photo) {
    usePage(store, account, photo.owner, call);
    store.discard(photo);
  } else {
    store.remove(findOwnPost(store, account, call, id));
  }
  return { status: 200, body: { success: true } };
}

export function findOwnPost(store: Store, account: string, call: Call, id: string): StoredPost {
  const post = store.post('facebook', id);
  if (!post) throw unsupported(call.method, id);
  usePage(store, account, post.owner, call);
  return post;
}

function readMessage(params: Params, name: string): string {
  const message = textOf(params, name);
  if (message.length > maxMessage) throw invalid(`Param ${name} is longer than ${maxMessage}`);
  return message;
}

function readLink(params: Params): string | null {
  const link = textOf(params, 'link');
  if (link === '') return null;
  const isAddress = URL.canParse(link) && /^https?:$/.test(new URL(link).protocol);
  if (isAddress) return link;
  throw new Refusal(graphError({ message: '(#1500) The url you supplied is invalid', code: 1500 }));
}

function readAttached(store: Store, page: string, params: Params): readonly PostMedia[] {
  const ids = attachedMediaOf(params);
  if (ids.length > maxPhotos) throw invalid(`A post takes up to ${maxPhotos} photos`);
  if (new Set(ids).size < ids.length) throw invalid('Param attached_media names a photo twice');
  return ids.map((id) => {
    const photo = store.upload('facebook', id);
    const isAlive = photo?.owner === page && store.now() - photo.createdAt < photoLifeMs;
    if (!isAlive) throw invalid(`The photo ${id} in attached_media does not exist`);
    return mediaOf(photo);
  });
}

/** When followers see the post: now, at its scheduled time, or not by itself. */
function readVisibleAt(store: Store, params: Params): number | null {
  const scheduled = timeOf(params, 'scheduled_publish_time');
  const isPublished = booleanOf(params, 'published', true);
  if (scheduled === undefined) return isPublished ? store.now() : null;
  if (isPublished) throw invalid('Param scheduled_publish_time needs published to be false');
  const wait = scheduled - store.now();
  if (wait < 10 * minuteMs || wait > 30 * 24 * 60 * minuteMs) {
    throw invalid(
      'The specified scheduled publish time is invalid: from 10 minutes to 30 days ahead',
    );
  }
  return scheduled;
}

function refuseRepeated(store: Store, page: string, said: string): void {
  if (store.takesRepeats) return;
  const [latest] = store.feed('facebook', page);
  if (latest?.said === said) throw new Refusal(duplicate);
}

async function readPhoto(
  store: Store,
  params: Params,
): Promise<Pick<Upload, 'type' | 'bytes' | 'sha256' | 'width' | 'height' | 'url'>> {
  const url = textOf(params, 'url');
  const [file, ...others] = params.files;
  if (!file && url !== '') {
    if (!URL.canParse(url)) throw invalid('Param url must be a valid URL');
    return { type: 'image', bytes: 0, sha256: null, width: 0, height: 0, url };
  }
  const image = file && others.length === 0 && url === '' ? readImage(file.bytes) : undefined;
  if (!image || !file || file.bytes.length > maxPhotoBytes) {
    throw new Refusal(graphError({ message: '(#324) Missing or invalid image file', code: 324 }));
  }
  return { ...image, bytes: file.bytes.length, sha256: await store.keepMedia(file.bytes) };
}

function mediaOf(photo: Upload): PostMedia {
  const { type, alt, bytes, sha256, id, url } = photo;
  return { type, alt, bytes, sha256, id, ...(url === undefined ? {} : { url }) };
}
