import { type Answer, type Call, headerOf, Refusal } from './call.ts';
import type { StoredPost } from './record.ts';
import type { Store } from './store.ts';
import { readBackPost, shownText } from './twitter-create.ts';
import { invalid, missing, notFound } from './twitter-errors.ts';
import { type User, userOf } from './twitter-user.ts';

/** Fields of a post under the names of both spellings of the API, `tweet.fields` and `post.fields`. */
const postFields = [
  'attachments',
  'author_id',
  'context_annotations',
  'conversation_id',
  'created_at',
  'display_text_range',
  'edit_controls',
  'edit_history_post_ids',
  'edit_history_tweet_ids',
  'entities',
  'id',
  'in_reply_to_user_id',
  'lang',
  'note_post',
  'note_tweet',
  'possibly_sensitive',
  'public_metrics',
  'referenced_posts',
  'referenced_tweets',
  'reply_settings',
  'source',
  'text',
];
const timelineKeys = [
  'max_results',
  'pagination_token',
  'start_time',
  'end_time',
  'since_id',
  'until_id',
  'exclude',
];
const fieldKeys = [
  'tweet.fields',
  'post.fields',
  'expansions',
  'user.fields',
  'media.fields',
  'poll.fields',
  'place.fields',
];

/** GET /2/users/me */
export function readMe(account: string, call: Call): Answer {
  refuseUnknownQuery(call, fieldKeys);
  // Of keys of OAuth 1.0a, X tells what they may do.
  const isOAuth1 = headerOf(call, 'authorization')?.startsWith('OAuth ') === true;
  return {
    status: 200,
    ...(isOAuth1 && { headers: { 'x-access-level': 'read-write' } }),
    body: { data: showUser(userOf(account), call) },
  };
}

function showUser(user: User, call: Call): Record<string, unknown> {
  const all: Record<string, unknown> = {
    verified: false,
    verified_type: 'none',
    subscription_type: 'None',
    protected: false,
    description: `The account ${user.name} in the sandbox`,
  };
  const wanted = (call.query.get('user.fields') ?? '').split(',');
  const extra = Object.entries(all).filter(([key]) => wanted.includes(key));
  return {
    id: user.id,
    name: user.name,
    username: user.username,
    ...Object.fromEntries(extra),
  };
}

/** GET /2/users/{id}/tweets */
export function readTimeline(store: Store, call: Call, userId: string, lagMs: number): Answer {
  refuseUnknownQuery(call, [...timelineKeys, ...fieldKeys]);
  const max = Number(call.query.get('max_results') ?? 10);
  if (!Number.isInteger(max) || max < 5 || max > 100) {
    throw invalid('The `max_results` query parameter value is not between 5 and 100', {
      max_results: call.query.get('max_results'),
    });
  }
  const fields = wantedFields(call);
  const includes = isIn(call);
  if (store.accountsOf('twitter', userId).size === 0) {
    return { status: 200, body: { errors: [missing('user', 'id', userId)] } };
  }

  const page: StoredPost[] = [];
  let hasMore = false;
  for (const post of store.feed('twitter', userId)) {
    if (store.now() - post.createdAt < lagMs || !includes(post)) continue;
    if (page.length === max) {
      hasMore = true;
      break;
    }
    page.push(post);
  }
  const oldest = page.at(-1)?.id;
  const meta = {
    result_count: page.length,
    ...(page[0] ? { newest_id: page[0].id, oldest_id: oldest } : {}),
    ...(hasMore && oldest ? { next_token: encodeToken(oldest) } : {}),
  };
  if (page.length === 0) return { status: 200, body: { meta } };
  return { status: 200, body: { ...showPosts(store, call, page, fields), meta } };
}

/** GET /2/tweets/{id} */
export function readPost(store: Store, call: Call, id: string): Answer {
  refuseUnknownQuery(call, fieldKeys);
  const post = store.post('twitter', id);
  if (!post) return { status: 200, body: { errors: [missing('tweet', 'id', id)] } };
  const shown = showPosts(store, call, [post], wantedFields(call));
  return { status: 200, body: { ...shown, data: shown.data[0] } };
}

/** GET /2/tweets?ids= */
export function readPosts(store: Store, call: Call): Answer {
  refuseUnknownQuery(call, ['ids', ...fieldKeys]);
  const ids = (call.query.get('ids') ?? '').split(',').filter((id) => id !== '');
  if (ids.length < 1 || ids.length > 100) {
    throw invalid('The `ids` query parameter must have from 1 to 100 items', { ids: ids.length });
  }
  const found = ids.flatMap((id) => store.post('twitter', id) ?? []);
  const lost = ids.filter((id) => !store.post('twitter', id));
  const errors = lost.map((id) => missing('tweet', 'ids', id));
  const shown = found.length > 0 ? showPosts(store, call, found, wantedFields(call)) : {};
  return { status: 200, body: { ...shown, ...(errors.length > 0 ? { errors } : {}) } };
}

/** DELETE /2/tweets/{id} */
export function deletePost(store: Store, account: string, id: string): Answer {
  const post = store.post('twitter', id);
  if (!post) throw notFound('tweet', 'id', id);
  if (post.owner !== userOf(account).id) {
    throw new Refusal({
      status: 403,
      body: {
        title: 'Forbidden',
        detail: 'You are not authorized to delete this Tweet.',
        type: 'about:blank',
        status: 403,
      },
    });
  }
  store.remove(post);
  return { status: 200, body: { data: { deleted: true } } };
}

function showPosts(
  store: Store,
  call: Call,
  posts: readonly StoredPost[],
  fields: ReadonlySet<string>,
): { data: readonly unknown[]; includes?: unknown } {
  const history = call.query.has('post.fields')
    ? 'edit_history_post_ids'
    : 'edit_history_tweet_ids';
  const data = posts.map((post) => ({ ...showPost(post, fields), [history]: [post.id] }));
  const expansions = (call.query.get('expansions') ?? '').split(',');
  if (!expansions.includes('attachments.media_keys')) return { data };
  const wanted = (call.query.get('media.fields') ?? '').split(',');
  const media = posts.flatMap((post) =>
    post.media.map((item) => {
      const upload = store.upload('twitter', item.id);
      const all: Record<string, unknown> = {
        alt_text: item.alt,
        url: `${call.origin}/media/${item.sha256}`,
        width: upload?.width,
        height: upload?.height,
      };
      const extra = Object.entries(all).filter(([key]) => wanted.includes(key));
      return { media_key: `3_${item.id}`, type: 'photo', ...Object.fromEntries(extra) };
    }),
  );
  return media.length > 0 ? { data, includes: { media } } : { data };
}

function showPost(post: StoredPost, fields: ReadonlySet<string>): Record<string, unknown> {
  const keys = post.media.map((item) => `3_${item.id}`);
  const { urls } = readBackPost(post);
  const parent =
    post.replyTo === undefined ? undefined : [{ type: 'replied_to', id: post.replyTo }];
  const all: Record<string, unknown> = {
    attachments: keys.length > 0 ? { media_keys: keys } : undefined,
    author_id: post.owner,
    created_at: createdAt(post),
    entities: urls.length > 0 ? { urls } : undefined,
    in_reply_to_user_id: parent ? post.owner : undefined,
    lang: 'und',
    possibly_sensitive: false,
    public_metrics: { retweet_count: 0, reply_count: 0, like_count: 0, quote_count: 0 },
    referenced_posts: parent,
    referenced_tweets: parent,
    reply_settings: post.labels?.reply_settings ?? 'everyone',
    source: 'Carillon sandbox',
  };
  const extra = Object.entries(all).filter(
    ([key, value]) => fields.has(key) && value !== undefined,
  );
  return {
    id: post.id,
    text: shownText(post),
    ...Object.fromEntries(extra),
  };
}

/** X tells times to the second. */
function createdAt(post: StoredPost): string {
  return new Date(Math.floor(post.createdAt / 1000) * 1000).toISOString();
}

/** Says of a post whether the query's times, ids and exclusions leave it in. */
function isIn(call: Call): (post: StoredPost) => boolean {
  const start = readTime(call, 'start_time') ?? Number.NEGATIVE_INFINITY;
  const end = readTime(call, 'end_time') ?? Number.POSITIVE_INFINITY;
  if (start >= end) throw invalid("'start_time' must be before 'end_time'");
  const sinceId = readId(call, 'since_id') ?? -1n;
  const token = call.query.get('pagination_token');
  const bounds = [readId(call, 'until_id'), token === null ? undefined : decodeToken(token)];
  const exclude = (call.query.get('exclude') ?? '').split(',').filter((name) => name !== '');
  const wrong = exclude.find((name) => name !== 'replies' && name !== 'retweets');
  if (wrong !== undefined)
    throw invalid('exclude: must be replies or retweets', { exclude: wrong });
  return (post) => {
    const at = Date.parse(createdAt(post));
    const id = BigInt(post.id);
    if (at < start || at >= end || id <= sinceId) return false;
    if (bounds.some((bound) => bound !== undefined && id >= bound)) return false;
    return !(post.replyTo !== undefined && exclude.includes('replies'));
  };
}

function wantedFields(call: Call): ReadonlySet<string> {
  const wanted = new Set<string>();
  for (const parameter of ['tweet.fields', 'post.fields']) {
    const value = call.query.get(parameter);
    for (const field of value === null ? [] : value.split(',')) {
      if (!postFields.includes(field)) {
        throw invalid(`The \`${parameter}\` query parameter value [${field}] is not known`, {
          [parameter]: field,
        });
      }
      wanted.add(field);
    }
  }
  return wanted;
}

function refuseUnknownQuery(call: Call, known: readonly string[]): void {
  for (const key of call.query.keys()) {
    if (!known.includes(key)) {
      throw invalid(`The query parameter [${key}] is not one of those that this endpoint knows`, {
        [key]: call.query.get(key),
      });
    }
  }
}

function readTime(call: Call, name: string): number | undefined {
  const value = call.query.get(name);
  if (value === null) return undefined;
  const isDateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(value);
  const time = isDateTime ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) {
    throw invalid(`The \`${name}\` query parameter value [${value}] is not a valid RFC3339 time`, {
      [name]: value,
    });
  }
  return time;
}

function readId(call: Call, name: string): bigint | undefined {
  const value = call.query.get(name);
  if (value === null) return undefined;
  if (!/^[0-9]{1,19}$/.test(value)) {
    throw invalid(`The \`${name}\` query parameter value [${value}] is not valid`, {
      [name]: value,
    });
  }
  return BigInt(value);
}

function encodeToken(id: string): string {
  return BigInt(id).toString(32);
}

function decodeToken(token: string): bigint {
  if (!/^[0-9a-v]{1,13}$/.test(token)) {
    throw invalid('The `pagination_token` query parameter value is not valid', {
      pagination_token: token,
    });
  }
  return [...token].reduce((value, digit) => value * 32n + BigInt(Number.parseInt(digit, 32)), 0n);
}
