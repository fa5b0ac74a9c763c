import type { Account } from '../../core/account.ts';
import { type Post, partsOf } from '../../core/post.ts';
import { isSameText } from '../../core/same-text.ts';
import { asObject, asText, toPublishError } from '../http.ts';
import type { NetworkIo, RemotePost, Session } from '../network.ts';
import { createTwitterClient, type TwitterCall, type TwitterClient } from './client.ts';
import { examineTwitter } from './examine.ts';
import { labelsOfPart } from './labels.ts';
import { readUploaded, uploadMedia } from './media.ts';
import { createTimeline, type TwitterUser, urlOfPost } from './timeline.ts';

/** Opens a session on X. Sends nothing until it is used. */
export async function openTwitterSession(account: Account, io: NetworkIo): Promise<Session> {
  const client = createTwitterClient(account, io);
  const timeline = createTimeline(client, io);

  // A failure is not kept: the next look asks again. Nor is whoever was connected before: the posts of one user prove
  // nothing of another's.
  let known: { readonly user: TwitterUser; readonly connectedAt: number | undefined } | undefined;
  const userAtHand = () => (known?.connectedAt === client.connectedAt ? known?.user : undefined);
  const whoAmI = async (signal: AbortSignal) => {
    await client.authorize(signal);
    const { connectedAt } = client;
    const user = userAtHand() ?? (await readUser(client, signal));
    if (client.connectedAt === connectedAt) known = { user, connectedAt };
    return user;
  };
  const nameOfUser = () => userAtHand()?.username ?? handleOf(account);

  return {
    async prepare(post, part, draft, signal) {
      textOf(post, part, client);
      await client.authorize(signal);
      if (part > 0 || post.media.length === 0) return { part };
      return { part, ...(await uploadMedia(post, draft, client, io, signal)) };
    },

    async publish(post, part, draft, send) {
      const call: TwitterCall = {
        method: 'POST',
        path: 'tweets',
        body: bodyOf(post, part, readUploaded(draft)?.mediaIds ?? [], send.earlier, client),
        effect: 'publish',
        signal: send.signal,
        isFresh: () => send.isFresh(),
      };
      const answer = await client.send(call);

      const remoteId = asText(asObject(asObject(answer.body).data).id);
      if (remoteId === undefined) throw client.refuse(call, answer);
      return { remoteId, url: urlOfPost(nameOfUser(), remoteId) };
    },

    async find(post, part, { since, signal }) {
      const user = await whoAmI(signal);
      const posts = await timeline.read({ user, since, signal, isRecent: true });
      return posts.filter((remote) => isPart(post, part, remote));
    },

    async recent(since, signal) {
      return timeline.read({ user: await whoAmI(signal), since, signal, isRecent: false });
    },

    matches: isPart,

    // X forgets images that no post uses.
    async discard() {},

    async remove(remoteId, signal) {
      const path = `tweets/${encodeURIComponent(remoteId)}`;
      const call: TwitterCall = { method: 'DELETE', path, effect: 'none', signal };
      const answer = await client.exchange(call);
      const isGone = answer.status === 404 && answer.body !== undefined;
      const { deleted } = asObject(asObject(answer.body).data);
      if (!isGone && deleted !== true) throw client.refuse(call, answer);
    },

    async identify(signal) {
      const { id, username } = await whoAmI(signal);
      return username === undefined ? id : `@${username}`;
    },

    examine: (signal) => examineTwitter(account, client, io, signal),
  };
}

/** The network's changes undone, a text with its links says which post it is. */
function isPart(post: Post, part: number, remote: RemotePost): boolean {
  const text = partsOf(post)[part];
  return text !== undefined && isSameText(text, remote.text);
}

function bodyOf(
  post: Post,
  part: number,
  mediaIds: readonly string[],
  earlier: readonly string[],
  client: TwitterClient,
): Record<string, unknown> {
  const text = textOf(post, part, client);
  const labels = labelsOfPart(post, part);
  if (part === 0)
    return { text, ...(mediaIds.length > 0 && { media: { media_ids: mediaIds } }), ...labels };

  const before = earlier.at(-1);
  if (before === undefined)
    throw toPublishError(client.speaker, {
      is: 'rejected',
      code: 'no-earlier-part',
      message: 'A further part of a thread needs the part before it, which is not up.',
    });
  return { text, reply: { in_reply_to_tweet_id: before }, ...labels };
}

function textOf(post: Post, part: number, client: TwitterClient): string {
  const text = partsOf(post)[part];
  if (text !== undefined) return text;
  throw toPublishError(client.speaker, {
    is: 'rejected',
    code: 'no-such-part',
    message: `The post has no part ${part + 1}.`,
  });
}

async function readUser(client: TwitterClient, signal: AbortSignal): Promise<TwitterUser> {
  const call: TwitterCall = {
    method: 'GET',
    path: 'users/me',
    query: { 'user.fields': 'username' },
    effect: 'none',
    signal,
  };
  const answer = await client.send(call);
  const data = asObject(asObject(answer.body).data);
  const id = asText(data.id);
  if (id === undefined) throw client.refuse(call, answer);
  return { id, username: asText(data.username) };
}

function handleOf(account: Account): string | undefined {
  return asText(account.settings.handle)?.replace(/^@/, '');
}
