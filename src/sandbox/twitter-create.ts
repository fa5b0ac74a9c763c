import { type Answer, type Call, isRecord, Refusal } from './call.ts';
import type { PostMedia, StoredPost } from './record.ts';
import type { Store } from './store.ts';
import { duplicate, forbidden, invalid } from './twitter-errors.ts';
import { readBack, urlsOf, weighText } from './twitter-text.ts';
import { type User, userOf } from './twitter-user.ts';

const maxWeight = 280;
const duplicateWindowMs = 24 * 3_600_000;
const uploadLifeMs = 24 * 3_600_000;
const idPattern = /^[0-9]{1,19}$/;
const bodyKeys = [
  'card_uri',
  'community_id',
  'direct_message_deep_link',
  'edit_options',
  'for_super_followers_only',
  'geo',
  'made_with_ai',
  'media',
  'nullcast',
  'paid_partnership',
  'poll',
  'quote_tweet_id',
  'reply',
  'reply_settings',
  'share_with_followers',
  'text',
];
/** What the contract allows and the sandbox does not play; said aloud rather than quietly dropped. */
const unplayed = [
  'card_uri',
  'community_id',
  'direct_message_deep_link',
  'edit_options',
  'for_super_followers_only',
  'geo',
  'nullcast',
  'poll',
  'quote_tweet_id',
  'share_with_followers',
];
const mediaKeys = [
  'call_to_actions',
  'description',
  'embeddable',
  'media_ids',
  'preview_media_id',
  'tagged_user_ids',
  'title',
];
const replyKeys = [
  'auto_populate_reply_metadata',
  'exclude_reply_user_ids',
  'in_reply_to_tweet_id',
];
const replySettings = ['following', 'mentionedUsers', 'subscribers', 'verified'];

/** POST /2/tweets */
export function createPost(store: Store, account: string, call: Call): Answer {
  const user = userOf(account);
  const body = jsonObject(call);
  checkBody(body);
  const text = readText(body.text);
  const media = readMedia(store, user, body.media);
  const replyTo = readReply(store, user, body.reply);
  if (text.trim() === '' && media.length === 0) throw invalid('$.text: is required', { text });
  if (weighText(text.trim()) > maxWeight) throw forbidden('Your Tweet text is too long.');

  const said = text.normalize('NFC').replace(/\s+/g, ' ').trim();
  const saidAt = store.takesRepeats ? undefined : store.saidAt('twitter', user.id, said);
  if (said !== '' && saidAt !== undefined && store.now() - saidAt < duplicateWindowMs) {
    throw new Refusal(duplicate);
  }

  const serial = store.nextSerial();
  const at = store.now();
  const post: StoredPost = {
    network: 'twitter',
    account,
    owner: user.id,
    id: String(serial),
    text,
    link: firstLink(text),
    media,
    createdAt: at,
    visibleAt: at,
    ...(replyTo === undefined ? {} : { replyTo }),
    ...readLabels(body),
    said,
  };
  store.addPost(post, serial);
  return {
    status: 201,
    body: { data: { id: post.id, text: shownText(post), edit_history_tweet_ids: [post.id] } },
  };
}

/** A post's text as the API gives it back. */
export function shownText(post: StoredPost): string {
  return readBackPost(post).text;
}

export function readBackPost(post: StoredPost): ReturnType<typeof readBack> {
  const user = userOf(post.account);
  return readBack(post.id, post.text, {
    keys: post.media.map((item) => `3_${item.id}`),
    expandedUrl: `https://x.com/${user.username}/status/${post.id}/photo/1`,
  });
}

export function jsonObject(call: Call): Record<string, unknown> {
  if (call.body.kind !== 'json' || !isRecord(call.body.value)) {
    throw invalid('The request body must be a JSON object with content-type application/json');
  }
  return call.body.value;
}

export function refuseUnknown(
  value: Record<string, unknown>,
  known: readonly string[],
  path = '$',
): void {
  const unknownKey = Object.keys(value).find((key) => !known.includes(key));
  if (unknownKey === undefined) return;
  throw invalid(
    `${path}.${unknownKey}: is not defined in the schema and the schema does not allow additional properties`,
    { [unknownKey]: JSON.stringify(value[unknownKey]) },
  );
}

function checkBody(body: Record<string, unknown>): void {
  refuseUnknown(body, bodyKeys);
  const key = unplayed.find((name) => name in body);
  if (key !== undefined) throw forbidden(`The sandbox does not play "${key}".`);
  for (const name of ['made_with_ai', 'paid_partnership']) {
    if (name in body && typeof body[name] !== 'boolean') {
      throw invalid(`$.${name}: boolean expected`, { [name]: body[name] });
    }
  }
  const settings = body.reply_settings;
  if (settings !== undefined && !replySettings.includes(settings as string)) {
    throw invalid(`$.reply_settings: must be one of ${replySettings.join(', ')}`, {
      reply_settings: settings,
    });
  }
}

function readLabels(body: Record<string, unknown>): Pick<StoredPost, 'labels'> {
  const known = ['made_with_ai', 'paid_partnership', 'reply_settings'].filter((key) => key in body);
  if (known.length === 0) return {};
  return { labels: Object.fromEntries(known.map((key) => [key, body[key]])) };
}

function readText(value: unknown): string {
  if (value !== undefined && typeof value !== 'string') {
    throw invalid('$.text: string expected', { text: value });
  }
  return value ?? '';
}

function readMedia(store: Store, user: User, value: unknown): readonly PostMedia[] {
  if (value === undefined) return [];
  if (!isRecord(value)) throw invalid('$.media: object expected');
  refuseUnknown(value, mediaKeys, '$.media');
  const ids = value.media_ids;
  if (!Array.isArray(ids) || ids.length < 1 || ids.length > 4) {
    throw invalid('$.media.media_ids: must have from 1 to 4 items', { media_ids: ids });
  }
  const uploads = ids.map((id: unknown) => {
    if (typeof id !== 'string' || !idPattern.test(id)) {
      throw invalid('$.media.media_ids: must match the pattern ^[0-9]{1,19}$', { media_ids: id });
    }
    const upload = store.upload('twitter', id);
    const isUsable = upload?.owner === user.id && store.now() - upload.createdAt < uploadLifeMs;
    if (!isUsable) throw invalid('Your media IDs are invalid.', { 'media.media_ids': id });
    return upload;
  });
  if (uploads.length > 1 && uploads.some((upload) => upload.type === 'image/gif')) {
    throw invalid('A post takes one GIF or up to four photos', { 'media.media_ids': ids });
  }
  if (new Set(ids).size < ids.length) {
    throw invalid('Media IDs must be unique', { 'media.media_ids': ids });
  }
  return uploads.map(({ type, alt, bytes, sha256, id }) => ({ type, alt, bytes, sha256, id }));
}

function readReply(store: Store, user: User, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (!isRecord(value)) throw invalid('$.reply: object expected');
  refuseUnknown(value, replyKeys, '$.reply');
  const id = value.in_reply_to_tweet_id;
  if (typeof id !== 'string' || !idPattern.test(id)) {
    throw invalid('$.reply.in_reply_to_tweet_id: must match the pattern ^[0-9]{1,19}$', {
      in_reply_to_tweet_id: id,
    });
  }
  const parent = store.post('twitter', id);
  if (!parent) {
    throw forbidden('You attempted to reply to a Tweet that is deleted or not visible to you.');
  }
  if (parent.owner !== user.id) {
    throw forbidden('You are not permitted to reply to a post that does not mention you.');
  }
  return id;
}

/** The link that the post is about: an address in full goes before a bare domain such as `x.ai`. */
function firstLink(text: string): string | null {
  const urls = urlsOf(text);
  const whole = urls.find((url) => /^https?:\/\//i.test(url));
  if (whole !== undefined) return whole;
  return urls[0] === undefined ? null : `http://${urls[0]}`;
}
