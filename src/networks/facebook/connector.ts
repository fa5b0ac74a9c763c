import type { Account } from '../../core/account.ts';
import { lightRequire } from '../../core/light-require.ts';
import { ConnectError, type Connector, type RedirectWay } from '../connector.ts';
import {
  appSecretOf,
  askNetwork,
  type ConnectorVoice,
  hintOf,
  missingOf,
  redactorFor,
} from '../connector-call.ts';
import { type Answer, asText } from '../http.ts';
import { readGraphError } from './errors.ts';
import { offerPage, scopes } from './offer-page.ts';

const sdk = lightRequire<typeof import('facebook-nodejs-business-sdk')>(
  'facebook-nodejs-business-sdk',
);

const realApi = 'https://graph.facebook.com';

/** Facebook by its login: a person's token, and with it the token of the Page, which alone is kept. */
export const facebookConnector: Connector = {
  ways: (account) => [loginWay(account)],
  meantBy: ({ settings }) => `the Page ${settings.pageId}`,
  // A Page token has no address of its own at which it could be given back.
  revoke: async () => false,
};

function loginWay(account: Account): RedirectWay {
  const versionPath = `/${sdk.FacebookAdsApi.VERSION}`;
  return {
    kind: 'redirect',
    id: 'login',
    title: 'in the browser, by Facebook Login',
    missing: missingOf(account, ['APP_ID', 'APP_SECRET']),
    whereToFind: 'at https://developers.facebook.com/apps, your app, "App settings", "Basic"',
    // Over plain http Facebook takes this name of the machine, and no number.
    host: 'localhost',
    whatToSetUp: (redirectUri) => [
      'Log in as somebody who may create content on the Page, and tick the Page and every permission.',
      `Facebook takes the address ${redirectUri} by itself while the app is in development mode. Else it must stand in the app under "Facebook Login", "Settings", "Valid OAuth Redirect URIs"; where Facebook wants https there, enter one of yours, and name it with --redirect.`,
    ],
    addressOf: ({ redirectUri, state, codeChallenge }) => {
      const origin = account.apiUrl === realApi ? 'https://www.facebook.com' : account.apiUrl;
      const url = new URL(`${origin}${versionPath}/dialog/oauth`);
      url.search = new URLSearchParams({
        client_id: appSecretOf(account, 'APP_ID'),
        redirect_uri: redirectUri,
        state,
        response_type: 'code',
        scope: scopes.join(','),
        // Asks again for what was refused before.
        auth_type: 'rerequest',
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
        ...hintOf(account),
      }).toString();
      return url.href;
    },
    async exchange(code, { redirectUri, codeVerifier }, io) {
      const app = {
        client_id: appSecretOf(account, 'APP_ID'),
        client_secret: appSecretOf(account, 'APP_SECRET'),
      };
      const url = `${account.apiUrl}${versionPath}/oauth/access_token`;
      const voice = voiceOf(account, [app.client_secret, code, codeVerifier]);
      const take = async (fields: Readonly<Record<string, string>>): Promise<string> => {
        const body = await askNetwork(
          voice,
          { method: 'GET', url, fields: { ...app, ...fields } },
          io,
        );
        const token = asText(body.access_token);
        if (token === undefined)
          throw new ConnectError('Facebook answered without a token. Try again in a while.');
        voice.redactor.add(token);
        return token;
      };
      const short = await take({ redirect_uri: redirectUri, code, code_verifier: codeVerifier });
      // Only the Page token of a long-lived token lasts.
      const long = await take({ grant_type: 'fb_exchange_token', fb_exchange_token: short });
      const access = { account, token: long, graphUrl: `${account.apiUrl}${versionPath}`, voice };
      return [await offerPage(access, io)];
    },
  };
}

function voiceOf(account: Account, secrets: readonly string[]): ConnectorVoice {
  return { of: 'Facebook', redactor: redactorFor(account, ...secrets), explain };
}

function explain(answer: Answer): string | undefined {
  const error = readGraphError(answer);
  if (error === undefined) return undefined;
  if (error.code === 1 || error.code === 101)
    return 'Facebook does not know the app by these keys. Copy APP_ID and APP_SECRET again from https://developers.facebook.com/apps, your app, "App settings", "Basic".';
  if (error.code === 191)
    return 'The address to come back to is not among those of the app. Enter it exactly in the app under "Facebook Login", "Settings", "Valid OAuth Redirect URIs".';
  if (error.code === 100 && (error.words?.includes('code') || error.subcode === 36_009))
    return 'Facebook does not take the code: it is good once, and for a few minutes. Connect again.';
  if (error.code === 190) return 'Facebook does not take the login. Connect again.';
  if (error.code === 4 || error.code === 17 || error.code === 32)
    return 'Facebook asks to wait. Connect again in an hour.';
  return undefined;
}
