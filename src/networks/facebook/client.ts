import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import type { Page, PagePost } from 'facebook-nodejs-business-sdk';
import type { Account } from '../../core/account.ts';
import {
  type Answer,
  asText,
  createRedactor,
  type Effect,
  type JsonObject,
  judgeAnswer,
  judgeSilence,
  NoAnswerError,
  parseJson,
  request,
  type Speaker,
  skewOf,
  toPublishError,
  type Verdict,
} from '../http.ts';
import type { NetworkIo } from '../network.ts';
import { isMissing, readFacebookError, readGraphError } from './errors.ts';
import { readFacebookLimits } from './limits.ts';
import { ImageFile, toMultipart } from './multipart.ts';

// Half the time and 20 MB less than `import` of the same file.
const sdk = createRequire(import.meta.url)(
  'facebook-nodejs-business-sdk',
) as typeof import('facebook-nodejs-business-sdk');

/** What holds for one request to the Graph API. */
export interface GraphCall {
  readonly effect: Effect;
  readonly signal: AbortSignal;
  readonly isFresh?: () => boolean;
  /** True if an answer has what the caller needs; without it, it is no success. */
  readonly isAnswer: (body: JsonObject) => boolean;
}

export interface FacebookClient {
  readonly speaker: Speaker;
  readonly pageId: string;
  /** How far Facebook's clock is ahead of ours, as last seen. */
  readonly skewMs: number;
  /** The SDK's builders, each for one request. They throw {PublishError}; `post` also MissingError. */
  page(call: GraphCall): Page;
  post(id: string, call: GraphCall): PagePost;
}

/** The object of a request is not there. Internal to this folder. */
export class MissingError extends Error {
  override readonly name = 'MissingError';
}

export function createFacebookClient(account: Account, io: NetworkIo): FacebookClient {
  const secret = account.secrets.APP_SECRET;
  const token = readToken(account);
  const proof =
    token && secret ? createHmac('sha256', secret).update(token).digest('hex') : undefined;
  const speaker: Speaker = {
    id: 'facebook',
    displayName: 'Facebook',
    redactor: createRedactor([...Object.values(account.secrets), ...(proof ? [proof] : [])]),
  };
  let skewMs = 0;
  const apiFor = (object: GraphAccess['object'], call: GraphCall) => {
    if (token === undefined) throw toPublishError(speaker, noToken(account.name));
    const sawAnswer = (answer: Answer) => {
      skewMs = skewOf(answer.headers, io.clock.now());
      for (const seen of readFacebookLimits(answer)) io.sawLimit?.(seen);
    };
    const { apiUrl } = account;
    return new GraphApi({ object, apiUrl, token, proof, speaker, io, sawAnswer }, call);
  };
  const pageId = String(account.settings.pageId);

  return {
    speaker,
    pageId,
    get skewMs() {
      return skewMs;
    },
    page: (call) => new sdk.Page(pageId, {}, null, apiFor('page', call)),
    post: (id, call) => new sdk.PagePost(id, {}, null, apiFor('post', call)),
  };
}

interface GraphAccess {
  /** What the request is about: a post may be gone, the account's own Page may not. */
  readonly object: 'page' | 'post';
  readonly apiUrl: string;
  readonly token: string;
  /** Proves to Facebook that the app itself is calling. */
  readonly proof: string | undefined;
  readonly speaker: Speaker;
  readonly io: NetworkIo;
  sawAnswer(answer: Answer): void;
}

/**
 * The SDK builds the calls; this makes them. The SDK's own way puts the token into addresses, loses what went
 * wrong, sends files empty, waits for ever, and reports crashes of the whole process to Facebook.
 */
class GraphApi extends sdk.FacebookAdsApi {
  readonly #access: GraphAccess;
  readonly #call: GraphCall;

  constructor(access: GraphAccess, call: GraphCall) {
    super(access.token, 'en_US', false);
    this.#access = access;
    this.#call = call;
    // Whatever prints this object: the token stays out of it.
    Object.defineProperty(this, 'accessToken', { value: access.token, enumerable: false });
  }

  override async call<T>(method: string, path: string | string[], params: object = {}): Promise<T> {
    const { object, speaker, io, sawAnswer } = this.#access;
    const { effect, isAnswer } = this.#call;
    const answer = await this.#exchange(method, path, params);
    sawAnswer(answer);

    if (isMissing(answer))
      throw object === 'post'
        ? new MissingError(speaker.redactor.clean(readGraphError(answer)?.words ?? ''))
        : toPublishError(speaker, unknownPage);
    const body = answer.body as JsonObject | undefined;
    const isGood = answer.status < 300 && body !== undefined && body.error === undefined;
    if (isGood && isAnswer(body)) return body as T;

    const now = io.clock.now();
    const known = readFacebookError(answer, now);
    throw toPublishError(speaker, judgeAnswer('Facebook', effect, answer, known, now));
  }

  async #exchange(method: string, path: string | string[], params: object): Promise<Answer> {
    const { apiUrl, token, proof, speaker, io } = this.#access;
    const { effect, signal, isFresh } = this.#call;
    // The SDK adds the id of the object to what it sends to it.
    const { id: _, ...sent } = { ...params } as Record<string, unknown>;
    const fields = { ...sent, ...(proof ? { appsecret_proof: proof } : {}) };
    const parts = typeof path === 'string' ? [path] : path;
    const url = new URL(
      `${apiUrl}/${sdk.FacebookAdsApi.VERSION}/${parts.map(encodeURIComponent).join('/')}`,
    );
    if (method !== 'POST') url.search = sdk.FacebookAdsApi._encodeParams(fields);
    const content = method === 'POST' ? toContent(fields) : { headers: {} };

    try {
      const { status, headers, text } = await request({
        method,
        url,
        ...content,
        headers: {
          ...content.headers,
          authorization: `Bearer ${token}`,
          accept: 'application/json',
        },
        signal,
        timeoutMs: io.requestTimeoutMs,
        ...(isFresh ? { isFresh } : {}),
      });
      const body = parseJson(text);
      return { status, headers, body: isJsonObject(body) ? body : undefined };
    } catch (error) {
      if (!(error instanceof NoAnswerError)) throw error;
      throw toPublishError(speaker, judgeSilence('Facebook', effect, error), error);
    }
  }
}

function toContent(fields: Record<string, unknown>): {
  headers: Record<string, string>;
  body: string | Buffer;
} {
  if (Object.values(fields).some((value) => value instanceof ImageFile)) return toMultipart(fields);
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(fields) };
}

function isJsonObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readToken(account: Account): string | undefined {
  const token = asText(account.secrets.PAGE_TOKEN);
  return token ?? (account.sandbox ? `sandbox:${account.name}` : undefined);
}

const unknownPage: Verdict = {
  is: 'unauthorized',
  code: '100/33',
  message:
    'Facebook shows this token no such Page. Check pageId in the config, and that the token is of this Page.',
};

function noToken(name: string): Verdict {
  return {
    is: 'unauthorized',
    code: 'no-token',
    message: `The account ${name} has no token of its Page. Give it its PAGE_TOKEN: "carillon check" names the variable.`,
  };
}
