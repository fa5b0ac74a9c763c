import { linksIn } from '../../core/same-text.ts';
import { asArray, asObject, asText, type JsonObject, toPublishError } from '../http.ts';
import type { NetworkIo, RemotePost } from '../network.ts';
import type { YoutubeCall, YoutubeClient } from './client.ts';

/** Times may be whole seconds; what is more is for a slow start. */
const spareMs = 60_000;
const mostPages = 40;

/**
 * Reads the channel's own posts, newest first, back to an instant.
 *
 * @throws {PublishError} also if the posts could not be read back to `since`
 */
export async function readPosts(
  client: YoutubeClient,
  io: NetworkIo,
  channelId: string,
  since: Date,
  signal: AbortSignal,
): Promise<readonly RemotePost[]> {
  const posts: RemotePost[] = [];
  let pageToken: string | undefined;
  for (let count = 0; count < mostPages; count += 1) {
    const call: YoutubeCall = {
      method: 'GET',
      path: '/youtube/v3/posts',
      query: {
        part: 'id,snippet',
        channelId,
        maxResults: '50',
        ...(pageToken === undefined ? {} : { pageToken }),
      },
      effect: 'none',
      signal,
    };
    const answer = await client.send(call);
    const { items, nextPageToken } = asObject(answer.body);
    // An empty list proves that nothing is there only if YouTube says that it is the list.
    if (!Array.isArray(items)) throw client.refuse(call, answer);

    // YouTube's clock may be behind ours: then a new post looks old.
    const from = since.getTime() + Math.min(client.skewMs, 0) - spareMs;
    const read = asArray(items).map((item) => readPost(asObject(item), io.clock.now()));
    posts.push(...read.filter((post) => post.createdAt.getTime() >= from));

    pageToken = asText(nextPageToken);
    // In which order YouTube lists is not documented: a page of old ones only is past it.
    const isPast = read.length > 0 && read.every((post) => post.createdAt.getTime() < from);
    if (isPast || pageToken === undefined) return newestFirst(posts);
  }
  throw toPublishError(client.speaker, {
    is: 'transient',
    code: 'too-many-posts',
    message: 'YouTube lists more posts than can be read back.',
  });
}

export function urlOfPost(id: string): string {
  return `https://www.youtube.com/post/${id}`;
}

/** `textDisplay` is HTML elsewhere in this API; for posts it is not documented. Plain text stays as it is. */
export function readHtml(html: string): string {
  return html
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<a\s[^>]*href="([^"]*)"[^>]*>.*?<\/a>/gis, (_, address: string) => address)
    .replace(/<\/?[a-z][^>]*>/gi, '')
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: keyof typeof entities) => entities[name]);
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

function newestFirst(posts: readonly RemotePost[]): readonly RemotePost[] {
  return [...posts].sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
}

function readPost(item: JsonObject, now: number): RemotePost {
  const snippet = asObject(item.snippet);
  const remoteId = String(item.id);
  const text = (asText(snippet.textDisplay) ?? '').normalize('NFC');
  const createdAt = Date.parse(asText(snippet.publishTime) ?? '');
  return {
    remoteId,
    url: urlOfPost(remoteId),
    text,
    links: linksIn(text),
    // Without its time it might be any: it counts as new rather than go unseen.
    createdAt: new Date(Number.isNaN(createdAt) ? now : createdAt),
  };
}
