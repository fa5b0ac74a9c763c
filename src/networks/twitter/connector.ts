import type { Account } from '../../core/account.ts';
import { ConnectError, type Connector, type RedirectWay } from '../connector.ts';
import {
  appSecretOf,
  askNetwork,
  type ConnectorVoice,
  endOf,
  hintOf,
  missingOf,
  redactorFor,
} from '../connector-call.ts';
import { type Answer, asObject, asText } from '../http.ts';
import { pinWay, typedWay } from './connect-by-keys.ts';
import { identifyUser, nameInSandbox } from './identify-user.ts';

const scopes = ['tweet.read', 'tweet.write', 'users.read', 'media.write', 'offline.access'];
const realApi = 'https://api.x.com';

/** X by OAuth 2.0 with PKCE, by a PIN (OAuth 1.0a), or with tokens from its portal. */
export const twitterConnector: Connector = {
  ways: (account) => [oauth2Way(account), pinWay(account), typedWay(account)],

  meantBy: ({ sandbox, name, settings }) =>
    sandbox ? nameInSandbox(name) : `@${String(settings.handle ?? '').replace(/^@/, '')}`,

  async revoke(account, { secrets }, io) {
    // X revokes only what OAuth 2.0 gave.
    if (secrets.ACCESS_SECRET !== undefined) return false;
    const tokens = [secrets.REFRESH_TOKEN, secrets.ACCESS_TOKEN].filter((token) => token);
    for (const token of tokens as string[]) {
      const voice = voiceOf(account, token);
      await askNetwork(voice, tokenCall(account, '/2/oauth2/revoke', { token }), io);
    }
    return tokens.length > 0;
  },
};

function oauth2Way(account: Account): RedirectWay {
  return {
    kind: 'redirect',
    id: 'oauth2',
    title: 'in the browser (OAuth 2.0)',
    missing: missingOf(account, ['CLIENT_ID']),
    whereToFind:
      'in the X developer console (https://console.x.com), your app, "Keys and tokens", "OAuth 2.0 Client ID and Client Secret"',
    host: '127.0.0.1',
    whatToSetUp: (redirectUri) => [
      `In the X developer console, the app's "User authentication settings" must have "Read and write" and, as a callback address, exactly ${redirectUri}`,
      'If X says only "Something went wrong", one of the two is not so.',
    ],
    addressOf: ({ redirectUri, state, codeChallenge }) => {
      const origin = account.apiUrl === realApi ? 'https://x.com' : account.apiUrl;
      const url = new URL(`${origin}/i/oauth2/authorize`);
      url.search = new URLSearchParams({
        response_type: 'code',
        client_id: appSecretOf(account, 'CLIENT_ID'),
        redirect_uri: redirectUri,
        scope: scopes.join(' '),
        state,
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
        ...hintOf(account),
      }).toString();
      return url.href;
    },
    async exchange(code, { redirectUri, codeVerifier }, io) {
      const voice = voiceOf(account, code, codeVerifier);
      const fields = {
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: codeVerifier,
      };
      const body = await askNetwork(voice, tokenCall(account, '/2/oauth2/token', fields), io);
      const accessToken = asText(body.access_token);
      if (accessToken === undefined)
        throw new ConnectError('X answered without a token. Try again in a while.');
      const refreshToken = asText(body.refresh_token);
      const expiresAt = endOf(body.expires_in, io.clock.now());
      const granted = asText(body.scope)?.split(' ') ?? scopes;
      refuseMissing(granted);
      const { whose, isMeant } = await identifyUser(account, accessToken, io);
      const grant = {
        whose,
        secrets: {
          ACCESS_TOKEN: accessToken,
          ...(refreshToken !== undefined && { REFRESH_TOKEN: refreshToken }),
        },
        ...(expiresAt !== undefined && { expiresAt }),
        scopes: granted,
        forgets: ['ACCESS_SECRET', ...(refreshToken === undefined ? ['REFRESH_TOKEN'] : [])],
      };
      return [{ isMeant, grant, cautions: refreshToken === undefined ? [noRefresh] : [] }];
    },
  };
}

const noRefresh =
  'X gave no refresh token, so the access ends in about two hours. Connect again, and look whether the app has "offline.access".';

function refuseMissing(granted: readonly string[]): void {
  const missing = scopes.filter((scope) => scope !== 'offline.access' && !granted.includes(scope));
  if (missing.length > 0)
    throw new ConnectError(
      `X did not grant ${missing.join(', ')}. Give the app "Read and write" in the X developer console, then connect again.`,
    );
}

/** A confidential client shows its secret in the header; a public one has none, and names itself in the form. */
function tokenCall(account: Account, path: string, fields: Readonly<Record<string, string>>) {
  const id = appSecretOf(account, 'CLIENT_ID');
  const secret = account.secrets.CLIENT_SECRET;
  const basic = `${encodeURIComponent(id)}:${encodeURIComponent(secret ?? '')}`;
  return {
    method: 'POST' as const,
    url: `${account.apiUrl}${path}`,
    fields: { ...fields, client_id: id },
    ...(secret && {
      headers: { authorization: `Basic ${Buffer.from(basic).toString('base64')}` },
    }),
  };
}

function voiceOf(account: Account, ...secrets: readonly string[]): ConnectorVoice {
  return { of: 'X', redactor: redactorFor(account, ...secrets), explain: explainTokenError };
}

function explainTokenError(answer: Answer): string | undefined {
  const error = asText(asObject(answer.body).error);
  if (error === 'invalid_client' || error === 'unauthorized_client' || answer.status === 401)
    return 'X does not know the app by these keys. Copy CLIENT_ID and CLIENT_SECRET again from the X developer console, your app, "Keys and tokens", "OAuth 2.0"; the API key is something else. An app of the type "Native App" has no secret: then set CLIENT_ID alone.';
  if (error === 'invalid_request' || error === 'invalid_grant')
    return 'X does not take the code: it is good once, and for half a minute. Connect again, and be quick after "Authorize app".';
  if (answer.status === 429) return 'X asks to wait. Connect again in a quarter of an hour.';
  return undefined;
}
