import type { Account } from '../../core/account.ts';
import { ConnectError, type Connector, type ConnectorIo, type RedirectWay } from '../connector.ts';
import {
  appSecretOf,
  askNetwork,
  type ConnectorVoice,
  endOf,
  hintOf,
  missingOf,
  redactorFor,
} from '../connector-call.ts';
import { type Answer, asArray, asObject, asText } from '../http.ts';
import { readYoutubeError } from './errors.ts';

const realApi = 'https://www.googleapis.com';
const scope = 'https://www.googleapis.com/auth/youtube.force-ssl';

/** YouTube by Google's login. An assisted account has no way: a person posts there. */
export const youtubeConnector: Connector = {
  ways: (account) => (account.settings.mode === 'api' ? [loginWay(account)] : []),

  meantBy: ({ sandbox, name, settings }) =>
    sandbox ? `@${name} in the sandbox` : `the channel ${settings.channelId}`,

  async revoke(account, { secrets }, io) {
    const token = secrets.REFRESH_TOKEN;
    if (token === undefined) return false;
    const url = `${originsOf(account).token}/revoke`;
    await askNetwork(voiceOf(account, token), { method: 'POST', url, fields: { token } }, io);
    return true;
  },
};

function loginWay(account: Account): RedirectWay {
  const origins = originsOf(account);
  return {
    kind: 'redirect',
    id: 'login',
    title: 'in the browser, by Google',
    missing: missingOf(account, ['CLIENT_ID', 'CLIENT_SECRET']),
    whereToFind: 'at https://console.cloud.google.com/auth/clients, your client',
    host: '127.0.0.1',
    whatToSetUp: (redirectUri) => [
      `An OAuth client of the type "Desktop app" needs nothing more. One of the type "Web application" must have ${redirectUri} among its "Authorized redirect URIs".`,
      'Where Google asks which account or channel: choose the one of the config.',
    ],
    addressOf: ({ redirectUri, state, codeChallenge }) => {
      const url = new URL(`${origins.login}/o/oauth2/v2/auth`);
      url.search = new URLSearchParams({
        response_type: 'code',
        client_id: appSecretOf(account, 'CLIENT_ID'),
        redirect_uri: redirectUri,
        scope,
        state,
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
        // Only together do they always give a refresh token.
        access_type: 'offline',
        prompt: 'consent',
        ...hintOf(account),
      }).toString();
      return url.href;
    },
    async exchange(code, { redirectUri, codeVerifier }, io) {
      const fields = {
        grant_type: 'authorization_code',
        code,
        client_id: appSecretOf(account, 'CLIENT_ID'),
        client_secret: appSecretOf(account, 'CLIENT_SECRET'),
        redirect_uri: redirectUri,
        code_verifier: codeVerifier,
      };
      const voice = voiceOf(account, code, codeVerifier, fields.client_secret);
      const url = `${origins.token}/token`;
      const body = await askNetwork(voice, { method: 'POST', url, fields }, io);
      const accessToken = asText(body.access_token);
      const refreshToken = asText(body.refresh_token);
      if (accessToken === undefined || refreshToken === undefined)
        throw new ConnectError(noRefresh);
      const scopes = asText(body.scope)?.split(' ') ?? [scope];
      if (!scopes.includes(scope)) throw new ConnectError(notTicked);

      const now = io.clock.now();
      const grantEndsAt = endOf(body.refresh_token_expires_in, now);
      const access = {
        // Each process fetches access tokens of its own with it.
        secrets: { REFRESH_TOKEN: refreshToken },
        ...(grantEndsAt !== undefined && { grantEndsAt }),
        scopes,
      };
      const channels = await listChannels(account, accessToken, io);
      const cautions = grantEndsAt === undefined ? [] : [testing];
      return channels.map(({ whose, isMeant }) => ({
        isMeant,
        grant: { ...access, whose },
        cautions,
      }));
    },
  };
}

/** The channels of whoever logged in, and which of them the config means. @throws {ConnectError} if there is none */
async function listChannels(
  account: Account,
  accessToken: string,
  io: ConnectorIo,
): Promise<readonly { readonly whose: string; readonly isMeant: boolean }[]> {
  const { items } = await askNetwork(
    voiceOf(account, accessToken),
    {
      method: 'GET',
      url: `${account.apiUrl}/youtube/v3/channels`,
      headers: { authorization: `Bearer ${accessToken}` },
      fields: { part: 'id,snippet', mine: 'true', maxResults: '50' },
    },
    io,
  );
  const channels = asArray(items).map(asObject);
  if (channels.length === 0)
    throw new ConnectError(
      'Who logged in has no YouTube channel. Connect again, and choose the account or channel of the config where Google asks.',
    );
  return channels.map(({ id, snippet }) => {
    const { customUrl, title } = asObject(snippet);
    const name = asText(customUrl) ?? asText(title);
    // The sandbox calls people by the names of the accounts in the config.
    const isOurs = account.sandbox ? title === account.name : id === account.settings.channelId;
    return {
      whose: account.sandbox || !name ? (name ?? String(id)) : `${name} (${id})`,
      isMeant: isOurs,
    };
  });
}

const noRefresh =
  'Google gave no refresh token. Take Carillon away at https://myaccount.google.com/connections, then connect again.';
const notTicked =
  'Google did not grant the management of YouTube. Connect again, and tick it where Google lists what the app may do.';
const testing =
  'The OAuth client is in status "Testing", whose access ends after 7 days. Publish it ("Google Auth Platform", "Audience", "Publish app"), then connect again.';

/** With an address of one's own, all of Google is there. */
function originsOf({ apiUrl }: Account): { readonly login: string; readonly token: string } {
  if (apiUrl !== realApi) return { login: apiUrl, token: apiUrl };
  return { login: 'https://accounts.google.com', token: 'https://oauth2.googleapis.com' };
}

function voiceOf(account: Account, ...secrets: readonly string[]): ConnectorVoice {
  return { of: 'Google', redactor: redactorFor(account, ...secrets), explain };
}

function explain(answer: Answer): string | undefined {
  switch (asText(asObject(answer.body).error)) {
    case 'invalid_client':
    case 'unauthorized_client':
    case 'deleted_client':
      return 'Google does not know the OAuth client by these keys. Copy CLIENT_ID and CLIENT_SECRET again from https://console.cloud.google.com/auth/clients.';
    case 'invalid_grant':
      return 'Google does not take the code: it is good once, and for a few minutes. Connect again.';
    case 'redirect_uri_mismatch':
      return 'The address to come back to is not among the "Authorized redirect URIs" of the OAuth client. Enter it there exactly, or make a client of the type "Desktop app".';
    case 'invalid_token':
      return 'Google does not know the token any more.';
  }
  return readYoutubeError(answer, 0)?.message;
}
