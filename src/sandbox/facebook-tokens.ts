import { randomBytes } from 'node:crypto';
import { accountOfToken } from './account.ts';
import { type Answer, Refusal } from './call.ts';
import { graphError, invalid } from './facebook-errors.ts';
import { pageOf } from './facebook-page.ts';
import { type Params, textOf } from './facebook-params.ts';
import type { Grants } from './grant.ts';
import type { Store } from './store.ts';

const shortSeconds = 5_400;
const longSeconds = 5_183_944;
const usualScopes = ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts'];
const userToken = /^sandbox-user:/;

/** The tokens of people that are out, and what each person has allowed. In memory only. */
export class UserTokens {
  readonly #now: () => number;
  readonly #tokens = new Map<string, { scopes: readonly string[]; endsAt: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  issue(account: string, scopes: readonly string[], seconds: number): Answer {
    const token = `sandbox-user:${account}:${randomBytes(18).toString('base64url')}`;
    this.#tokens.set(token, { scopes, endsAt: this.#now() + seconds * 1000 });
    return {
      status: 200,
      body: { access_token: token, token_type: 'bearer', expires_in: seconds },
    };
  }

  scopesOf(token: string): readonly string[] {
    return this.#tokens.get(token)?.scopes ?? usualScopes;
  }

  /** In seconds since 1970; 0 for one that does not end. */
  endOf(token: string): number {
    return Math.floor((this.#tokens.get(token)?.endsAt ?? 0) / 1000);
  }
}

/** GET /oauth/access_token: a code for a short token of a person, that for a long one, or the token of the app. */
export function exchangeToken(grants: Grants, users: UserTokens, params: Params): Answer {
  const clientId = textOf(params, 'client_id');
  if (clientId === '') throw invalid('Missing client_id parameter.');
  const given = textOf(params, 'fb_exchange_token');
  if (userToken.test(given))
    return users.issue(accountOfToken(given), users.scopesOf(given), longSeconds);
  const code = textOf(params, 'code');
  if (given !== '' || code === '') {
    const token = given === '' ? `${clientId}|sandbox` : `sandbox:${accountOfToken(given)}`;
    const body = { access_token: token, token_type: 'bearer', expires_in: longSeconds };
    return { status: 200, body };
  }
  const grant = grants.redeem({
    code,
    clientId,
    redirectUri: textOf(params, 'redirect_uri'),
    verifier: textOf(params, 'code_verifier'),
  });
  if (typeof grant === 'string')
    throw new Refusal(
      graphError({
        message: `Error validating verification code. ${grant}`,
        code: 100,
        subcode: 36_009,
      }),
    );
  return users.issue(grant.account, grant.scopes, shortSeconds);
}

/** GET /debug_token */
export function debugToken(store: Store, users: UserTokens, params: Params): Answer {
  const token = textOf(params, 'input_token');
  if (token === '') throw invalid('You must provide an input token.');
  const page = pageOf(store, accountOfToken(token));
  const scopes = users.scopesOf(token);
  const isUser = userToken.test(token);
  return {
    status: 200,
    body: {
      data: {
        app_id: '1000000000000001',
        application: 'Carillon sandbox',
        type: isUser ? 'USER' : 'PAGE',
        ...(isUser ? {} : { profile_id: page }),
        is_valid: true,
        expires_at: users.endOf(token),
        data_access_expires_at: Math.floor(store.now() / 1000) + 90 * 86_400,
        issued_at: Math.floor(store.now() / 1000),
        scopes,
        granular_scopes: scopes.map((scope) => ({ scope, target_ids: [page] })),
      },
    },
  };
}
