import { createHmac } from 'node:crypto';
import type { Page, PagePost } from 'facebook-nodejs-business-sdk';
import type { Account } from '../../core/account.ts';
import type { Credentials } from '../../core/credentials.ts';
import { lightRequire } from '../../core/light-require.ts';
import {
  type Answer,
  asObject,
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

const sdk = lightRequire<typeof import('facebook-nodejs-business-sdk')>(
  'facebook-nodejs-business-sdk',
);

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
  /** Makes sure that the Page's token is at hand, for a request in which there is no time to read it. */
  authorize(): Promise<void>;
  /** The SDK's builders, each for one request. They throw {PublishError}; `post` also MissingError. */
  page(call: GraphCall): Page;
  post(id: string, call: GraphCall): PagePost;
  /** The Page or person that the token is of. */
  owner(call: GraphCall): Page;
  /** What Facebook says of the token itself. */
  debugToken(signal: AbortSignal): Promise<JsonObject>;
}

/** The object of a request is not there. Internal to this folder. */
export class MissingError extends Error {
  override readonly name = 'MissingError';
}

export function createFacebookClient(account: Account, io: NetworkIo): FacebookClient {
  const speaker: Speaker = {
    id: 'facebook',
    displayName: 'Facebook',
    redactor: createRedactor(Object.values(account.secrets)),
  };
  let skewMs = 0;
  let atHand: PageToken | undefined;
  const authorize = async () => {
    atHand = readToken(account, await io.credentials.read());
    if (atHand === undefined) throw toPublishError(speaker, notConnected(account.name));
    speaker.redactor.add(atHand.token);
    if (atHand.proof !== undefined) speaker.redactor.add(atHand.proof);
    return atHand;
  };
  const apiFor = (object: GraphAccess['object'], call: GraphCall, as?: PageToken) => {
    const sawAnswer = (answer: Answer) => {
      const now = io.clock.now();
      skewMs = skewOf(answer.headers, now);
      for (const seen of readFacebookLimits(answer)) io.sawLimit?.(seen);
    };
    const tokenFor = async () => {
      if (as !== undefined) return as;
      if (call.effect === 'none') return authorize();
      // In a request that publishes nothing else may happen: `prepare` has read the token.
      if (atHand === undefined) throw toPublishError(speaker, nothingAtHand);
      return atHand;
    };
    const { apiUrl } = account;
    return new GraphApi({ object, apiUrl, tokenFor, speaker, io, sawAnswer }, call);
  };
  const pageId = String(account.settings.pageId);
  // The SDK defines a hundred properties on each object: one for all requests to the Page spares most of their time.
  const ofPage = new sdk.Page(pageId, {}, null, new sdk.FacebookAdsApi('none', 'en_US', false));

  return {
    speaker,
    pageId,
    get skewMs() {
      return skewMs;
    },
    authorize: async () => {
      await authorize();
    },
    page: (call) => Object.create(ofPage, { _api: { value: apiFor('page', call) } }) as Page,
    post: (id, call) => new sdk.PagePost(id, {}, null, apiFor('post', call)),
    owner: (call) => new sdk.Page('me', {}, null, apiFor('page', call)),
    async debugToken(signal) {
      const call: GraphCall = {
        effect: 'none',
        signal,
        isAnswer: (body) => isJsonObject(body.data),
      };
      const { APP_ID, APP_SECRET } = account.secrets;
      const page = await authorize();
      // Facebook answers the app for sure; a token about itself as a rule.
      const asker = APP_ID && APP_SECRET ? signed(`${APP_ID}|${APP_SECRET}`, account) : page;
      const api = apiFor('page', call, asker);
      const answer = await api.call<JsonObject>('GET', 'debug_token', { input_token: page.token });
      return asObject(answer.data);
    },
  };
}

interface PageToken {
  readonly token: string;
  /** Proves to Facebook that the app itself is calling. */
  readonly proof: string | undefined;
}

interface GraphAccess {
  /** What the request is about: a post may be gone, the account's own Page may not. */
  readonly object: 'page' | 'post';
  readonly apiUrl: string;
  tokenFor(): Promise<PageToken>;
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
    // The SDK wants a token, and never comes to use one.
    super('none', 'en_US', false);
    this.#access = access;
    this.#call = call;
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
    const { apiUrl, tokenFor, speaker, io } = this.#access;
    const { token, proof } = await tokenFor();
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

function readToken(account: Account, known: Credentials | undefined): PageToken | undefined {
  const forSandbox = account.sandbox ? `sandbox:${account.name}` : undefined;
  const token = asText(known?.secrets.PAGE_TOKEN) ?? forSandbox;
  if (token === undefined) return undefined;
  return signed(token, account);
}

function signed(token: string, { secrets: { APP_SECRET } }: Account): PageToken {
  const proof = APP_SECRET
    ? createHmac('sha256', APP_SECRET).update(token).digest('hex')
    : undefined;
  return { token, proof };
}

const unknownPage: Verdict = {
  is: 'unauthorized',
  code: '100/33',
  message:
    'Facebook shows this token no such Page. Check pageId in the config, and that the token is of this Page.',
};

const nothingAtHand: Verdict = {
  is: 'transient',
  code: 'no-token',
  message: 'There is no token of the Page at hand. Nothing was sent.',
};

function notConnected(name: string): Verdict {
  return {
    is: 'unauthorized',
    code: 'no-token',
    message: `The account ${name} is not connected: there is no token of its Page. Run "carillon connect ${name}", or set its PAGE_TOKEN.`,
    advice: `Run "carillon connect ${name}", then "carillon resume ${name}".`,
  };
}
