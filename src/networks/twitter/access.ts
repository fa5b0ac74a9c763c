import type { TwitterApiTokens } from 'twitter-api-v2';
import type { Account } from '../../core/account.ts';
import type { Credentials } from '../../core/credentials.ts';
import { type Speaker, toPublishError, type Verdict } from '../http.ts';
import type { NetworkIo } from '../network.ts';
import { adviceToConnect, exchangeRefreshToken } from './token-exchange.ts';

/** What signs one request. */
export interface TwitterTokens {
  /** As the SDK wants them: the four of OAuth 1.0a, or a bearer token. */
  readonly forSdk: TwitterApiTokens | string;
  /** True if there is a refresh token for it. */
  readonly isRenewable: boolean;
  /** When a person gave this access, which may be to another user than the one before. Milliseconds since 1970. */
  readonly connectedAt: number;
}

/** The tokens of one account on X, renewed before they end. */
export interface TwitterAccess {
  /**
   * The tokens as they are now. Those of OAuth 2.0 have some time left, or are renewed first.
   *
   * @throws {PublishError} if there are none, or no new ones can be had
   */
  authorize(signal: AbortSignal): Promise<TwitterTokens>;
  /** Those that `authorize` found last, for a request in which there is no time to look. */
  readonly atHand: TwitterTokens | undefined;
  /** Says that X did not accept tokens: `authorize` renews them then, once. False if they cannot be. */
  reject(tokens: TwitterTokens): boolean;
}

/** A token is renewed this long before its end, so that it outlives the requests after it. */
const spareMs = 5 * 60_000;
/** A token this new that X does not accept is not made better by another one. */
const newMs = 10 * 60_000;

export function createTwitterAccess(
  account: Account,
  io: NetworkIo,
  speaker: Speaker,
): TwitterAccess {
  let atHand: TwitterTokens | undefined;
  let rejected: string | undefined;

  const isStale = (current: Credentials) => {
    const { ACCESS_TOKEN, REFRESH_TOKEN } = current.secrets;
    if (isOAuth1(current) || REFRESH_TOKEN === undefined) return false;
    if (ACCESS_TOKEN === undefined || ACCESS_TOKEN === rejected) return true;
    return current.expiresAt !== undefined && spareEndsAt(current) <= io.clock.now();
  };
  const renew = (signal: AbortSignal) =>
    io.credentials.renew(
      isStale,
      (stale, context) => {
        hide(stale, speaker);
        const { ACCESS_TOKEN } = stale.secrets;
        const age = io.clock.now() - (stale.renewedAt ?? Number.NEGATIVE_INFINITY);
        if (ACCESS_TOKEN === rejected && ACCESS_TOKEN !== undefined && age < newMs)
          throw toPublishError(speaker, notEvenNew(account.name));
        return exchangeRefreshToken(account, stale, context, io, speaker);
      },
      signal,
    );

  return {
    get atHand() {
      return atHand;
    },

    async authorize(signal) {
      let current = await io.credentials.read();
      if (current !== undefined && isStale(current)) current = await renew(signal);
      if (current !== undefined) hide(current, speaker);
      atHand = tokensOf(current, account);
      if (atHand === undefined) throw toPublishError(speaker, notConnected(account.name));
      return atHand;
    },

    reject({ forSdk, isRenewable }) {
      if (!isRenewable || typeof forSdk !== 'string') return false;
      rejected = forSdk;
      return true;
    },
  };
}

function tokensOf(current: Credentials | undefined, account: Account): TwitterTokens | undefined {
  if (current === undefined)
    return account.sandbox
      ? { forSdk: `sandbox:${account.name}`, isRenewable: false, connectedAt: 0 }
      : undefined;
  const { connectedAt } = current;
  const { API_KEY, API_SECRET } = account.secrets;
  const { ACCESS_TOKEN, ACCESS_SECRET, REFRESH_TOKEN } = current.secrets;
  if (ACCESS_TOKEN === undefined) return undefined;
  if (ACCESS_SECRET === undefined)
    return { forSdk: ACCESS_TOKEN, isRenewable: REFRESH_TOKEN !== undefined, connectedAt };
  if (!API_KEY || !API_SECRET) return undefined;
  return {
    forSdk: {
      appKey: API_KEY,
      appSecret: API_SECRET,
      accessToken: ACCESS_TOKEN,
      accessSecret: ACCESS_SECRET,
    },
    isRenewable: false,
    connectedAt,
  };
}

function isOAuth1({ secrets }: Credentials): boolean {
  return secrets.ACCESS_TOKEN !== undefined && secrets.ACCESS_SECRET !== undefined;
}

/** Of a token that lives for minutes only, a part of its life is spared. */
function spareEndsAt({ expiresAt = 0, renewedAt, connectedAt }: Credentials): number {
  const lifeMs = expiresAt - (renewedAt ?? connectedAt);
  return expiresAt - Math.min(spareMs, Math.max(0, lifeMs) / 4);
}

function hide({ secrets }: Credentials, { redactor }: Speaker): void {
  for (const secret of Object.values(secrets)) redactor.add(secret);
}

function notConnected(account: string): Verdict {
  return {
    is: 'unauthorized',
    code: 'no-token',
    message: `The account ${account} is not connected: there are no tokens of X for it. Run "carillon connect ${account}", or set API_KEY, API_SECRET, ACCESS_TOKEN and ACCESS_SECRET of the account.`,
    advice: adviceToConnect(account),
  };
}

function notEvenNew(account: string): Verdict {
  return {
    is: 'unauthorized',
    code: '401',
    message: `X does not accept the access of ${account}, though its token was renewed a moment ago. Connect the account again.`,
    advice: adviceToConnect(account),
  };
}
