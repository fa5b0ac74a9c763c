import { accountOfToken, bearerToken } from './account.ts';
import {
  type Answer,
  type Call,
  type Handling,
  headerOf,
  type PlayedNetwork,
  Refusal,
  type Stage,
} from './call.ts';
import { askConsent, type Consent, spoilConsent } from './consent.ts';
import { Grants } from './grant.ts';
import type { Store } from './store.ts';
import { createPost } from './twitter-create.ts';
import { faultAnswer, problem, unauthorized } from './twitter-errors.ts';
import { createRateLimits, limitHeaders, overLimit } from './twitter-limits.ts';
import {
  appendUpload,
  describeUpload,
  finalizeUpload,
  initializeUpload,
  type UnfinishedUploads,
  uploadAtOnce,
  uploadStatus,
} from './twitter-media.ts';
import { answerPin, notAuthenticated, type PinRequests, pinPaths } from './twitter-pin.ts';
import { deletePost, readMe, readPost, readPosts, readTimeline } from './twitter-read.ts';
import {
  accountOfExchange,
  exchangeToken,
  isExpired,
  refuse,
  revokeToken,
} from './twitter-tokens.ts';
import { userOf } from './twitter-user.ts';

interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly stage: Stage;
  run(account: string, call: Call, id: string, lagMs: number): ReturnType<Handling['run']>;
}

const consent: Consent = { of: 'X', separator: /\s+/ };
const authorizePath = '/i/oauth2/authorize';
const codeLifeMs = 30_000;

/** X API v2: what Carillon uses of it, the reads around, and both ways to a token. */
export function playTwitter(store: Store): PlayedNetwork {
  const routes = routesOf(store, new Map());
  const limits = createRateLimits(store.now);
  const grants = new Grants(store.now, codeLifeMs);
  const pinRequests: PinRequests = new Map();
  return {
    name: 'twitter',
    owns: (path) =>
      path === '/2' || path.startsWith('/2/') || path === authorizePath || pinPaths.includes(path),
    accountOf: (call) => {
      if (call.path === '/2/oauth2/token') return accountOfExchange(call);
      const token = tokenOf(call);
      return token === undefined ? undefined : accountOfToken(token);
    },
    handle: (call, account) => {
      if (call.path === '/2/oauth2/token' && call.method === 'POST') {
        return { stage: 'prepare', run: () => exchangeToken(store, grants, call) };
      }
      if (call.path === '/2/oauth2/revoke' && call.method === 'POST') {
        return { stage: 'prepare', run: () => revokeToken(store, call) };
      }
      if (call.path === authorizePath && call.method === 'GET') {
        return { stage: 'prepare', run: () => askConsent(consent, grants, call) };
      }
      if (pinPaths.includes(call.path)) {
        return { stage: 'prepare', run: () => answerPin(pinRequests, call) };
      }
      const { stage, run } = handle(store, routes, call, account);
      const key = `${account} ${call.method} ${call.path.replace(/\d{2,}/g, '')}`;
      return { stage, run: async (lagMs) => limits.count(await run(lagMs), key) };
    },
    faultAnswer: (kind, call, delayMs) => {
      if (call.path === '/2/oauth2/token' && kind === 'unauthorized') {
        return refuse('invalid_grant', 'Value passed for the token was invalid.').answer;
      }
      if (call.path === authorizePath) return spoilConsent(consent, grants, kind, call);
      if (kind === 'code-spent' || kind === 'invalid-client') return refuseExchange(kind, call);
      if (kind === 'renamed-fields' && !call.query.has('tweet.fields')) return undefined;
      if (kind === 'unrenamed-fields' && !call.query.has('post.fields')) return undefined;
      return faultAnswer(kind, store.now() + delayMs);
    },
    overLimit,
    limitHeaders,
    unreadable: (status, reason) =>
      problem(
        status,
        status === 400 ? 'Invalid Request' : 'Payload Too Large',
        reason,
        'invalid-request',
      ),
  };
}

/** How an exchange is refused, of either kind of authorization. */
function refuseExchange(kind: 'code-spent' | 'invalid-client', call: Call): Answer | undefined {
  if (pinPaths.includes(call.path)) return call.method === 'POST' ? notAuthenticated : undefined;
  if (call.path !== '/2/oauth2/token') return undefined;
  if (kind === 'code-spent')
    return refuse('invalid_request', 'Value passed for the authorization code was invalid.').answer;
  const body = {
    error: 'unauthorized_client',
    error_description: 'Missing valid authorization header',
  };
  return { status: 401, body };
}

function handle(
  store: Store,
  routes: readonly Route[],
  call: Call,
  account: string | undefined,
): Handling {
  const known = routes.filter((route) => route.path.test(call.path));
  const route = known.find((candidate) => candidate.method === call.method);
  if (known.length === 0) throw new Refusal(problem(404, 'Not Found', 'Not Found', 'about:blank'));
  if (!route) {
    throw new Refusal(problem(405, 'Method Not Allowed', 'Method Not Allowed', 'about:blank'));
  }
  if (account === undefined || isExpired(store, tokenOf(call) ?? '')) {
    throw new Refusal(unauthorized);
  }
  const id = route.path.exec(call.path)?.[1] ?? '';
  return {
    stage: route.stage,
    run: (lagMs = 0) => {
      store.claim('twitter', userOf(account).id, account);
      return route.run(account, call, id, lagMs);
    },
  };
}

function routesOf(store: Store, unfinished: UnfinishedUploads): readonly Route[] {
  const route = (method: string, path: RegExp, stage: Stage, run: Route['run']): Route => ({
    method,
    path,
    stage,
    run,
  });
  return [
    route('POST', /^\/2\/tweets$/, 'publish', (account, call) => createPost(store, account, call)),
    route('GET', /^\/2\/tweets$/, 'read', (_, call) => readPosts(store, call)),
    route('GET', /^\/2\/tweets\/(\d{1,19})$/, 'read', (_, call, id) => readPost(store, call, id)),
    route('DELETE', /^\/2\/tweets\/(\d{1,19})$/, 'change', (account, _, id) =>
      deletePost(store, account, id),
    ),
    route('GET', /^\/2\/users\/me$/, 'read', (account, call) => readMe(account, call)),
    route('GET', /^\/2\/users\/(\d{1,19})\/tweets$/, 'read', (_, call, id, lagMs) =>
      readTimeline(store, call, id, lagMs),
    ),
    route('POST', /^\/2\/media\/upload\/initialize$/, 'prepare', (account, call) =>
      initializeUpload(store, unfinished, account, call),
    ),
    route('POST', /^\/2\/media\/upload\/(\d{1,19})\/append$/, 'prepare', (account, call, id) =>
      appendUpload(store, unfinished, account, call, id),
    ),
    route('POST', /^\/2\/media\/upload\/(\d{1,19})\/finalize$/, 'prepare', (account, _, id) =>
      finalizeUpload(store, unfinished, account, id),
    ),
    route('GET', /^\/2\/media\/upload$/, 'read', (account, call) =>
      uploadStatus(store, unfinished, account, call),
    ),
    route('POST', /^\/2\/media\/upload$/, 'prepare', (account, call) =>
      uploadAtOnce(store, account, call),
    ),
    route('POST', /^\/2\/media\/metadata$/, 'prepare', (account, call) =>
      describeUpload(store, account, call),
    ),
  ];
}

/** The token of either kind of authorization: OAuth 2.0 `Bearer`, or `oauth_token` of OAuth 1.0a. */
function tokenOf(call: Call): string | undefined {
  const authorization = headerOf(call, 'authorization') ?? '';
  const bearer = bearerToken(authorization);
  if (bearer !== undefined) return bearer;
  const encoded = /^OAuth\s.*\boauth_token="([^"]*)"/i.exec(authorization)?.[1];
  if (encoded === undefined || encoded === '') return undefined;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
