import { createHash } from 'node:crypto';
import type { Account } from '../../core/account.ts';
import { type Post, partsOf } from '../../core/post.ts';
import { isSameText } from '../../core/same-text.ts';
import { asArray, asObject, asText, type Speaker, toPublishError } from '../http.ts';
import type { Draft, NetworkIo, RemotePost, Session } from '../network.ts';
import { createYoutubeClient, type YoutubeCall, type YoutubeClient } from './client.ts';
import { isPostMissing } from './errors.ts';
import { examineYoutube } from './examine.ts';
import { readHtml, readPosts, urlOfPost } from './posts.ts';

/** Opens a session for a channel. Sends nothing until it is used; in assisted mode it never does. */
export async function openYoutubeSession(account: Account, io: NetworkIo): Promise<Session> {
  const client = createYoutubeClient(account, io);
  return account.settings.mode === 'api'
    ? openApiSession(account, io, client)
    : openAssistedSession(account, client.speaker);
}

function openApiSession(account: Account, io: NetworkIo, client: YoutubeClient): Session {
  const channelId = String(account.settings.channelId);
  let isKnownToWork = false;
  return {
    async prepare(post, part, draft, signal) {
      if (part > 0 || partsOf(post)[part] === undefined) throw noThreads(client.speaker);
      await client.authorize(signal);
      // Better to learn here than by a failed post that the project is not in the pilot.
      if (!isKnownToWork) await client.send(latestPost(channelId, signal));
      isKnownToWork = true;
      return { part, ...(await uploadImages(post, draft, client, io, signal)) };
    },

    async publish(post, part, draft, send) {
      const tokens = readUploadTokens(draft)?.uploadTokens ?? [];
      const text = partsOf(post)[part] ?? '';
      const call: YoutubeCall = {
        method: 'POST',
        path: '/youtube/v3/posts',
        query: { part: tokens.length > 0 ? 'snippet,attachments' : 'snippet' },
        body: { type: 'application/json', data: JSON.stringify(bodyOf(channelId, text, tokens)) },
        effect: 'publish',
        signal: send.signal,
        isFresh: () => send.isFresh(),
      };
      const answer = await client.send(call);
      const remoteId = asText(asObject(answer.body).id);
      if (remoteId === undefined) throw client.refuse(call, answer);
      return { remoteId, url: urlOfPost(remoteId) };
    },

    async find(post, part, { since, signal }) {
      const posts = await readPosts(client, io, channelId, since, signal);
      return posts.filter((remote) => isPart(post, part, remote));
    },

    recent: (since, signal) => readPosts(client, io, channelId, since, signal),

    matches: isPart,

    // YouTube forgets images that no post uses.
    async discard() {},

    async remove(remoteId, signal) {
      const path = '/youtube/v3/posts';
      const call: YoutubeCall = {
        method: 'DELETE',
        path,
        query: { id: remoteId },
        effect: 'none',
        signal,
      };
      const answer = await client.exchange(call);
      const isDone = answer.status === 204 || (answer.status < 300 && answer.body !== undefined);
      if (!isDone && !isPostMissing(answer)) throw client.refuse(call, answer);
    },

    async edit(remoteId, post, signal) {
      const body = { id: remoteId, snippet: { channelId, textDisplay: post.text } };
      const call: YoutubeCall = {
        method: 'PUT',
        path: '/youtube/v3/posts',
        query: { part: 'snippet' },
        body: { type: 'application/json', data: JSON.stringify(body) },
        effect: 'none',
        signal,
      };
      const answer = await client.exchange(call);
      if (isPostMissing(answer)) throw missing(client.speaker);
      if (answer.status >= 300 || asText(asObject(answer.body).id) !== remoteId)
        throw client.refuse(call, answer);
    },

    // Whether a post can be asked for by its id is not documented.
    async read(remoteId, { since, signal }) {
      const posts = await readPosts(client, io, channelId, since, signal);
      return posts.find((post) => post.remoteId === remoteId);
    },

    identify: (signal) => identify(account, client, signal),

    examine: (signal) => examineYoutube(account, client, io, signal),
  };
}

/** People post by hand, and say where: there is nothing for a program to send or read. */
function openAssistedSession(account: Account, speaker: Speaker): Session {
  const refuse = async (): Promise<never> => {
    throw toPublishError(speaker, {
      is: 'rejected',
      code: 'assisted',
      message: `The account ${account.name} is assisted: a person posts, changes and removes its posts.`,
    });
  };
  return {
    prepare: async (_, part) => ({ part }),
    publish: refuse,
    find: refuse,
    recent: refuse,
    matches: isPart,
    discard: async () => {},
    remove: refuse,
    identify: async () => whoseIsAssisted(account),
    examine: async () => ({ whose: whoseIsAssisted(account), ends: [], remarks: [] }),
  };
}

function whoseIsAssisted({ settings }: Account): string {
  return asText(settings.handle) ?? String(settings.channelId);
}

function isPart(post: Post, part: number, remote: RemotePost): boolean {
  const text = partsOf(post)[part];
  if (text === undefined) return false;
  return isSameText(text, remote.text) || isSameText(text, readHtml(remote.text));
}

function bodyOf(channelId: string, text: string, uploadTokens: readonly string[]): object {
  // With the channel named, a token of another channel is refused instead of posting there.
  const snippet = { channelId, textDisplay: text };
  if (uploadTokens.length === 0) return { snippet };
  const imageAttachments = uploadTokens.map((uploadToken) => ({ uploadToken }));
  return { snippet, attachments: { imageAttachments } };
}

function latestPost(channelId: string, signal: AbortSignal): YoutubeCall {
  const query = { part: 'id', channelId, maxResults: '1' };
  return { method: 'GET', path: '/youtube/v3/posts', query, effect: 'none', signal };
}

interface UploadTokens {
  readonly uploadTokens: readonly string[];
  readonly uploadedAt: string;
  /** Which images these are, so that a changed post does not go out with old ones. */
  readonly imagesOf: string;
}

/** How long YouTube keeps an uploaded image is not documented. */
const uploadLifeMs = 3600_000;

async function uploadImages(
  post: Post,
  draft: Draft | undefined,
  client: YoutubeClient,
  io: NetworkIo,
  signal: AbortSignal,
): Promise<UploadTokens | undefined> {
  if (post.media.length === 0) return undefined;
  const hashes = post.media.map((media) => media.hash);
  const imagesOf = createHash('sha256').update(hashes.join()).digest('hex').slice(0, 32);
  const earlier = readUploadTokens(draft);
  const ageMs = io.clock.now() - Date.parse(earlier?.uploadedAt ?? '');
  if (earlier?.imagesOf === imagesOf && ageMs < uploadLifeMs) return earlier;

  const uploadedAt = new Date(io.clock.now()).toISOString();
  const uploadTokens: string[] = [];
  for (const media of post.media) {
    const call: YoutubeCall = {
      method: 'POST',
      path: '/upload/youtube/v3/posts/image',
      query: { uploadType: 'media' },
      body: { type: media.type, data: await io.media(media.hash) },
      effect: 'none',
      signal,
    };
    const answer = await client.send(call);
    const token = asText(asObject(answer.body).uploadToken);
    if (token === undefined) throw client.refuse(call, answer);
    uploadTokens.push(token);
  }
  return { uploadTokens, uploadedAt, imagesOf };
}

function readUploadTokens(draft: Draft | undefined): UploadTokens | undefined {
  if (draft === undefined) return undefined;
  const { uploadTokens, uploadedAt, imagesOf } = draft;
  if (
    !Array.isArray(uploadTokens) ||
    typeof uploadedAt !== 'string' ||
    typeof imagesOf !== 'string'
  )
    return undefined;
  return { uploadTokens: uploadTokens.map(String), uploadedAt, imagesOf };
}

async function identify(
  account: Account,
  client: YoutubeClient,
  signal: AbortSignal,
): Promise<string> {
  const call: YoutubeCall = {
    method: 'GET',
    path: '/youtube/v3/channels',
    query: { part: 'id,snippet', mine: 'true' },
    effect: 'none',
    signal,
  };
  const answer = await client.send(call);
  const channels = asArray(asObject(answer.body).items).map(asObject);
  const wanted = account.settings.channelId;
  const channel =
    channels.find((one) => one.id === wanted) ?? (account.sandbox ? channels[0] : undefined);
  if (channel === undefined)
    throw toPublishError(client.speaker, {
      is: 'unauthorized',
      code: 'wrong-channel',
      message: `The credentials are not of the channel ${wanted}. Check channelId in the config, or connect as the channel's owner.`,
    });
  const snippet = asObject(channel.snippet);
  return asText(snippet.customUrl) ?? asText(snippet.title) ?? String(wanted);
}

function missing(speaker: Speaker): Error {
  return toPublishError(speaker, {
    is: 'rejected',
    code: 'not-found',
    message: 'YouTube does not have the post any more.',
  });
}

function noThreads(speaker: Speaker): Error {
  return toPublishError(speaker, {
    is: 'rejected',
    code: 'no-threads',
    message: 'A post on YouTube has one part only.',
  });
}
