import type { ITwitterApiClientPlugin, TwitterApiTokens } from 'twitter-api-v2';
import type { Account } from '../../core/account.ts';
import { lightRequire } from '../../core/light-require.ts';
import {
  type Answer,
  Connection,
  createRedactor,
  type Effect,
  judgeAnswer,
  judgeSilence,
  maxAnswerBytes,
  NoAnswerError,
  parseJson,
  type Speaker,
  skewOf,
  tooLarge,
  toPublishError,
  type Verdict,
  willBeRenewed,
} from '../http.ts';
import type { NetworkIo } from '../network.ts';
import { createTwitterAccess, type TwitterTokens } from './access.ts';
import { readTwitterError } from './errors.ts';
import { readTwitterLimits } from './limits.ts';

const { ApiResponseError, TwitterApi } =
  lightRequire<typeof import('twitter-api-v2')>('twitter-api-v2');

/** One request to X. */
export interface TwitterCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `/2/`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Record<string, unknown>;
  readonly isMultipart?: boolean;
  readonly effect: Effect;
  readonly signal: AbortSignal;
  readonly isFresh?: () => boolean;
}

export interface TwitterClient {
  readonly speaker: Speaker;
  /** How far X's clock is ahead of ours, as last seen. */
  readonly skewMs: number;
  /** When the access that is at hand was given: another one may be to another user. */
  readonly connectedAt: number | undefined;
  /** Makes sure that tokens are at hand, for a request in which there is no time to renew them. */
  authorize(signal: AbortSignal): Promise<void>;
  /** Makes one request and gives the answer, whatever its status. @throws {PublishError} if none came */
  exchange(call: TwitterCall): Promise<Answer>;
  /** As `exchange`, but an answer that is no success is thrown too. */
  send(call: TwitterCall): Promise<Answer>;
  /** What an answer that is no success means. */
  refuse(call: TwitterCall, answer: Answer): Error;
}

export function createTwitterClient(account: Account, io: NetworkIo): TwitterClient {
  const speaker: Speaker = {
    id: 'twitter',
    displayName: 'X',
    redactor: createRedactor(Object.values(account.secrets)),
  };
  let skewMs = 0;

  const access = createTwitterAccess(account, io, speaker);
  /** Answers to requests whose token is renewed before the next one. */
  const mendable = new WeakSet<Answer>();

  const exchangeWith = async ({ forSdk }: TwitterTokens, call: TwitterCall): Promise<Answer> => {
    using connection = new Connection({ ...call, timeoutMs: io.requestTimeoutMs });
    try {
      const answer = await sendBySdk(forSdk, account.apiUrl, connection, call);
      const now = io.clock.now();
      skewMs = skewOf(answer.headers, now);
      for (const seen of readTwitterLimits(call, answer, now)) io.sawLimit?.(seen);
      return answer;
    } catch (error) {
      // The SDK hides Node's error in a property of its own.
      const inner = (error as { _options?: { error?: unknown } })._options?.error ?? error;
      const silence = new NoAnswerError(connection, inner);
      throw toPublishError(speaker, judgeSilence('X', call.effect, silence), inner);
    }
  };

  const exchange = async (call: TwitterCall): Promise<Answer> => {
    if (call.effect === 'publish') {
      // In a request that publishes nothing else may happen: `prepare` has seen to the tokens.
      if (access.atHand === undefined) throw toPublishError(speaker, nothingAtHand);
      const tokens = access.atHand;
      const answer = await exchangeWith(tokens, call);
      if (answer.status === 401 && access.reject(tokens)) mendable.add(answer);
      return answer;
    }
    const tokens = await access.authorize(call.signal);
    const answer = await exchangeWith(tokens, call);
    if (answer.status !== 401 || !access.reject(tokens)) return answer;
    return exchangeWith(await access.authorize(call.signal), call);
  };

  const refuse = (call: TwitterCall, answer: Answer) => {
    const now = io.clock.now();
    const known = mendable.has(answer) ? willBeRenewed('X', now) : readTwitterError(answer, now);
    return toPublishError(speaker, judgeAnswer('X', call.effect, answer, known, now));
  };

  return {
    speaker,
    get skewMs() {
      return skewMs;
    },
    get connectedAt() {
      return access.atHand?.connectedAt;
    },
    async authorize(signal) {
      await access.authorize(signal);
    },
    exchange,
    refuse,
    send: async (call) => {
      const answer = await exchange(call);
      if (answer.status >= 300 || answer.body === undefined) throw refuse(call, answer);
      return answer;
    },
  };
}

/** The SDK signs and writes the request and reads the answer; the connection is ours. */
async function sendBySdk(
  tokens: TwitterApiTokens | string,
  apiUrl: string,
  connection: Connection,
  call: TwitterCall,
): Promise<Answer> {
  const client = new TwitterApi(tokens as string, {
    plugins: [overConnection(apiUrl, connection)],
    compression: false,
  }).v2;
  const options = {
    fullResponse: true as const,
    ...(call.isMultipart ? { forceBodyMode: 'form-data' as const } : {}),
  };

  try {
    const { data, headers } =
      call.method === 'POST'
        ? await client.post<unknown>(call.path, call.body, options)
        : call.method === 'GET'
          ? await client.get<unknown>(call.path, { ...call.query }, options)
          : await client.delete<unknown>(call.path, { ...call.query }, options);
    // The SDK does not tell 200 from 201, and nothing depends on it.
    return { status: 200, headers, body: bodyOf(data) };
  } catch (error) {
    if (!(error instanceof ApiResponseError)) throw error;
    return { status: error.code, headers: error.headers, body: bodyOf(error.data) };
  }
}

/** The SDK parses JSON only if its content type says so, and gives a text otherwise. */
function bodyOf(data: unknown): unknown {
  return typeof data === 'string' ? parseJson(data) : data;
}

/** The SDK has neither a base address nor a deadline nor a bound on answers: all three go in by its hooks. */
export function overConnection(apiUrl: string, connection: Connection): ITwitterApiClientPlugin {
  return {
    onBeforeRequestConfig({ params }) {
      const url = new URL(params.url);
      // Before the request is signed, so the signature is of the address that is called.
      params.url = `${apiUrl}${url.pathname}${url.search}`;
      params.requestEventDebugHandler = boundAnswer;
    },
    onBeforeRequest({ requestOptions }) {
      requestOptions.agent = connection.agentFor(new URL(apiUrl).protocol);
      Object.assign(requestOptions, { signal: connection.signal });
    },
  };
}

function boundAnswer(event: string, data: unknown): void {
  if (event !== 'response') return;
  const incoming = (data as { res: NodeJS.ReadableStream & { destroy(error: Error): void } }).res;
  let bytes = 0;
  incoming.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxAnswerBytes) incoming.destroy(tooLarge());
  });
}

const nothingAtHand: Verdict = {
  is: 'transient',
  code: 'no-token',
  message: 'There are no tokens for X at hand. Nothing was sent.',
};
