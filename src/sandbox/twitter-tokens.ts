import { randomBytes } from 'node:crypto';
import { accountOfToken } from './account.ts';
import { type Answer, type Call, headerOf, isRecord, Refusal } from './call.ts';
import type { Grants } from './grant.ts';
import type { Store } from './store.ts';

const scope = 'tweet.read tweet.write users.read media.write offline.access';

/**
 * POST /2/oauth2/token. Any refresh token is good once; the answer carries the next one, if the person has allowed
 * that. A code is good once and for half a minute.
 */
export function exchangeToken(store: Store, grants: Grants, call: Call): Answer {
  const fields = readFields(call);
  const grant = fields('grant_type');
  if (grant === 'refresh_token') return refresh(store, fields('refresh_token'));
  if (grant === 'authorization_code') {
    for (const name of ['code_verifier', 'redirect_uri']) {
      if (fields(name) === '')
        throw refuse('invalid_request', `Missing required parameter [${name}].`);
    }
    const grant = grants.redeem({
      code: fields('code'),
      clientId: fields('client_id') || basicUserOf(call),
      redirectUri: fields('redirect_uri'),
      verifier: fields('code_verifier'),
    });
    if (typeof grant === 'string')
      throw refuse(
        'invalid_request',
        `Value passed for the authorization code was invalid. ${grant}`,
      );
    return giveTokens(store, grant.account, grant.scopes);
  }
  throw refuse('invalid_request', 'Missing or unknown parameter [grant_type].');
}

function refresh(store: Store, token: string): Answer {
  if (token === '') throw refuse('invalid_request', 'Missing required parameter [refresh_token].');
  const account = accountOfToken(token);
  const isTaken = store.spend(token);
  store.tokenDesk.note({ network: 'twitter', account, at: store.now(), isTaken });
  if (!isTaken) throw refuse('invalid_request', 'Value passed for the token was invalid.');
  return giveTokens(store, account, scope.split(' '));
}

function giveTokens(store: Store, account: string, scopes: readonly string[]): Answer {
  const { lifeSeconds } = store.tokenDesk;
  const expires = Math.ceil(store.now() / 1000 + lifeSeconds);
  return {
    status: 200,
    body: {
      token_type: 'bearer',
      expires_in: lifeSeconds,
      access_token: `sandbox-access:${account}:${expires}:${randomBytes(12).toString('base64url')}`,
      scope: scopes.join(' '),
      ...(scopes.includes('offline.access') && {
        refresh_token: `sandbox-refresh:${account}:${randomBytes(24).toString('base64url')}`,
      }),
    },
  };
}

/** The account whose refresh token is exchanged. */
export function accountOfExchange({ body }: Call): string | undefined {
  if (body.kind !== 'form') return undefined;
  const token = body.value.get('refresh_token');
  return token ? accountOfToken(token) : undefined;
}

/** POST /2/oauth2/revoke */
export function revokeToken(store: Store, call: Call): Answer {
  const token = readFields(call)('token');
  if (token === '') throw refuse('invalid_request', 'Missing required parameter [token].');
  store.spend(token);
  return { status: 200, body: { revoked: true } };
}

/** A confidential client names itself in the header. */
function basicUserOf(call: Call): string {
  const encoded = /^Basic\s+(\S+)$/i.exec(headerOf(call, 'authorization') ?? '')?.[1] ?? '';
  const [user = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return decodeURIComponent(user);
}

/** True for an access token that was issued here and has ended, and for a refresh token in its place. */
export function isExpired(store: Store, token: string): boolean {
  if (token.startsWith('sandbox-refresh:')) return true;
  if (store.isSpent(token)) return true;
  const expires = /^sandbox-access:[^:]+:(\d+):/.exec(token)?.[1];
  return expires !== undefined && Number(expires) * 1000 <= store.now();
}

export function refuse(error: string, description: string): Refusal {
  return new Refusal({ status: 400, body: { error, error_description: description } });
}

/** The docs ask for a form; the SDK sends JSON; both are taken. */
function readFields(call: Call): (name: string) => string {
  if (call.body.kind === 'form') {
    const form = call.body.value;
    return (name) => form.get(name) ?? '';
  }
  if (call.body.kind === 'json' && isRecord(call.body.value)) {
    const body = call.body.value;
    return (name) => (typeof body[name] === 'string' ? body[name] : '');
  }
  throw refuse('invalid_request', 'The body must be form-encoded.');
}
