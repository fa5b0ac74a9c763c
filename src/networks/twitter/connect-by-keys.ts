import type { Account } from '../../core/account.ts';
import {
  ConnectError,
  type ConnectorIo,
  type Offer,
  type PinWay,
  type TypedWay,
} from '../connector.ts';
import { appSecretOf, hintOf, missingOf } from '../connector-call.ts';
import type { Answer } from '../http.ts';
import { askBySdk, identifyUser } from './identify-user.ts';

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
      const link = await askBySdk(
        account,
        { ...keys },
        io,
        (sdk) => sdk.generateAuthLink('oob', { linkMode: 'authorize' }),
        explainKeys,
      );
      const { oauth_token: accessToken, oauth_token_secret: accessSecret } = link;
      return {
        address: addressOf(account, accessToken),
        finish: async (pin, later) => {
          const tokens = { ...keys, accessToken, accessSecret };
          const given = await askBySdk(
            account,
            tokens,
            later,
            (sdk) => sdk.login(pin.replaceAll(/\s/g, '')),
            () =>
              'X does not take the PIN: it is good once, and for a few minutes. Connect again, and type the seven digits that X shows.',
          );
          return offerOf(account, given.accessToken, given.accessSecret, later);
        },
      };
    },
  };
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
  if (!accessToken || !accessSecret) throw new ConnectError('X gave no token. Connect again.');
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

function explainKeys(answer: Answer): string | undefined {
  if (answer.status === 403)
    return 'X does not let this app log people in by PIN. In the X developer console, fill in the app\'s "User authentication settings", with any callback address, and connect again.';
  if (answer.status === 401 || answer.status === 400)
    return 'X does not know the app by these keys. Copy API_KEY and API_SECRET again from the X developer console, your app, "Keys and tokens", "API Key and Secret".';
  return undefined;
}
