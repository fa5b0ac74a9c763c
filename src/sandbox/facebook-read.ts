import { createHash } from 'node:crypto';
import { type Answer, type Call, Refusal } from './call.ts';
import { findOwnPost } from './facebook-create.ts';
import { graphError, invalid, unsupported } from './facebook-errors.ts';
import { type Fields, parseFields, pick, refuseUnknownFields } from './facebook-fields.ts';
import { usePage } from './facebook-page.ts';
import { type Params, refuseUnknown, textOf, timeOf } from './facebook-params.ts';
import type { PostMedia, StoredPost, Upload } from './record.ts';
import type { Store } from './store.ts';

const pageFields = [
  'access_token',
  'category',
  'fan_count',
  'followers_count',
  'has_transitioned_to_new_page_experience',
  'id',
  'is_published',
  'link',
  'name',
  'username',
];
const photoFields = [
  'alt_text',
  'alt_text_custom',
  'created_time',
  'from',
  'height',
  'id',
  'images',
  'link',
  'name',
  'width',
];
const postFields = [
  'actions',
  'attachments',
  'created_time',
  'from',
  'full_picture',
  'icon',
  'id',
  'is_expired',
  'is_hidden',
  'is_published',
  'message',
  'message_tags',
  'parent_id',
  'permalink_url',
  'privacy',
  'promotable_id',
  'scheduled_publish_time',
  'shares',
  'status_type',
  'story',
  'timeline_visibility',
  'updated_time',
];
/** Gone from posts since v3.3: asked for, they are an error of their own. */
const deprecatedFields = ['caption', 'description', 'link', 'name', 'object_id', 'source', 'type'];
const defaultAttachment = parseFields('description,media,target,title,type,url,subattachments');

/** GET /{page}, GET /me */
export function readPage(page: string, account: string, params: Params): Answer {
  refuseUnknown(params, []);
  const fields = fieldsOf(params, 'id,name');
  refuseUnknownFields(fields, pageFields, 'Page');
  return { status: 200, body: pick(showPage(page, account), fields) };
}

function showPage(page: string, account: string): Record<string, unknown> {
  return {
    id: page,
    name: account,
    username: account,
    link: `https://www.facebook.com/${page}`,
    category: 'Community',
    is_published: true,
    has_transitioned_to_new_page_experience: true,
    fan_count: 0,
    followers_count: 0,
    access_token: `sandbox:${account}`,
  };
}

/** GET /me/accounts */
export function listPages(pages: readonly string[], account: string): Answer {
  const tasks = ['CREATE_CONTENT', 'MANAGE', 'MODERATE', 'ADVERTISE', 'ANALYZE'];
  const data = pages.map((page) => {
    const { access_token, category, name, id } = showPage(page, account);
    return { access_token, category, name, id, tasks };
  });
  return { status: 200, body: { data } };
}

/** GET /{post} or /{photo} */
export function readObject(
  store: Store,
  account: string,
  call: Call,
  id: string,
  params: Params,
): Answer {
  refuseUnknown(params, []);
  const photo = store.upload('facebook', id);
  if (photo) {
    usePage(store, account, photo.owner, call);
    const fields = fieldsOf(params, 'created_time,name,id');
    refuseUnknownFields(fields, photoFields, 'Photo');
    return { status: 200, body: pick(showPhoto(photo, call), fields) };
  }
  const post = findOwnPost(store, account, call, id);
  return { status: 200, body: pick(showPost(store, post, call), postFieldsOf(params)) };
}

/** GET /{page}/published_posts, /feed, /posts, /scheduled_posts, /ads_posts */
export function listPosts(
  store: Store,
  account: string,
  call: Call,
  place: { page: string; edge: string },
  params: Params,
  lagMs: number,
): Answer {
  refuseUnknown(params, [
    'after',
    'exclude_dynamic_ads',
    'include_hidden',
    'include_inline_create',
    'limit',
    'show_expired',
    'since',
    'until',
  ]);
  const page = usePage(store, account, place.page, call);
  const fields = postFieldsOf(params);
  const limit = Number(params.values.get('limit') ?? 25);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw invalid('Param limit must be a whole number from 1 to 100');
  }
  const since = timeOf(params, 'since') ?? Number.NEGATIVE_INFINITY;
  const until = timeOf(params, 'until') ?? Number.POSITIVE_INFINITY;
  const after = decodeCursor(textOf(params, 'after'));

  let isPast = after === undefined;
  const found: StoredPost[] = [];
  for (const post of edgeOf(store, page, place.edge, params)) {
    const at = createdAt(store, post);
    if (isPast && at >= since && at <= until && store.now() - at >= lagMs) found.push(post);
    if (post.id === after) isPast = true;
    if (found.length > limit) break;
  }
  const data = found.slice(0, limit);
  if (data.length === 0) return { status: 200, body: { data } };
  const cursors = { before: encodeCursor(data[0]), after: encodeCursor(data.at(-1)) };
  const next = nextPage(call, cursors.after);
  return {
    status: 200,
    body: {
      data: data.map((post) => pick(showPost(store, post, call), fields)),
      paging: found.length > limit ? { cursors, next } : { cursors },
    },
  };
}

function edgeOf(store: Store, page: string, edge: string, params: Params): Iterable<StoredPost> {
  if (edge === 'scheduled_posts') {
    return store.hidden('facebook', page).filter((post) => post.visibleAt !== null);
  }
  if (edge === 'ads_posts') {
    // Posts that an API client made count as made inline; without the switch only those of the ads tools are given.
    const isInline = String(params.values.get('include_inline_create') ?? 'false') === 'true';
    if (!isInline) return [];
    return store.hidden('facebook', page).filter((post) => post.visibleAt === null);
  }
  return store.feed('facebook', page);
}

function fieldsOf(params: Params, otherwise: string): Fields {
  return parseFields(textOf(params, 'fields') || otherwise);
}

function postFieldsOf(params: Params): Fields {
  const fields = fieldsOf(params, 'created_time,message,id');
  const deprecated = deprecatedFields.find((name) => fields.has(name));
  if (deprecated !== undefined) {
    throw new Refusal(
      graphError({
        message:
          '(#12) deprecate_post_aggregated_fields_for_attachement is deprecated for versions v3.3 and higher',
        code: 12,
      }),
    );
  }
  refuseUnknownFields(fields, postFields, 'PagePost');
  if (!fields.has('attachments') || fields.get('attachments')) return fields;
  return new Map([...fields, ['attachments', defaultAttachment]]);
}

function showPost(store: Store, post: StoredPost, call: Call): Record<string, unknown> {
  const isVisible = post.visibleAt !== null && post.visibleAt <= store.now();
  const attachments = showAttachments(store, post, call);
  const permalink = `https://www.facebook.com/${post.owner}/posts/${post.id.split('_')[1]}`;
  return {
    id: post.id,
    message: post.text === '' ? undefined : post.text,
    created_time: graphTime(createdAt(store, post)),
    updated_time: graphTime(createdAt(store, post)),
    permalink_url: permalink,
    is_published: isVisible,
    is_hidden: false,
    is_expired: false,
    scheduled_publish_time:
      !isVisible && post.visibleAt !== null ? Math.floor(post.visibleAt / 1000) : undefined,
    from: { id: post.owner, name: post.account },
    promotable_id: post.id,
    status_type: post.media.length > 0 ? 'added_photos' : 'mobile_status_update',
    full_picture: post.media[0] ? pictureUrl(post.media[0], call) : undefined,
    attachments: attachments.length > 0 ? { data: attachments } : undefined,
  };
}

function showAttachments(store: Store, post: StoredPost, call: Call): readonly unknown[] {
  if (post.media.length > 1) {
    const data = post.media.map((item) => showPhotoAttachment(store, item, call));
    const album = `https://www.facebook.com/${post.owner}/posts/${post.id.split('_')[1]}`;
    const subattachments = { data };
    return [
      { type: 'album', url: album, unshimmed_url: album, target: { url: album }, subattachments },
    ];
  }
  // Photos win over a link's card.
  if (post.media[0]) return [showPhotoAttachment(store, post.media[0], call)];
  if (post.link === null) return [];
  const shim = shimUrl(post.link);
  const title = post.title ?? new URL(post.link).hostname;
  return [{ type: 'share', title, url: shim, unshimmed_url: post.link, target: { url: shim } }];
}

function showPhotoAttachment(store: Store, item: PostMedia, call: Call): unknown {
  const url = `https://www.facebook.com/photo.php?fbid=${item.id}`;
  const photo = store.upload('facebook', item.id);
  const image = { src: pictureUrl(item, call), width: photo?.width, height: photo?.height };
  return { type: 'photo', media: { image }, target: { id: item.id, url }, url, unshimmed_url: url };
}

function showPhoto(photo: Upload, call: Call): Record<string, unknown> {
  const source = pictureUrl(photo, call);
  return {
    id: photo.id,
    name: photo.caption === '' ? undefined : photo.caption,
    alt_text: photo.alt === '' ? 'No photo description available.' : photo.alt,
    alt_text_custom: photo.alt === '' ? undefined : photo.alt,
    created_time: graphTime(photo.createdAt),
    from: { id: photo.owner, name: photo.account },
    width: photo.width,
    height: photo.height,
    link: `https://www.facebook.com/photo.php?fbid=${photo.id}`,
    images: [{ source, width: photo.width, height: photo.height }],
  };
}

function pictureUrl(item: PostMedia, call: Call): string {
  return item.sha256 === null ? (item.url ?? '') : `${call.origin}/media/${item.sha256}`;
}

/** Facebook sends readers of a link by way of an address of its own. */
function shimUrl(link: string): string {
  const hash = createHash('sha256').update(link).digest('base64url').slice(0, 40);
  return `https://l.facebook.com/l.php?u=${encodeURIComponent(link)}&h=AT${hash}`;
}

/** A post counts as made when it appeared, as long as it has not when it was sent. */
function createdAt(store: Store, post: StoredPost): number {
  const hasAppeared = post.visibleAt !== null && post.visibleAt <= store.now();
  return hasAppeared ? post.visibleAt : post.createdAt;
}

function graphTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}+0000`;
}

function encodeCursor(post: StoredPost | undefined): string {
  return Buffer.from(post?.id ?? '').toString('base64url');
}

function decodeCursor(cursor: string): string | undefined {
  return cursor === '' ? undefined : Buffer.from(cursor, 'base64url').toString('utf8');
}

function nextPage(call: Call, after: string): string {
  const url = new URL(`${call.path}?${call.query}`, call.origin);
  url.searchParams.set('after', after);
  return url.href;
}

/** For paths that no node has. */
export function unknownPath(call: Call): Refusal {
  if (call.method !== 'GET') return unsupported(call.method, call.path.split('/')[2] ?? '');
  return new Refusal(graphError({ message: `Unknown path components: ${call.path}`, code: 2500 }));
}
