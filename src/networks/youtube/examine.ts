import type { Account } from '../../core/account.ts';
import { isPublishError } from '../../core/errors.ts';
import {
  type AccountFacts,
  endsOfCredentials,
  type Permissions,
  type Remark,
} from '../account-facts.ts';
import { asArray, asObject, asText, type JsonObject } from '../http.ts';
import type { NetworkIo } from '../network.ts';
import type { YoutubeCall, YoutubeClient } from './client.ts';

/** Reads whose channel it is, whether the project may post there, and what the token may do. */
export async function examineYoutube(
  account: Account,
  client: YoutubeClient,
  io: NetworkIo,
  signal: AbortSignal,
): Promise<AccountFacts> {
  const { channelId: wanted } = account.settings;
  const channels = await readChannels(client, signal);
  const channel = channels.find(({ id }) => id === wanted) ?? channels[0];
  const isOwn = channel !== undefined && (account.sandbox || channel.id === wanted);
  const credentials = await io.credentials.read();
  const permissions = permissionsOf(client.scopes ?? credentials?.scopes);
  const remarks = [
    ...(channel === undefined ? [noChannel] : remarksOfChannel(channel)),
    ...(await remarksOfPilot(String(wanted), client, signal)),
  ];
  return {
    whose: channel === undefined ? 'somebody without a channel' : nameOf(channel),
    ...(!isOwn && { wanted: `the channel ${wanted}` }),
    ...(permissions && { permissions }),
    ends: endsOfCredentials(credentials),
    clockAheadMs: client.skewMs,
    remarks,
  };
}

async function readChannels(
  client: YoutubeClient,
  signal: AbortSignal,
): Promise<readonly JsonObject[]> {
  const answer = await client.send({
    method: 'GET',
    path: '/youtube/v3/channels',
    query: { part: 'id,snippet,status', mine: 'true' },
    effect: 'none',
    signal,
  });
  return asArray(asObject(answer.body).items).map(asObject);
}

function nameOf({ id, snippet }: JsonObject): string {
  const { customUrl, title } = asObject(snippet);
  return asText(customUrl) ?? asText(title) ?? String(id);
}

function remarksOfChannel({ status }: JsonObject): readonly Remark[] {
  const { privacyStatus, madeForKids } = asObject(status);
  return [
    ...(privacyStatus === 'private' ? [privateChannel] : []),
    ...(madeForKids === true ? [channelForKids] : []),
  ];
}

/** Where a project is not in the pilot, the address of the posts is not there, or is forbidden. */
async function remarksOfPilot(
  channelId: string,
  client: YoutubeClient,
  signal: AbortSignal,
): Promise<readonly Remark[]> {
  const call: YoutubeCall = {
    method: 'GET',
    path: '/youtube/v3/posts',
    query: { part: 'id', channelId, maxResults: '1' },
    effect: 'none',
    signal,
  };
  const answer = await client.exchange(call);
  if (answer.status < 300 && answer.body !== undefined) return [];
  const error = client.refuse(call, answer);
  // A spent quota is a 403 too.
  const isLimit = isPublishError(error) && error.name === 'RateLimitedError';
  if (answer.status === 404 || (answer.status === 403 && !isLimit)) return [outsidePilot];
  throw error;
}

/** Each of these lets a program post. */
const sufficient = ['youtube', 'youtube.force-ssl', 'youtubepartner'];
const scopeAddress = 'https://www.googleapis.com/auth/';

function permissionsOf(scopes: readonly string[] | undefined): Permissions | undefined {
  if (scopes === undefined) return undefined;
  const isEnough = sufficient.some((scope) => scopes.includes(`${scopeAddress}${scope}`));
  return { granted: scopes, needed: isEnough ? [] : [`${scopeAddress}youtube.force-ssl`] };
}

const noChannel: Remark = {
  code: 'no-channel',
  severity: 'error',
  message: 'the Google account has no channel on YouTube.',
  remedy: 'Connect it again, and choose the channel where Google asks for it.',
};

const privateChannel: Remark = {
  code: 'channel-private',
  severity: 'warning',
  message: 'the channel is private: nobody sees its posts.',
  remedy: 'At studio.youtube.com, Settings, Channel, make it public.',
};

const channelForKids: Remark = {
  code: 'channel-for-kids',
  severity: 'warning',
  message: 'the channel is set as made for kids, and YouTube takes no posts on such channels.',
  remedy: 'At studio.youtube.com, Settings, Channel, Advanced settings, look at "Audience".',
};

const outsidePilot: Remark = {
  code: 'not-enabled',
  severity: 'error',
  message: 'YouTube has not let this Google project into the pilot of its posts API.',
  remedy: 'Set "mode: assisted" for the account: then a person posts what Carillon prepares.',
};
