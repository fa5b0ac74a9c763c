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
import { createPhoto, createPost, deleteObject, updatePost } from './facebook-create.ts';
import { faultAnswer, graphError, invalid, noToken } from './facebook-errors.ts';
import { overUsage, usageHeaders } from './facebook-limits.ts';
import { pageOf, usePage } from './facebook-page.ts';
import { booleanOf, type Params, readParams, textOf } from './facebook-params.ts';
import { listPages, listPosts, readObject, readPage, unknownPath } from './facebook-read.ts';
import type { Store } from './store.ts';

const versioned = /^\/v\d{1,3}\.\d{1,2}(?:\/|$)/;
const postEdges = ['published_posts', 'feed', 'posts', 'scheduled_posts', 'ads_posts'];

/** The Graph API of Facebook Pages, under any version. */
export function playFacebook(store: Store): PlayedNetwork {
  return {
    name: 'facebook',
    owns: (path) => versioned.test(path),
    accountOf: (call) => {
      const token = tokenOf(call);
      return token === undefined ? undefined : accountOfToken(token);
    },
    handle: (call, account) => handle(store, call, account),
    faultAnswer: (kind, call, delayMs) => {
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

function handle(store: Store, call: Call, account: string | undefined): Handling {
  const params = readParams(call);
  const [first = '', edge, ...others] = call.path.split('/').slice(2);
  const at = `${call.method} ${first}${edge === undefined ? '' : `/${edge}`}`;
  if (at === 'GET oauth/access_token' || at === 'POST oauth/access_token') {
    return { stage: 'prepare', run: () => exchangeToken(params) };
  }
  if (account === undefined) throw new Refusal(noToken);
  checkProof(params);
  if (others.length > 0 || first === '') throw unknownPath(call);
  if (at === 'GET debug_token') {
    return { stage: 'read', run: () => debugToken(store, params) };
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
    return { stage: 'read', run: () => listPages(id, account) };
  }
  if (call.method === 'GET' && postEdges.includes(edge)) {
    return {
      stage: 'read',
      run: (lagMs = 0) => listPosts(store, account, call, { page: id, edge }, params, lagMs),
    };
  }
  throw unknownPath(call);
}

/** GET /oauth/access_token: any token or code is good and keeps its account. */
function exchangeToken(params: Params): Answer {
  const given = textOf(params, 'fb_exchange_token') || textOf(params, 'code');
  if (textOf(params, 'client_id') === '') throw invalid('Missing client_id parameter.');
  const token = given === '' ? `${textOf(params, 'client_id')}|sandbox` : accountToken(given);
  return {
    status: 200,
    body: { access_token: token, token_type: 'bearer', expires_in: 5_183_944 },
  };
}

function accountToken(token: string): string {
  return `sandbox:${accountOfToken(token)}`;
}

/** GET /debug_token */
function debugToken(store: Store, params: Params): Answer {
  const token = textOf(params, 'input_token');
  if (token === '') throw invalid('You must provide an input token.');
  const page = pageOf(store, accountOfToken(token));
  const scopes = ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts'];
  return {
    status: 200,
    body: {
      data: {
        app_id: '1000000000000001',
        application: 'Carillon sandbox',
        type: 'PAGE',
        profile_id: page,
        is_valid: true,
        expires_at: 0,
        data_access_expires_at: Math.floor(store.now() / 1000) + 90 * 86_400,
        issued_at: Math.floor(store.now() / 1000),
        scopes,
        granular_scopes: scopes.map((scope) => ({ scope, target_ids: [page] })),
      },
    },
  };
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
