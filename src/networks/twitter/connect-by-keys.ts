import type { TwitterApiTokens } from 'twitter-api-v2';
import type { Account } from '../../core/account.ts';
import {
  ConnectError,
  type ConnectorIo,
  type Offer,
  type PinWay,
  type TypedWay,
} from '../connector.ts';
import { appSecretOf, hintOf, missingOf } from '../connector-call.ts';
import { type Answer, asObject, asText } from '../http.ts';
import { askBySdk, identifyUser, type Sdk } from './identify-user.ts';

const whereToFind =
  'in the X developer console (https://console.x.com), your app, "Keys and tokens", "API Key and Secret"';
const readAndWrite =
  'In the X developer console, the app\'s "User authentication settings" must have "Read and write" before this.';

interface AppKeys {
  readonly appKey: string;
  readonly appSecret: string;
}

/** OAuth 1.0a: X shows a PIN. Its tokens do not end. */
export function pinWay(account: Account): PinWay {
  const keys = keysOf(account);
  return {
    kind: 'pin',
    id: 'pin',
    title: 'by a PIN that X shows (OAuth 1.0a)',
    missing: missingOf(account, ['API_KEY', 'API_SECRET']),
    whereToFind,
    whatToSetUp: [readAndWrite],
    async begin(io) {
      const { accessToken, accessSecret } = await askForTokens(
        account,
        { ...keys },
        ['request_token', { oauth_callback: 'oob' }],
        io,
        explainKeys,
      );
      return {
        address: addressOf(account, accessToken),
        finish: async (pin, later) => {
          const given = await askForTokens(
            account,
            { ...keys, accessToken, accessSecret },
            ['access_token', { oauth_verifier: pin }],
            later,
            explainPin,
          );
          return offerOf(account, given.accessToken, given.accessSecret, later);
        },
      };
    },
  };
}

/** The SDK's own way reads the answer only where it comes from X's own address. @throws {ConnectError} */
async function askForTokens(
  account: Account,
  tokens: TwitterApiTokens,
  [path, fields]: readonly [string, Readonly<Record<string, string>>],
  io: ConnectorIo,
  explain: (answer: Answer) => string | undefined,
): Promise<{ readonly accessToken: string; readonly accessSecret: string }> {
  const url = `https://api.x.com/oauth/${path}`;
  const send = (sdk: Sdk) => sdk.post<unknown>(url, { ...fields }, { forceParseMode: 'url' });
  const given = asObject(await askBySdk(account, tokens, io, send, explain));
  const accessToken = asText(given.oauth_token);
  const accessSecret = asText(given.oauth_token_secret);
  if (accessToken && accessSecret) return { accessToken, accessSecret };
  throw new ConnectError('X answered without a token. Try again in a while.');
}

/** OAuth 1.0a: the tokens that the portal shows for the account that owns the app. */
export function typedWay(account: Account): TypedWay {
  return {
    kind: 'typed',
    id: 'keys',
    title: 'with the access token and secret from the portal (OAuth 1.0a)',
    missing: missingOf(account, ['API_KEY', 'API_SECRET']),
    whereToFind,
    whatToSetUp: [
      readAndWrite,
      'Then: "Keys and tokens", "Access Token and Secret", "Generate". They are of the account that owns the app.',
    ],
    fields: [
      { field: 'ACCESS_TOKEN', words: 'Access token' },
      { field: 'ACCESS_SECRET', words: 'Access token secret' },
    ],
    finish: ({ ACCESS_TOKEN = '', ACCESS_SECRET = '' }, io) =>
      offerOf(account, ACCESS_TOKEN, ACCESS_SECRET, io),
  };
}

async function offerOf(
  account: Account,
  accessToken: string,
  accessSecret: string,
  io: ConnectorIo,
): Promise<readonly Offer[]> {
  const tokens = { ...keysOf(account), accessToken, accessSecret };
  const { whose, isMeant } = await identifyUser(account, tokens, io);
  const secrets = { ACCESS_TOKEN: accessToken, ACCESS_SECRET: accessSecret };
  return [{ isMeant, grant: { whose, secrets, forgets: ['REFRESH_TOKEN'] }, cautions: [] }];
}

function keysOf(account: Account): AppKeys {
  return {
    appKey: appSecretOf(account, 'API_KEY'),
    appSecret: appSecretOf(account, 'API_SECRET'),
  };
}

function addressOf(account: Account, token: string): string {
  const url = new URL(`${account.apiUrl}/oauth/authorize`);
  url.search = new URLSearchParams({ oauth_token: token, ...hintOf(account) }).toString();
  return url.href;
}

function explainPin({ status }: Answer): string | undefined {
  if (status !== 400 && status !== 401 && status !== 403) return undefined;
  return 'X does not take the PIN: it is good once, and for a few minutes. Connect again, and type the seven digits that X shows.';
}

function explainKeys(answer: Answer): string | undefined {
  if (answer.status === 403)
    return 'X does not let this app log people in by PIN. In the X developer console, fill in the app\'s "User authentication settings", with any callback address, and connect again.';
  if (answer.status === 401 || answer.status === 400)
    return 'X does not know the app by these keys. Copy API_KEY and API_SECRET again from the X developer console, your app, "Keys and tokens", "API Key and Secret".';
  return undefined;
}
