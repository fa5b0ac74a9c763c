import { createHash, randomBytes } from 'node:crypto';
import { accountOfToken, bearerToken } from './account.ts';
import {
  type Answer,
  type Call,
  type Handling,
  headerOf,
  isRecord,
  type PlayedNetwork,
  Refusal,
  type Stage,
} from './call.ts';
import { askConsent, type Consent, spoilConsent } from './consent.ts';
import { Grants } from './grant.ts';
import type { Store } from './store.ts';
import { faultAnswer, googleError, noCredentials, refuse, tokenError } from './youtube-errors.ts';
import { deletePost, insertPost, listPosts, updatePost, uploadImage } from './youtube-posts.ts';

const postsPath = '/youtube/v3/posts';
const channelPattern = /^UC[\w-]{22}$/;

const consent: Consent = { of: 'Google', separator: /\s+/ };
const authorizePath = '/o/oauth2/v2/auth';
const codeLifeMs = 600_000;
/** How long the grant of an OAuth client in status "Testing" lasts. Here it is one whose id ends so. */
const testing = { pattern: /testing$/, seconds: 604_799 };

/** The YouTube Data API: channels, the `posts` of the pilot, and what Google has for tokens. */
export function playYouTube(store: Store): PlayedNetwork {
  const grants = new Grants(store.now, codeLifeMs);
  return {
    name: 'youtube',
    owns: (path) =>
      path.startsWith('/youtube/') ||
      path.startsWith('/upload/youtube/') ||
      ['/token', '/revoke', authorizePath].includes(path),
    accountOf: (call) => {
      const refreshToken = call.body.kind === 'form' ? call.body.value.get('refresh_token') : null;
      const token =
        call.path === '/token' ? refreshToken : bearerToken(headerOf(call, 'authorization'));
      return token ? accountOfToken(token) : undefined;
    },
    handle: (call, account) => handle(store, grants, call, account),
    faultAnswer: (kind, call, delayMs) => {
      if (call.path === authorizePath) return spoilConsent(consent, grants, kind, call);
      if (call.path !== '/token') return faultAnswer(kind, delayMs);
      switch (kind) {
        case 'unauthorized':
          return tokenError('invalid_grant', 'Token has been expired or revoked.');
        case 'code-spent':
          return tokenError('invalid_grant', 'Malformed auth code.');
        case 'invalid-client':
          return tokenError('invalid_client', 'The OAuth client was not found.', 401);
        default:
          return faultAnswer(kind, delayMs);
      }
    },
    overLimit: () =>
      googleError(
        403,
        'quotaExceeded',
        'The request cannot be completed because you have exceeded your quota.',
      ),
    // YouTube says nothing of a quota before it is used up.
    limitHeaders: () => ({}),
    unreadable: (status, reason) => googleError(status, 'parseError', reason),
  };
}

function handle(store: Store, grants: Grants, call: Call, account: string | undefined): Handling {
  const at = `${call.method} ${call.path}`;
  switch (at) {
    case 'POST /token':
      return { stage: 'prepare', run: () => exchangeToken(store, grants, call) };
    case 'POST /revoke':
      return { stage: 'prepare', run: () => revokeToken(store, call) };
    case `GET ${authorizePath}`:
      return { stage: 'prepare', run: () => askConsent(consent, grants, call) };
  }
  if (at === `GET ${postsPath}`) {
    const channel = () => (account === undefined ? undefined : useChannel(store, account, call));
    return { stage: 'read', run: (lagMs = 0) => listPosts(store, channel(), call, lagMs) };
  }
  const route = routes[at];
  if (!route) {
    const isKnownPath = Object.keys(routes).some((name) => name.endsWith(` ${call.path}`));
    if (isKnownPath) throw refuse(405, 'httpMethodNotAllowed', 'Method not allowed.');
    throw refuse(404, 'notFound', 'Requested entity was not found.');
  }
  if (account === undefined) throw new Refusal(noCredentials);
  return {
    stage: route.stage,
    run: () => route.run(store, account, useChannel(store, account, call), call),
  };
}

const routes: Readonly<
  Record<
    string,
    {
      stage: Stage;
      run(store: Store, account: string, channel: string, call: Call): Answer | Promise<Answer>;
    }
  >
> = {
  'GET /youtube/v3/channels': { stage: 'read', run: listChannels },
  [`POST ${postsPath}`]: { stage: 'publish', run: insertPost },
  [`PUT ${postsPath}`]: {
    stage: 'change',
    run: (store, _, channel, call) => updatePost(store, channel, call),
  },
  [`DELETE ${postsPath}`]: {
    stage: 'change',
    run: (store, _, channel, call) => deletePost(store, channel, call),
  },
  [`POST /upload${postsPath}/image`]: { stage: 'prepare', run: uploadImage },
};

/** GET /youtube/v3/channels?mine=true */
function listChannels(_: Store, account: string, channel: string, call: Call): Answer {
  const parts = (call.query.get('part') ?? '').split(',').filter((name) => name !== '');
  if (parts.length === 0) {
    throw refuse(400, 'missingRequiredParameter', 'No parts selected: the parameter part.');
  }
  const isAsked = call.query.get('mine') === 'true' || call.query.has('id');
  if (!isAsked) throw refuse(400, 'missingRequiredParameter', 'No filter selected: mine or id.');
  const all: Record<string, unknown> = {
    snippet: { title: account, description: '', customUrl: `@${account}` },
    status: { privacyStatus: 'public', isLinked: true, longUploadsStatus: 'allowed' },
  };
  const kept = Object.entries(all).filter(([name]) => parts.includes(name));
  const item = { kind: 'youtube#channel', id: channel, ...Object.fromEntries(kept) };
  return {
    status: 200,
    body: {
      kind: 'youtube#channelListResponse',
      pageInfo: { totalResults: 1, resultsPerPage: 5 },
      items: [item],
    },
  };
}

/**
 * The channel of an account: the one that the request names, else the one it used last, else one made from its
 * name. Naming a channel that only other accounts use changes nothing for an account that has its own.
 */
function useChannel(store: Store, account: string, call: Call): string {
  const hash = createHash('sha256').update(`youtube ${account}`).digest('base64url');
  const own = store.ownerOf('youtube', account);
  const named = namedChannel(call);
  const users = store.accountsOf('youtube', named);
  const isOpen = users.size === 0 || users.has(account) || own === undefined;
  const channel = channelPattern.test(named) && isOpen ? named : own;
  const used = channel ?? `UC${hash.slice(0, 22)}`;
  store.claim('youtube', used, account);
  return used;
}

function namedChannel(call: Call): string {
  const body = call.body.kind === 'json' ? call.body.value : undefined;
  const snippet = isRecord(body) ? body.snippet : undefined;
  const inBody = isRecord(snippet) ? snippet.channelId : undefined;
  if (typeof inBody === 'string') return inBody;
  const isChannels = call.path.endsWith('/channels');
  return call.query.get(isChannels ? 'id' : 'channelId') ?? '';
}

/** POST /token: refresh tokens of Google stay good until they are revoked; a code is good once. */
function exchangeToken(store: Store, grants: Grants, call: Call): Answer {
  const form = call.body.kind === 'form' ? call.body.value : new URLSearchParams();
  const field = (name: string) => form.get(name) ?? '';
  const grant = field('grant_type');
  const given = grant === 'refresh_token' ? field('refresh_token') : field('code');
  if (grant !== 'refresh_token' && grant !== 'authorization_code') {
    throw new Refusal(tokenError('unsupported_grant_type', 'Invalid grant_type: '));
  }
  if (given === '' || field('client_id') === '') {
    throw new Refusal(tokenError('invalid_request', 'Missing required parameter.'));
  }
  if (grant === 'authorization_code') return redeemCode(grants, field);
  if (store.isSpent(given)) {
    throw new Refusal(tokenError('invalid_grant', 'Token has been expired or revoked.'));
  }
  return giveToken(accountOfToken(given), 'https://www.googleapis.com/auth/youtube.force-ssl');
}

function redeemCode(grants: Grants, field: (name: string) => string): Answer {
  const grant = grants.redeem({
    code: field('code'),
    clientId: field('client_id'),
    redirectUri: field('redirect_uri'),
    verifier: field('code_verifier'),
  });
  if (typeof grant === 'string') throw new Refusal(tokenError('invalid_grant', grant));
  const refreshToken = {
    refresh_token: `sandbox-refresh:${grant.account}:${randomBytes(24).toString('base64url')}`,
    ...(testing.pattern.test(grant.clientId) && { refresh_token_expires_in: testing.seconds }),
  };
  return giveToken(grant.account, grant.scopes.join(' '), grant.isOffline ? refreshToken : {});
}

function giveToken(account: string, scope: string, more: object = {}): Answer {
  return {
    status: 200,
    body: {
      access_token: `sandbox:${account}`,
      expires_in: 3599,
      scope,
      token_type: 'Bearer',
      ...more,
    },
  };
}

/** POST /revoke */
function revokeToken(store: Store, call: Call): Answer {
  const inForm = call.body.kind === 'form' ? call.body.value.get('token') : null;
  const token = inForm ?? call.query.get('token') ?? '';
  if (token === '' || store.isSpent(token))
    throw new Refusal(tokenError('invalid_token', 'Token expired or revoked'));
  store.spend(token);
  return { status: 200, body: {} };
}
