import type { Account } from '../core/account.ts';
import { ConnectError, type ConnectorIo } from './connector.ts';
import { type HttpRequest, NoAnswerError, request } from './http.ts';
import {
  type Answer,
  asObject,
  asText,
  type JsonObject,
  judgeSilence,
  parseJson,
} from './outcome.ts';
import { createRedactor, type Redactor } from './redactor.ts';

/** One request on the way to a token. */
export interface ConnectorCall {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** In the body of a POST, in the address of a GET. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** Who speaks, and in what words it says no. */
export interface ConnectorVoice {
  /** The network, as people call it. */
  readonly of: string;
  readonly redactor: Redactor;
  /** What an answer that is no success means, and what to do; undefined if it is none that is known. */
  explain(answer: Answer): string | undefined;
}

/** Makes one request and gives the JSON of its answer. @throws {ConnectError} if it is no success */
export async function askNetwork(
  voice: ConnectorVoice,
  call: ConnectorCall,
  io: ConnectorIo,
): Promise<JsonObject> {
  const answer = await exchange(voice, call, io);
  const body = asObject(answer.body);
  const isGood = answer.status >= 200 && answer.status < 300;
  if (isGood && answer.body !== undefined && body.error === undefined) return body;
  throw new ConnectError(voice.redactor.clean(sayRefusal(voice, answer)));
}

async function exchange(
  voice: ConnectorVoice,
  call: ConnectorCall,
  io: ConnectorIo,
): Promise<Answer> {
  try {
    const { status, headers, text } = await request(toRequest(call, io));
    return { status, headers, body: parseJson(text) };
  } catch (error) {
    if (!(error instanceof NoAnswerError)) throw error;
    const { message } = judgeSilence(voice.of, 'none', error);
    throw new ConnectError(voice.redactor.clean(`${message} Try again in a while.`));
  }
}

function toRequest({ method, url, headers, fields }: ConnectorCall, io: ConnectorIo): HttpRequest {
  const written = new URLSearchParams(fields);
  const target = new URL(url);
  if (method === 'GET') for (const [name, value] of written) target.searchParams.set(name, value);
  return {
    method,
    url: target,
    headers: {
      accept: 'application/json',
      ...(method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded' }),
      ...headers,
    },
    body: method === 'POST' ? written.toString() : undefined,
    signal: io.signal,
    timeoutMs: io.requestTimeoutMs,
  };
}

function sayRefusal(voice: ConnectorVoice, answer: Answer): string {
  const words = wordsOf(answer);
  const said = words === undefined ? '' : ` It says: "${words}"`;
  const known = voice.explain(answer);
  if (known !== undefined) return `${known}${said}`;
  if (answer.body === undefined)
    return `${voice.of} answered with something that is no JSON (${answer.status}). Try again in a while; if it stays, something between this machine and ${voice.of} answers instead.`;
  return `${voice.of} refused (${answer.status}).${said}`;
}

/** The network's own words, in any of the shapes in which the networks say them. */
function wordsOf(answer: Answer): string | undefined {
  const body = asObject(answer.body);
  const error = asObject(body.error);
  const words =
    asText(body.error_description) ??
    asText(error.error_user_msg) ??
    asText(error.message) ??
    asText(body.detail) ??
    asText(body.error);
  return words?.replaceAll(/\s+/g, ' ').slice(0, 300);
}

/** For messages about an account: its secrets, and what came up on the way. */
export function redactorFor(account: Account, ...more: readonly string[]): Redactor {
  return createRedactor([...Object.values(account.secrets), ...more]);
}

/** Seconds from now, as a network says when something ends: milliseconds since 1970. */
export function endOf(seconds: unknown, now: number): number | undefined {
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0
    ? now + seconds * 1000
    : undefined;
}

/** The fields that are missing; an account in the sandbox needs none. */
export function missingOf(account: Account, fields: readonly string[]): readonly string[] {
  return account.sandbox ? [] : fields.filter((field) => !account.secrets[field]);
}

/** A secret of the app. The sandbox takes any. */
export function appSecretOf(account: Account, field: string): string {
  return account.secrets[field] ?? (account.sandbox ? `sandbox-${field.toLowerCase()}` : '');
}

/** Who is logged in at the sandbox's page, unless the person says otherwise. */
export function hintOf(account: Account): Readonly<Record<string, string>> {
  return account.sandbox ? { login_hint: account.name } : {};
}
