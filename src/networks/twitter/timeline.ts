import {
  type Answer,
  asArray,
  asObject,
  asText,
  type JsonObject,
  toPublishError,
} from '../http.ts';
import type { NetworkIo, RemotePost } from '../network.ts';
import type { TwitterClient } from './client.ts';
import { createPostReader } from './field-names.ts';

export interface TwitterUser {
  readonly id: string;
  readonly username: string | undefined;
}

/** X shows the last 3,200 posts of an account, 100 at a time. */
const pageSize = 100;
/** Each post that is read costs money, and one that was sent a minute ago is among the latest. */
const firstLook = 10;
const mostPages = 32;
/** `created_at` and `Date` are whole seconds. */
const roundingMs = 3000;

/** Reads the account's own posts, newest first, back to an instant. */
export interface Timeline {
  /** @throws {PublishError} also if the posts could not be read back to `since`: then nothing is proven absent */
  read(options: ReadOptions): Promise<readonly RemotePost[]>;
}

interface ReadOptions {
  readonly user: TwitterUser;
  readonly since: Date;
  /** True if what is looked for is likely among the latest few. */
  readonly isRecent: boolean;
  readonly signal: AbortSignal;
}

export function createTimeline(client: TwitterClient, io: NetworkIo): Timeline {
  const reader = createPostReader(client);

  const readPage = async (options: ReadOptions, token: string | undefined) => {
    const { user, isRecent, signal } = options;
    const size = isRecent && token === undefined ? firstLook : pageSize;
    const call = {
      method: 'GET',
      path: `users/${user.id}/tweets`,
      query: {
        max_results: String(size),
        // Replies stay: the parts of a thread are replies to their own account.
        exclude: 'retweets',
        ...(token === undefined ? {} : { pagination_token: token }),
      },
      effect: 'none',
      signal,
    } as const;
    const answer = await reader.exchange(call);
    // An empty list proves that nothing is there only if X says that it is the list.
    const { data, meta } = asObject(answer.body);
    const isList = Array.isArray(data) || asObject(meta).result_count === 0;
    if (answer.status >= 300 || !isList) throw client.refuse(call, answer);
    return answer;
  };

  return {
    async read(options) {
      const { user, since } = options;
      const posts: RemotePost[] = [];
      let token: string | undefined;
      for (let page = 0; page < mostPages; page += 1) {
        const answer = await readPage(options, token);
        // The network's clock may be behind ours: then a new post looks old. Ahead, nothing is lost.
        const from = since.getTime() + Math.min(client.skewMs, 0) - roundingMs;
        const read = readPosts(answer, user, io.clock.now());
        posts.push(...read.filter((post) => post.createdAt.getTime() >= from));

        token = asText(asObject(asObject(answer.body).meta).next_token);
        const isPast = read.some((post) => post.createdAt.getTime() < from);
        if (isPast || token === undefined) return posts;
      }
      throw toPublishError(client.speaker, {
        is: 'transient',
        code: 'too-many-posts',
        message: `X shows no more than ${pageSize * mostPages} posts, and all are newer than the one looked for.`,
      });
    },
  };
}

function readPosts(answer: Answer, user: TwitterUser, now: number): RemotePost[] {
  return asArray(asObject(answer.body).data)
    .map(asObject)
    .filter((post) => asText(post.id) !== undefined)
    .map((post) => readPost(post, user, now));
}

function readPost(post: JsonObject, user: TwitterUser, now: number): RemotePost {
  // Of a long post, `text` is only the beginning.
  const note = asObject(post.note_tweet ?? post.note_post);
  const source = asText(note.text) === undefined ? post : note;
  const urls = asArray(asObject(source.entities).urls).map(asObject);
  const remoteId = firstIdOf(post);
  const createdAt = Date.parse(asText(post.created_at) ?? '');
  return {
    remoteId,
    url: urlOfPost(user.username, remoteId),
    text: readText(asText(source.text) ?? '', urls),
    links: urls.filter((url) => !isMedia(url)).flatMap((url) => asText(url.expanded_url) ?? []),
    // Without its time it might be any: it counts as new rather than go unseen.
    createdAt: new Date(Number.isNaN(createdAt) ? now : createdAt),
  };
}

/** A post that was edited on X has a new id, and stays the one it was. */
function firstIdOf(post: JsonObject): string {
  const [first] = asArray(post.edit_history_tweet_ids ?? post.edit_history_post_ids);
  return asText(first) ?? String(post.id);
}

export function urlOfPost(username: string | undefined, id: string): string {
  return `https://x.com/${username ?? 'i'}/status/${id}`;
}

/** The text as people read it. X escapes three characters and puts its own short links for all addresses. */
function readText(text: string, urls: readonly JsonObject[]): string {
  let read = text;
  for (const url of urls) {
    const short = asText(url.url);
    if (short === undefined) continue;
    if (isMedia(url)) read = withoutTrailing(read, short);
    else read = read.replaceAll(short, () => asText(url.expanded_url) ?? short);
  }
  return decodeEntities(read).normalize('NFC');
}

function isMedia(url: JsonObject): boolean {
  if (asText(url.media_key) !== undefined) return true;
  return /^pic\.(?:x|twitter)\.com\//.test(asText(url.display_url) ?? '');
}

function withoutTrailing(text: string, end: string): string {
  const trimmed = text.trimEnd();
  return trimmed.endsWith(end) ? trimmed.slice(0, -end.length).trimEnd() : text;
}

function decodeEntities(text: string): string {
  return text.replace(/&(amp|lt|gt);/g, (_, name: string) =>
    name === 'amp' ? '&' : name === 'lt' ? '<' : '>',
  );
}
