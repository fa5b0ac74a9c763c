import { createRequire } from 'node:module';
import type { ITwitterApiClientPlugin, TwitterApiTokens } from 'twitter-api-v2';
import type { Account } from '../../core/account.ts';
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
} from '../http.ts';
import type { NetworkIo } from '../network.ts';
import { readTwitterError } from './errors.ts';
import { readTwitterLimits } from './limits.ts';

// Half the time and a good deal less memory than `import` of the same file.
const { ApiResponseError, TwitterApi } = createRequire(import.meta.url)(
  'twitter-api-v2',
) as typeof import('twitter-api-v2');

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

  const exchange = async (call: TwitterCall): Promise<Answer> => {
    const tokens = readTokens(account, speaker);
    using connection = new Connection({ ...call, timeoutMs: io.requestTimeoutMs });
    try {
      const answer = await sendBySdk(tokens, account.apiUrl, connection, call);
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

  const refuse = (call: TwitterCall, answer: Answer) => {
    const now = io.clock.now();
    const known = readTwitterError(answer, now);
    return toPublishError(speaker, judgeAnswer('X', call.effect, answer, known, now));
  };

  return {
    speaker,
    get skewMs() {
      return skewMs;
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

function readTokens(account: Account, speaker: Speaker): TwitterApiTokens | string {
  const { API_KEY, API_SECRET, ACCESS_TOKEN, ACCESS_SECRET } = account.secrets;
  if (API_KEY && API_SECRET && ACCESS_TOKEN && ACCESS_SECRET)
    return {
      appKey: API_KEY,
      appSecret: API_SECRET,
      accessToken: ACCESS_TOKEN,
      accessSecret: ACCESS_SECRET,
    };
  if (ACCESS_TOKEN) return ACCESS_TOKEN;
  if (account.sandbox) return `sandbox:${account.name}`;
  throw toPublishError(speaker, {
    is: 'unauthorized',
    code: 'no-token',
    message: `The account ${account.name} has no access token for X. Give it the four keys and tokens of OAuth 1.0a from X's developer portal: API_KEY, API_SECRET, ACCESS_TOKEN and ACCESS_SECRET.`,
  });
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
function overConnection(apiUrl: string, connection: Connection): ITwitterApiClientPlugin {
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
