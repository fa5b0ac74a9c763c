import type { Account } from '../../core/account.ts';
import type { Credentials } from '../../core/credentials.ts';
import { lightRequire } from '../../core/light-require.ts';
import {
  type Answer,
  createRedactor,
  type Effect,
  judgeAnswer,
  judgeSilence,
  NoAnswerError,
  parseJson,
  request,
  type Speaker,
  skewOf,
  toPublishError,
  type Verdict,
  willBeRenewed,
} from '../http.ts';
import type { NetworkIo } from '../network.ts';
import { notEnabled, readYoutubeError } from './errors.ts';
import { readYoutubeLimits } from './limits.ts';

const { auth } = lightRequire<typeof import('googleapis/build/src/apis/youtube/index.js')>(
  'googleapis/build/src/apis/youtube/index.js',
);

/** One request to YouTube. */
export interface YoutubeCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** From the origin, such as `/youtube/v3/posts`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body?: { readonly type: string; readonly data: string | Buffer };
  readonly effect: Effect;
  readonly signal: AbortSignal;
  readonly isFresh?: () => boolean;
}

export interface YoutubeClient {
  readonly speaker: Speaker;
  /** How far YouTube's clock is ahead of ours, as last seen. */
  readonly skewMs: number;
  /** What Google has granted, as it says with each token; undefined before the first. */
  readonly scopes: readonly string[] | undefined;
  /** Makes sure that an access token is at hand, for a request in which there is no time to fetch one. */
  authorize(signal: AbortSignal): Promise<void>;
  /** Makes one request and gives the answer, whatever its status. @throws {PublishError} if none came */
  exchange(call: YoutubeCall): Promise<Answer>;
  /** As `exchange`, but an answer that is no success is thrown too. */
  send(call: YoutubeCall): Promise<Answer>;
  /** What an answer that is no success means. */
  refuse(call: YoutubeCall, answer: Answer): Error;
}

interface Token {
  readonly value: string;
  /** What it was fetched with: another channel may have been connected since. */
  readonly refreshToken: string | undefined;
  readonly fetchedAt: number;
  readonly expireAt: number;
  readonly scopes?: readonly string[];
}

const googleApi = 'https://www.googleapis.com';
/** A token is fetched anew this long before its end, so that it outlives the request after it. */
const spareMs = 5 * 60_000;
/** A token this new that Google does not accept is not made better by another one. */
const newMs = 10 * 60_000;

export function createYoutubeClient(account: Account, io: NetworkIo): YoutubeClient {
  const speaker: Speaker = {
    id: 'youtube',
    displayName: 'YouTube',
    redactor: createRedactor(Object.values(account.secrets)),
  };
  let token: Token | undefined;
  let skewMs = 0;

  const refuse = (effect: Effect, answer: Answer, known?: Verdict) => {
    const now = io.clock.now();
    const verdict = known ?? readYoutubeError(answer, now);
    return toPublishError(speaker, judgeAnswer('YouTube', effect, answer, verdict, now));
  };

  const authorize = async (signal: AbortSignal) => {
    const known = await io.credentials.read();
    const refreshToken = known?.secrets.REFRESH_TOKEN;
    if (refreshToken !== undefined) speaker.redactor.add(refreshToken);
    const isSame = token?.refreshToken === refreshToken;
    if (token && isSame && token.expireAt - spareMs > io.clock.now()) return;
    token = await fetchToken(account, known, io, speaker, signal, (answer) =>
      refuse('none', answer),
    );
    speaker.redactor.add(token.value);
  };

  /** Answers to requests whose token is fetched anew before the next one. */
  const mendable = new WeakSet<Answer>();

  const exchange = async (call: YoutubeCall) => {
    // In a request that publishes nothing else may happen: `prepare` has fetched the token.
    if (call.effect === 'none') await authorize(call.signal);
    const age = io.clock.now() - (token?.fetchedAt ?? 0);
    const answer = await exchangeOnce(call);
    if (answer.status !== 401) return answer;
    token = undefined;
    if (age < newMs) return answer;
    if (call.effect === 'none') {
      await authorize(call.signal);
      return exchangeOnce(call);
    }
    mendable.add(answer);
    return answer;
  };

  const exchangeOnce = async (call: YoutubeCall) => {
    if (token === undefined) throw toPublishError(speaker, noToken);

    const wire = wireFor(call, io, speaker);
    const client = new auth.OAuth2({ transporterOptions: { fetchImplementation: wire.fetch } });
    // Without a refresh token and an end, the SDK neither fetches another nor sends a request twice.
    client.setCredentials({ access_token: token.value });
    const answer = await wire.run(() =>
      client.request({
        url: `${account.apiUrl}${call.path}`,
        method: call.method,
        params: call.query,
        retry: false,
        responseType: 'text',
        ...(call.body ? { data: call.body.data, headers: { 'content-type': call.body.type } } : {}),
      }),
    );
    const now = io.clock.now();
    skewMs = skewOf(answer.headers, now);
    for (const seen of readYoutubeLimits(call, answer, now)) io.sawLimit?.(seen);
    return answer;
  };

  return {
    speaker,
    get skewMs() {
      return skewMs;
    },
    get scopes() {
      return token?.scopes;
    },
    authorize,
    exchange,
    refuse: (call, answer) => {
      if (mendable.has(answer))
        return toPublishError(speaker, willBeRenewed('Google', io.clock.now()));
      const isHidden = answer.status === 404 && /\/posts(?:\/image)?$/.test(call.path);
      return refuse(call.effect, answer, isHidden ? notEnabled : undefined);
    },
    async send(call) {
      const answer = await exchange(call);
      if (answer.status >= 300 || answer.body === undefined) throw this.refuse(call, answer);
      return answer;
    },
  };
}

async function fetchToken(
  account: Account,
  known: Credentials | undefined,
  io: NetworkIo,
  speaker: Speaker,
  signal: AbortSignal,
  refuse: (answer: Answer) => Error,
): Promise<Token> {
  const refreshToken = known?.secrets.REFRESH_TOKEN;
  const { name, sandbox, secrets } = account;
  if (!refreshToken && sandbox)
    return { value: `sandbox:${name}`, refreshToken, fetchedAt: Infinity, expireAt: Infinity };
  const ofSandbox = sandbox ? 'sandbox' : undefined;
  const { CLIENT_ID = ofSandbox, CLIENT_SECRET = ofSandbox } = secrets;
  if (!CLIENT_ID || !CLIENT_SECRET || !refreshToken)
    throw toPublishError(speaker, {
      is: 'unauthorized',
      code: 'no-token',
      message: `The account ${name} is not connected: its channel's CLIENT_ID, CLIENT_SECRET or REFRESH_TOKEN is missing. Run "carillon connect ${name}".`,
      advice: `Run "carillon connect ${name}", then "carillon resume ${name}".`,
    });

  const wire = wireFor({ effect: 'none', signal }, io, speaker);
  const client = new auth.OAuth2({
    clientId: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    ...(account.apiUrl === googleApi
      ? {}
      : { endpoints: { oauth2TokenUrl: `${account.apiUrl}/token` } }),
    transporterOptions: { fetchImplementation: wire.fetch },
  });
  client.setCredentials({ refresh_token: refreshToken });
  const answer = await wire.run(() => client.refreshAccessToken());

  const { access_token, expiry_date, scope } = client.credentials;
  if (answer.status >= 300 || !access_token) throw refuse(answer);
  const now = io.clock.now();
  return {
    value: access_token,
    refreshToken,
    fetchedAt: now,
    expireAt: expiry_date ?? now + 3600_000,
    ...(scope && { scopes: scope.split(' ') }),
  };
}

/** What the SDK is to use for `fetch`, and what came of it. */
interface Wire {
  readonly fetch: typeof fetch;
  /** Lets the SDK make its one request and gives the answer, whatever the SDK makes of it. */
  run(send: () => Promise<unknown>): Promise<Answer>;
}

function wireFor(
  call: Pick<YoutubeCall, 'effect' | 'signal' | 'isFresh'>,
  io: NetworkIo,
  speaker: Speaker,
): Wire {
  let answer: Answer | undefined;
  let silence: NoAnswerError | undefined;
  let isUsed = false;

  return {
    fetch: async (target, init) => {
      // The SDK retries on some errors, whatever it is told: not over this.
      if (isUsed) throw new DOMException('One request only.', 'AbortError');
      isUsed = true;
      try {
        const { status, headers, text } = await request({
          method: init?.method ?? 'GET',
          url: new URL(String(target)),
          headers: headersOf(init),
          body: readBody(init?.body),
          signal: call.signal,
          timeoutMs: io.requestTimeoutMs,
          ...(call.isFresh ? { isFresh: call.isFresh } : {}),
        });
        answer = { status, headers, body: parseJson(text) };
        return toResponse(status, text);
      } catch (error) {
        if (error instanceof NoAnswerError) silence = error;
        // By this name the SDK knows that there is nothing to retry.
        throw new DOMException('No answer.', 'AbortError');
      }
    },
    async run(send) {
      let failure: unknown;
      await send().catch((error: unknown) => {
        failure = error;
      });
      if (answer) return answer;
      const known = silence ?? { mayHaveLeft: isUsed, givenUp: undefined, code: 'sdk' };
      throw toPublishError(
        speaker,
        judgeSilence('YouTube', call.effect, known),
        silence ?? failure,
      );
    },
  };
}

/** A form names its type by itself only over the platform's own fetch: Google's token address asks for it. */
function headersOf(init: RequestInit | undefined): Record<string, string> {
  const headers = Object.fromEntries(new Headers(init?.headers).entries());
  const isForm = init?.body instanceof URLSearchParams;
  return isForm ? { 'content-type': 'application/x-www-form-urlencoded', ...headers } : headers;
}

function readBody(body: unknown): string | Buffer | undefined {
  if (body === undefined || body === null) return undefined;
  return Buffer.isBuffer(body) ? body : String(body);
}

/** Only for the SDK to go on: nobody reads it. */
function toResponse(status: number, text: string): Response {
  const isPlain = status >= 200 && status < 600 && ![204, 205, 304].includes(status);
  const headers = { 'content-type': 'application/json' };
  return isPlain ? new Response(text, { status, headers }) : new Response(null, { status: 502 });
}

const noToken: Verdict = {
  is: 'transient',
  code: 'no-token',
  message: 'There is no access token for YouTube. Nothing was sent.',
};
