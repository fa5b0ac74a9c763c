import type { Account } from '../../core/account.ts';
import type { Credentials, ExchangeContext, Renewal } from '../../core/credentials.ts';
import {
  type Answer,
  asObject,
  asText,
  judgeAnswer,
  judgeSilence,
  NoAnswerError,
  parseJson,
  request,
  type Speaker,
  toPublishError,
  type Verdict,
} from '../http.ts';
import type { NetworkIo } from '../network.ts';

/** How long X's access tokens last, where it does not say. */
const usualLifeSeconds = 7200;

/**
 * Exchanges a refresh token of OAuth 2.0 for new tokens. X takes each of them once.
 *
 * @throws {PublishError} UnauthorizedError if a person has to connect again; never RejectedError, as no post is at fault
 */
export async function exchangeRefreshToken(
  account: Account,
  { secrets }: Credentials,
  { signal, begunBefore }: ExchangeContext,
  io: NetworkIo,
  speaker: Speaker,
): Promise<Renewal> {
  const { CLIENT_ID = account.sandbox ? 'sandbox' : undefined, CLIENT_SECRET } = account.secrets;
  if (CLIENT_ID === undefined) throw toPublishError(speaker, noClient(account.name));
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: secrets.REFRESH_TOKEN ?? '',
    client_id: CLIENT_ID,
  });
  const basic = Buffer.from(
    `${encodeURIComponent(CLIENT_ID)}:${encodeURIComponent(CLIENT_SECRET ?? '')}`,
  ).toString('base64');
  speaker.redactor.add(basic);
  speaker.redactor.add(form.toString());

  const answer = await send(account, form, CLIENT_SECRET && basic, signal, io, speaker);
  const body = asObject(answer.body);
  const accessToken = asText(body.access_token);
  if (answer.status !== 200 || accessToken === undefined) {
    const now = io.clock.now();
    const known = judgeRefusal(answer, account.name, begunBefore);
    throw toPublishError(speaker, judgeAnswer('X', 'none', answer, known, now));
  }
  const refreshToken = asText(body.refresh_token);
  const lifeSeconds = typeof body.expires_in === 'number' ? body.expires_in : usualLifeSeconds;
  return {
    secrets: {
      ACCESS_TOKEN: accessToken,
      ...(refreshToken !== undefined && { REFRESH_TOKEN: refreshToken }),
    },
    expiresAt: io.clock.now() + lifeSeconds * 1000,
    ...(asText(body.scope) !== undefined && { scopes: asText(body.scope)?.split(' ') ?? [] }),
  };
}

async function send(
  { apiUrl }: Account,
  form: URLSearchParams,
  basic: string | undefined,
  signal: AbortSignal,
  io: NetworkIo,
  speaker: Speaker,
): Promise<Answer> {
  try {
    const { status, headers, text } = await request({
      method: 'POST',
      url: new URL(`${apiUrl}/2/oauth2/token`),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
        ...(basic && { authorization: `Basic ${basic}` }),
      },
      body: form.toString(),
      signal,
      timeoutMs: io.requestTimeoutMs,
    });
    return { status, headers, body: parseJson(text) };
  } catch (error) {
    if (!(error instanceof NoAnswerError)) throw error;
    throw toPublishError(speaker, judgeSilence('X', 'none', error), error);
  }
}

/** What X says of the exchange in the words of OAuth 2.0; undefined if it says nothing of that kind. */
function judgeRefusal(
  answer: Answer,
  account: string,
  begunBefore: number | undefined,
): Verdict | undefined {
  const { error, error_description } = asObject(answer.body);
  if (answer.body === undefined || answer.status < 400 || answer.status >= 500) return undefined;
  if (answer.status === 429) return undefined;
  const code = asText(error) ?? String(answer.status);
  const words = asText(error_description);
  const said = words === undefined ? '' : ` It says: "${words}"`;
  const advice = adviceToConnect(account);
  if (code === 'invalid_client' || code === 'unauthorized_client' || answer.status === 401)
    return {
      is: 'unauthorized',
      code,
      message: `X does not accept the app of ${account}. Compare its CLIENT_ID and CLIENT_SECRET with the developer portal.${said}`,
    };
  // An earlier exchange may have spent the token: only its answer had the next one.
  const lost =
    begunBefore === undefined
      ? ''
      : ` The answer to a renewal of ${new Date(begunBefore).toISOString().slice(0, 16)}Z was lost, and with it the next token.`;
  return {
    is: 'unauthorized',
    code,
    message: `X does not take the refresh token of ${account} any more: it was used, revoked, or has ended.${lost} Connect the account again.${said}`,
    advice,
  };
}

export function adviceToConnect(account: string): string {
  return `Run "carillon connect ${account}", then "carillon resume ${account}".`;
}

function noClient(account: string): Verdict {
  return {
    is: 'unauthorized',
    code: 'no-client',
    message: `The access token of ${account} has ended, and without its CLIENT_ID no new one can be had. Set CLIENT_ID (and CLIENT_SECRET) of the account.`,
  };
}
