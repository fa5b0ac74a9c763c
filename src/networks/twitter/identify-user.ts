import type { TwitterApiTokens } from 'twitter-api-v2';
import type { Account } from '../../core/account.ts';
import { lightRequire } from '../../core/light-require.ts';
import { ConnectError, type ConnectorIo, type Offer } from '../connector.ts';
import { redactorFor } from '../connector-call.ts';
import {
  type Answer,
  asObject,
  asText,
  Connection,
  judgeAnswer,
  judgeSilence,
  NoAnswerError,
} from '../http.ts';
import { overConnection } from './client.ts';
import { readTwitterError } from './errors.ts';

const { ApiResponseError, TwitterApi } =
  lightRequire<typeof import('twitter-api-v2')>('twitter-api-v2');

export type Sdk = InstanceType<typeof TwitterApi>;

/** Whose account it is. */
export interface Identity {
  readonly whose: string;
  readonly isMeant: Offer['isMeant'];
}

/** Whose tokens these are, and whether the config means that account. @throws {ConnectError} */
export async function identifyUser(
  account: Account,
  tokens: TwitterApiTokens | string,
  io: ConnectorIo,
): Promise<Identity> {
  const me = await askBySdk(account, tokens, io, (sdk) =>
    sdk.v2.get('users/me', { 'user.fields': 'username' }),
  );
  const username = asText(asObject(asObject(me).data).username);
  if (username === undefined)
    throw new ConnectError('X does not say whose account it is. Try again in a while.');
  return { whose: `@${username}`, isMeant: isMeant(account, username) };
}

function isMeant(account: Account, username: string): boolean | undefined {
  const same = (name: string) => name.toLowerCase() === username.toLowerCase();
  if (account.sandbox) return same(nameInSandbox(account.name).slice(1));
  const handle = asText(account.settings.handle)?.replace(/^@/, '');
  return handle === undefined ? undefined : same(handle);
}

/** The sandbox calls people by the names of the accounts in the config. */
export function nameInSandbox(account: string): string {
  return `@${account.replace(/\W/g, '_').slice(0, 15)}`;
}

/** Lets the SDK make one request, which it signs. @throws {ConnectError} if it does not succeed */
export async function askBySdk<T>(
  account: Account,
  tokens: TwitterApiTokens | string,
  io: ConnectorIo,
  send: (sdk: Sdk) => Promise<T>,
  explain: (answer: Answer) => string | undefined = () => undefined,
): Promise<T> {
  using connection = new Connection({ signal: io.signal, timeoutMs: io.requestTimeoutMs });
  const sdk = new TwitterApi(tokens as string, {
    plugins: [overConnection(account.apiUrl, connection)],
    compression: false,
  });
  try {
    return await send(sdk);
  } catch (error) {
    const secrets = typeof tokens === 'string' ? [tokens] : Object.values(tokens).map(String);
    const words = sayFailure(error, connection, io, explain);
    throw new ConnectError(redactorFor(account, ...secrets).clean(words));
  }
}

function sayFailure(
  error: unknown,
  connection: Connection,
  io: ConnectorIo,
  explain: (answer: Answer) => string | undefined,
): string {
  const now = io.clock.now();
  if (error instanceof ApiResponseError) {
    const answer: Answer = { status: error.code, headers: error.headers, body: error.data };
    const known = readTwitterError(answer, now);
    return explain(answer) ?? judgeAnswer('X', 'none', answer, known, now).message;
  }
  const inner = (error as { _options?: { error?: unknown } })._options?.error ?? error;
  return judgeSilence('X', 'none', new NoAnswerError(connection, inner)).message;
}
