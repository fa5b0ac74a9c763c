import { accountOfToken, bearerToken } from './account.ts';
import {
  type Call,
  type Handling,
  headerOf,
  type PlayedNetwork,
  Refusal,
  type Stage,
} from './call.ts';
import { askConsent, type Consent, spoilConsent } from './consent.ts';
import { createPhoto, createPost, deleteObject, updatePost } from './facebook-create.ts';
import { faultAnswer, graphError, invalid, noToken } from './facebook-errors.ts';
import { overUsage, usageHeaders } from './facebook-limits.ts';
import { pageOf, usePage } from './facebook-page.ts';
import { booleanOf, type Params, readParams } from './facebook-params.ts';
import { listPages, listPosts, readObject, readPage, unknownPath } from './facebook-read.ts';
import { debugToken, exchangeToken, UserTokens } from './facebook-tokens.ts';
import { Grants } from './grant.ts';
import type { Store } from './store.ts';

const versioned = /^\/v\d{1,3}\.\d{1,2}(?:\/|$)/;
const postEdges = ['published_posts', 'feed', 'posts', 'scheduled_posts', 'ads_posts'];

const codeLifeMs = 600_000;
const consent: Consent = {
  of: 'Facebook',
  separator: /[\s,]+/,
  refusal: {
    error_code: '200',
    error_reason: 'user_denied',
    error_description: 'Permissions error',
  },
};

/** What is out of codes and tokens. */
interface Tokens {
  readonly grants: Grants;
  readonly users: UserTokens;
}

/** The Graph API of Facebook Pages, under any version, and its login. */
export function playFacebook(store: Store): PlayedNetwork {
  const tokens = { grants: new Grants(store.now, codeLifeMs), users: new UserTokens(store.now) };
  return {
    name: 'facebook',
    owns: (path) => versioned.test(path),
    accountOf: (call) => {
      const token = tokenOf(call);
      return token === undefined ? undefined : accountOfToken(token);
    },
    handle: (call, account) => handle(store, tokens, call, account),
    faultAnswer: (kind, call, delayMs) => {
      const place = call.path.replace(versioned, '');
      if (place === 'dialog/oauth') return spoilConsent(consent, tokens.grants, kind, call);
      const isOfExchange = kind === 'code-spent' || kind === 'invalid-client';
      if (isOfExchange && place !== 'oauth/access_token') return undefined;
      if (kind === 'no-pages')
        return place === 'me/accounts' ? { status: 200, body: { data: [] } } : undefined;
      const hasProof = readParams(call).values.has('appsecret_proof');
      if (kind === 'proof-required' && hasProof) return undefined;
      return faultAnswer(kind, delayMs, pageIn(store, call));
    },
    overLimit: (counted, call) => overUsage(counted, pageIn(store, call), store.now()),
    limitHeaders: (counted, call) => usageHeaders(counted, pageIn(store, call), store.now()),
    unreadable: (status, reason) => graphError({ message: `(#100) ${reason}`, code: 100, status }),
  };
}

/** The Page that a request is about. */
function pageIn(store: Store, call: Call): string {
  const named = /^\/[^/]+\/(\d+)/.exec(call.path)?.[1];
  return named ?? pageOf(store, accountOfToken(tokenOf(call) ?? ''));
}

function handle(store: Store, tokens: Tokens, call: Call, account: string | undefined): Handling {
  const params = readParams(call);
  const [first = '', edge, ...others] = call.path.split('/').slice(2);
  const at = `${call.method} ${first}${edge === undefined ? '' : `/${edge}`}`;
  if (at === 'GET oauth/access_token' || at === 'POST oauth/access_token') {
    return { stage: 'prepare', run: () => exchangeToken(tokens.grants, tokens.users, params) };
  }
  if (at === 'GET dialog/oauth') {
    return { stage: 'prepare', run: () => askConsent(consent, tokens.grants, call) };
  }
  if (account === undefined) throw new Refusal(noToken);
  checkProof(params);
  if (others.length > 0 || first === '') throw unknownPath(call);
  if (at === 'GET debug_token') {
    return { stage: 'read', run: () => debugToken(store, tokens.users, params) };
  }
  const id = first === 'me' ? pageOf(store, account) : first;
  return edge === undefined
    ? handleNode(store, account, call, id, params)
    : handleEdge(store, account, call, { id, edge }, params);
}

function handleNode(
  store: Store,
  account: string,
  call: Call,
  id: string,
  params: Params,
): Handling {
  const isObject = id.includes('_') || store.upload('facebook', id) !== undefined;
  if (call.method === 'DELETE') {
    return { stage: 'change', run: () => deleteObject(store, account, call, id) };
  }
  if (call.method === 'POST') {
    const stage: Stage = params.values.has('is_published') ? 'publish' : 'change';
    return { stage, run: () => updatePost(store, account, call, id, params) };
  }
  if (call.method !== 'GET') throw unknownPath(call);
  return {
    stage: 'read',
    run: () =>
      isObject
        ? readObject(store, account, call, id, params)
        : readPage(usePage(store, account, id, call), account, params),
  };
}

function handleEdge(
  store: Store,
  account: string,
  call: Call,
  place: { id: string; edge: string },
  params: Params,
): Handling {
  const { id, edge } = place;
  if (call.method === 'POST' && (edge === 'feed' || edge === 'photos')) {
    const stage: Stage = booleanOf(params, 'published', true) ? 'publish' : 'prepare';
    const create = edge === 'feed' ? createPost : createPhoto;
    return { stage, run: () => create(store, account, call, id, params) };
  }
  if (call.method === 'GET' && edge === 'accounts') {
    return { stage: 'read', run: () => listPages(pagesOf(store, account, id), account) };
  }
  if (call.method === 'GET' && postEdges.includes(edge)) {
    return {
      stage: 'read',
      run: (lagMs = 0) => listPosts(store, account, call, { page: id, edge }, params, lagMs),
    };
  }
  throw unknownPath(call);
}

/** All the Pages of an account, the one it used last first. */
function pagesOf(store: Store, account: string, latest: string): readonly string[] {
  return [...new Set([latest, ...store.ownersOf('facebook', account)])];
}

/** The secret is unknown here, so a proof can only be told to be one by its form. */
function checkProof(params: Params): void {
  const proof = params.values.get('appsecret_proof');
  if (proof === undefined || /^[0-9a-f]{64}$/.test(String(proof))) return;
  throw invalid('Invalid appsecret_proof provided in the API argument');
}

function tokenOf(call: Call): string | undefined {
  const bearer = bearerToken(headerOf(call, 'authorization'));
  if (bearer !== undefined) return bearer;
  const token = readParams(call).values.get('access_token');
  return typeof token === 'string' && token !== '' ? token : undefined;
}
