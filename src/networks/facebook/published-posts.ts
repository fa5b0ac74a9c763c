import { linksIn } from '../../core/same-text.ts';
import { asArray, asObject, asText, type JsonObject, toPublishError } from '../http.ts';
import type { NetworkIo, RemotePost } from '../network.ts';
import type { FacebookClient } from './client.ts';

const fields = [
  'id',
  'message',
  'created_time',
  'permalink_url',
  'is_published',
  'attachments{type,url,unshimmed_url,subattachments}',
];
const pageSize = 50;
const mostPages = 40;
/** Times are whole seconds. What is more is for a slow start: a post too many is sorted out by its text. */
const spareMs = 60_000;

/**
 * Reads what the Page has published, newest first, back to an instant. Not from `/feed` or `/posts`: those give
 * a selection, in which absence proves nothing.
 *
 * @throws {PublishError} also if the posts could not be read back to `since`
 */
export async function readPublishedPosts(
  client: FacebookClient,
  io: NetworkIo,
  since: Date,
  signal: AbortSignal,
): Promise<readonly RemotePost[]> {
  const posts: RemotePost[] = [];
  let after: string | undefined;
  for (let count = 0; count < mostPages; count += 1) {
    const call = {
      effect: 'none',
      signal,
      isAnswer: (body: JsonObject) => Array.isArray(body.data),
    } as const;
    const params = { limit: pageSize, ...(after === undefined ? {} : { after }) };
    const page = await client.page(call).getPublishedPosts(fields, params);

    // Facebook's clock may be behind ours: then a new post looks old.
    const from = since.getTime() + Math.min(client.skewMs, 0) - spareMs;
    const read = [...page].map((post) => readPost(asObject(post._data), io.clock.now()));
    posts.push(...read.filter((post) => post.createdAt.getTime() >= from));

    const paging = asObject(page.paging);
    after = asText(asObject(paging.cursors).after);
    const isPast = read.some((post) => post.createdAt.getTime() < from);
    if (isPast || after === undefined || paging.next === undefined) return posts;
  }
  throw toPublishError(client.speaker, {
    is: 'transient',
    code: 'too-many-posts',
    message: `The last ${pageSize * mostPages} posts of the Page are all newer than the one looked for.`,
  });
}

/** Reads one post by its id. @throws {MissingError} if there is none */
export async function readPublishedPost(
  client: FacebookClient,
  io: NetworkIo,
  id: string,
  signal: AbortSignal,
): Promise<RemotePost | undefined> {
  const call = {
    effect: 'none',
    signal,
    isAnswer: (body: JsonObject) => 'is_published' in body,
  } as const;
  const post = await client.post(id, call).get(fields);
  const data = asObject(post.exportAllData());
  return data.is_published === true ? readPost({ ...data, id }, io.clock.now()) : undefined;
}

export function urlOfPost(id: string): string {
  return `https://www.facebook.com/${id}`;
}

function readPost(post: JsonObject, now: number): RemotePost {
  const remoteId = String(post.id);
  const text = (asText(post.message) ?? '').normalize('NFC');
  const createdAt = Date.parse(asText(post.created_time) ?? '');
  return {
    remoteId,
    url: asText(post.permalink_url) ?? urlOfPost(remoteId),
    text,
    links: [...new Set([...linksOfCards(post), ...linksIn(text)])],
    // Without its time it might be any: it counts as new rather than go unseen.
    createdAt: new Date(Number.isNaN(createdAt) ? now : createdAt),
  };
}

function linksOfCards(post: JsonObject): string[] {
  return asArray(asObject(post.attachments).data)
    .map(asObject)
    .filter((attachment) => !/photo|album/.test(asText(attachment.type) ?? ''))
    .flatMap((attachment) => {
      const link = asText(attachment.unshimmed_url) ?? asText(attachment.url);
      return link === undefined ? [] : [withoutShim(link)];
    });
}

/** Facebook leads clicks through a page of its own, with the address as a parameter. */
function withoutShim(link: string): string {
  if (!URL.canParse(link)) return link;
  const url = new URL(link);
  const isShim = /^lm?\.facebook\.com$/.test(url.hostname) && url.pathname === '/l.php';
  return (isShim && url.searchParams.get('u')) || link;
}
