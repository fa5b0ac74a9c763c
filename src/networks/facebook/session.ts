import type { Account } from '../../core/account.ts';
import { type Post, partsOf, type Receipt } from '../../core/post.ts';
import { canonicalLink, isSameText } from '../../core/same-text.ts';
import { asText, toPublishError } from '../http.ts';
import type { Draft, FindOptions, NetworkIo, RemotePost, SendWindow, Session } from '../network.ts';
import {
  createFacebookClient,
  type FacebookClient,
  type GraphCall,
  MissingError,
} from './client.ts';
import { discardDraft, hasId, isSuccess, paramsOf, prepareDraft, readDraft } from './drafts.ts';
import { examineFacebook } from './examine.ts';
import { editPost, removePost } from './published.ts';
import { readPublishedPost, readPublishedPosts, urlOfPost } from './published-posts.ts';

/** Opens a session for a Page. Sends nothing until it is used. */
export async function openFacebookSession(account: Account, io: NetworkIo): Promise<Session> {
  const client = createFacebookClient(account, io);

  return {
    async prepare(post, part, draft, signal) {
      if (partsOf(post)[part] === undefined || part > 0) throw noThreads(client);
      await client.authorize();
      return naming(client, () => prepareDraft(post, part, draft, client, io, signal));
    },

    publish: (post, part, draft, send) =>
      naming(client, () => publishDraft(post, part, draft, client, send)),

    find: (post, part, options) => naming(client, () => find(post, part, options, client, io)),

    recent: (since, signal) => naming(client, () => readPublishedPosts(client, io, since, signal)),

    matches: isPart,

    discard: (draft, signal) => naming(client, () => discardDraft(draft, client, signal)),

    remove: (remoteId, signal) => naming(client, () => removePost(remoteId, client, signal)),

    edit: (remoteId, post, signal) =>
      naming(client, () => editPost(remoteId, post, client, signal)),

    read: (remoteId, { signal }) => findDraft(remoteId, client, io, signal),

    identify: (signal) =>
      naming(client, async () => {
        const call: GraphCall = { effect: 'none', signal, isAnswer: hasId };
        const page = await client.page(call).get(['id', 'name', 'username']);
        const { name, username } = page.exportAllData();
        const handle = asText(username);
        return handle === undefined ? (asText(name) ?? client.pageId) : `@${handle}`;
      }),

    examine: (signal) => naming(client, () => examineFacebook(account, client, io, signal)),
  };
}

/**
 * Publishes with one request. Of an unpublished post that is "make it public", which Facebook takes any number
 * of times to the same effect; else it makes the post.
 */
async function publishDraft(
  post: Post,
  part: number,
  draft: Draft,
  client: FacebookClient,
  send: SendWindow,
): Promise<Receipt> {
  const { postId, photoIds = [] } = readDraft(draft) ?? {};
  const window = {
    effect: 'publish',
    signal: send.signal,
    isFresh: () => send.isFresh(),
  } as const;

  if (postId === undefined) {
    const params = paramsOf(post, part, photoIds);
    const made = await client.page({ ...window, isAnswer: hasId }).createFeed([], params);
    return { remoteId: made.id, url: urlOfPost(made.id) };
  }

  await client.post(postId, { ...window, isAnswer: isSuccess }).update([], { is_published: true });
  return { remoteId: postId, url: urlOfPost(postId) };
}

async function find(
  post: Post,
  part: number,
  options: FindOptions,
  client: FacebookClient,
  io: NetworkIo,
): Promise<readonly RemotePost[]> {
  const draft = readDraft(options.draft);
  const own = draft?.postId && (await findDraft(draft.postId, client, io, options.signal));
  if (own) return [own];

  // Facebook may date a post from when it was made, not from when it was made public.
  const since = new Date(Math.min(options.since.getTime(), draft?.madeAt.getTime() ?? Infinity));
  const posts = await readPublishedPosts(client, io, since, options.signal);
  return posts.filter((remote) => isPart(post, part, remote));
}

async function findDraft(
  postId: string,
  client: FacebookClient,
  io: NetworkIo,
  signal: AbortSignal,
): Promise<RemotePost | undefined> {
  try {
    return await readPublishedPost(client, io, postId, signal);
  } catch (error) {
    if (error instanceof MissingError) return undefined;
    throw error;
  }
}

/** The text says which post it is; the card too, unless Facebook shows none. */
function isPart(post: Post, part: number, remote: RemotePost): boolean {
  const text = partsOf(post)[part];
  if (text === undefined || !isSameText(text, remote.text)) return false;
  if (post.link === undefined || post.media.length > 0) return true;
  if (remote.links.length === 0) return text.trim() !== '';
  const link = canonicalLink(post.link);
  return remote.links.some((shown) => canonicalLink(shown) === link);
}

/** A missing object is no outcome of its own: nothing was published, and the next attempt makes it anew. */
async function naming<T>(client: FacebookClient, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof MissingError)) throw error;
    throw toPublishError(client.speaker, {
      is: 'transient',
      code: '100/33',
      message: `Facebook knows nothing there, or the token may not see it: "${error.message}"`,
    });
  }
}

function noThreads(client: FacebookClient): Error {
  return toPublishError(client.speaker, {
    is: 'rejected',
    code: 'no-threads',
    message: 'A post on a Facebook Page has one part only.',
  });
}
