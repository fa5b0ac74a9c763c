import type { Account } from '../../core/account.ts';
import {
  type AccountFacts,
  endsOfCredentials,
  type Permissions,
  type Remark,
} from '../account-facts.ts';
import { type Answer, asObject, asText } from '../http.ts';
import type { NetworkIo } from '../network.ts';
import type { TwitterCall, TwitterClient } from './client.ts';

/** Asks X once who this is, as each time costs money, and reads all that the answer tells. */
export async function examineTwitter(
  account: Account,
  client: TwitterClient,
  io: NetworkIo,
  signal: AbortSignal,
): Promise<AccountFacts> {
  const call: TwitterCall = {
    method: 'GET',
    path: 'users/me',
    query: { 'user.fields': 'username,protected' },
    effect: 'none',
    signal,
  };
  const answer = await client.send(call);
  const user = asObject(asObject(answer.body).data);
  const username = asText(user.username) ?? asText(user.id);
  if (username === undefined) throw client.refuse(call, answer);

  const wanted = wantedHandle(account, username);
  const credentials = await io.credentials.read();
  const permissions = permissionsOf(answer) ?? permissionsOfScopes(credentials?.scopes);
  return {
    whose: `@${username}`,
    ...(wanted !== undefined && { wanted }),
    ...(permissions !== undefined && { permissions }),
    ends: endsOfCredentials(credentials),
    clockAheadMs: client.skewMs,
    remarks: [
      ...(user.protected === true ? [protectedAccount] : []),
      ...(account.sandbox ? [] : untold),
    ],
  };
}

/** The handle of the config, if the account has another one. The sandbox's users have names of their own. */
function wantedHandle({ sandbox, settings }: Account, username: string): string | undefined {
  const handle = asText(settings.handle)?.replace(/^@/, '');
  if (sandbox || handle === undefined) return undefined;
  return handle.toLowerCase() === username.toLowerCase() ? undefined : `@${handle}`;
}

/** X tells in a header what keys of OAuth 1.0a may do. */
function permissionsOf({ headers }: Answer): Permissions | undefined {
  const level = headers['x-access-level'];
  if (typeof level !== 'string') return undefined;
  return {
    granted: level.split('-'),
    needed: ['read', 'write'],
    remedy:
      'In the developer portal, give the app "Read and write", and only then make a new access token: one made before stays as it was.',
  };
}

/** What a person has allowed by OAuth 2.0, as X said when the token was made. */
function permissionsOfScopes(granted: readonly string[] | undefined): Permissions | undefined {
  if (granted === undefined) return undefined;
  return { granted, needed: ['tweet.read', 'tweet.write', 'users.read', 'media.write'] };
}

const protectedAccount: Remark = {
  code: 'protected',
  severity: 'warning',
  message: 'its posts are protected: only followers that it has approved see them.',
  remedy:
    'At x.com, Settings, Privacy and safety, Audience and tagging, switch "Protect your posts" off.',
};

/** What no program is told. */
const untold: readonly Remark[] = [
  {
    code: 'automated-label',
    severity: 'note',
    message: 'X wants automated accounts to say so, and tells no program whether this one does.',
    remedy:
      'Say in its profile who runs it, and at x.com, Settings, Your account, Automation, set the label.',
  },
  {
    code: 'credits',
    severity: 'note',
    message: 'X tells no program how many credits are left.',
    remedy: 'Look into the developer portal now and then, or let it recharge by itself.',
  },
];
