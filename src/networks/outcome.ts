import {
  type AnyPublishError,
  OutcomeUnknownError,
  RateLimitedError,
  RejectedError,
  TransientError,
  UnauthorizedError,
} from '../core/errors.ts';
import type { LimitOwner } from '../core/limits.ts';
import type { GivenUp } from './connection.ts';
import { cleanCause, type Redactor } from './redactor.ts';

/** What a request does if it arrives: makes a post visible, or nothing that followers could see. */
export type Effect = 'publish' | 'none';

/** A network's answer, whichever SDK brought it. */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** What the JSON of the answer says; undefined if it was no JSON, or empty. */
  readonly body: unknown;
}

/** What came of a request that did not end well. `code` is the network's own, or ours in words. */
export type Verdict =
  | ({ readonly is: 'transient' | 'unknown' | 'rejected' | 'duplicate' | 'unauthorized' } & Words)
  | ({
      readonly is: 'rate-limited';
      readonly retryAt: Date;
      /** Whose limit it is: the account's if absent. */
      readonly of?: LimitOwner;
    } & Words);

interface Words {
  readonly code: string;
  /** A sentence for people that says what happened, and what to do if they can do something. */
  readonly message: string;
  /** What a person should do, where the kind of verdict alone does not say it. */
  readonly advice?: string;
}

/** Whose errors these are, and what must never show in them. */
export interface Speaker {
  readonly id: string;
  readonly displayName: string;
  readonly redactor: Redactor;
}

/** What is known where no whole answer came. */
export interface Silence {
  readonly mayHaveLeft: boolean;
  readonly givenUp: GivenUp | undefined;
  readonly code: string | undefined;
}

export function toPublishError(
  speaker: Speaker,
  verdict: Verdict,
  error?: unknown,
): AnyPublishError {
  const message = speaker.redactor.clean(verdict.message);
  const code = `${speaker.id}:${speaker.redactor.clean(verdict.code)}`;
  const { advice } = verdict;
  const facts = { code, advice, cause: cleanCause(error, speaker.redactor) };

  switch (verdict.is) {
    case 'transient':
      return new TransientError(message, facts);
    case 'unknown':
      return new OutcomeUnknownError(message, facts);
    case 'unauthorized':
      return new UnauthorizedError(message, facts);
    case 'rate-limited':
      return new RateLimitedError(message, {
        ...facts,
        retryAt: verdict.retryAt,
        of: verdict.of,
      });
    case 'duplicate':
      return new RejectedError(message, { ...facts, isDuplicate: true });
    case 'rejected':
      return new RejectedError(message, facts);
  }
}

/** The network has refused the token, not the post: that waits for a new token, and no attempt is spent. */
export function willBeRenewed(name: string, now: number): Verdict {
  return {
    is: 'rate-limited',
    code: '401',
    message: `${name} does not accept the access token any more. It is renewed before the next try.`,
    advice: 'Nothing to do: it is tried again by itself.',
    retryAt: new Date(now + 1_000),
  };
}

/** Judges a request that got no whole answer. */
export function judgeSilence(name: string, effect: Effect, silence: Silence): Verdict {
  const code = silence.givenUp ?? silence.code ?? 'no-answer';
  if (silence.mayHaveLeft && effect === 'publish')
    return { is: 'unknown', code, message: `${ending(name, code)} ${maybeLive}` };

  // A secret with a line break in it, say: no attempt would get any further.
  if (silence.code === 'ERR_INVALID_CHAR')
    return {
      is: 'unauthorized',
      code,
      message: `A secret for ${name} has characters that cannot be sent. Copy it again, without spaces or line breaks.`,
    };
  if (silence.mayHaveLeft) return { is: 'transient', code, message: ending(name, code) };
  return { is: 'transient', code, message: `${beginning(name, code)} Nothing was sent.` };
}

const maybeLive = 'The post may be live: it is looked for before anything else.';

function ending(name: string, code: string): string {
  if (code === 'timeout') return `${name} did not answer in time.`;
  if (code === 'aborted') return `The request to ${name} was stopped before its answer came.`;
  return `The connection to ${name} broke before its answer came (${code}).`;
}

function beginning(name: string, code: string): string {
  if (code === 'stale')
    return `The attempt ran out of time before the request to ${name} was written.`;
  if (code === 'timeout') return `No connection to ${name} in time.`;
  if (code === 'aborted') return `The request to ${name} was stopped before it was written.`;
  return `${name} cannot be reached (${code}). Check this machine's connection to the internet.`;
}

/**
 * Judges an answer that is no success.
 *
 * @param known what the network's own codes say, if they say something
 */
export function judgeAnswer(
  name: string,
  effect: Effect,
  answer: Answer,
  known: Verdict | undefined,
  now: number,
): Verdict {
  const code = known?.code ?? String(answer.status);
  // Whatever the words: each of the networks has been seen to publish and answer 5xx.
  if (answer.status >= 500 && effect === 'publish')
    return { is: 'unknown', code, message: `${name} failed (${code}). ${maybeLive}` };
  if (known)
    return effect === 'none' && known.is === 'unknown' ? { ...known, is: 'transient' } : known;

  if (answer.status === 429)
    return {
      is: 'rate-limited',
      code,
      message: `${name} asks to wait.`,
      retryAt: readRetryAt(answer.headers, now) ?? new Date(now + 60_000),
    };
  if (answer.status === 401)
    return {
      is: 'unauthorized',
      code,
      message: `${name} does not accept the credentials. Give the account new ones.`,
    };
  if (answer.body !== undefined && answer.status >= 400 && answer.status < 500)
    return { is: 'rejected', code, message: `${name} refused the request (${code}).` };

  const what = describeOddity(answer);
  return effect === 'publish'
    ? { is: 'unknown', code: what.code, message: `${name} ${what.words}. ${maybeLive}` }
    : { is: 'transient', code: what.code, message: `${name} ${what.words}.` };
}

function describeOddity(answer: Answer): { code: string; words: string } {
  if (answer.status >= 400)
    return { code: String(answer.status), words: `failed (${answer.status})` };
  if (answer.status >= 300)
    return {
      code: String(answer.status),
      words: 'sent the request elsewhere, which is not followed',
    };
  if (answer.body === undefined)
    return { code: 'not-json', words: 'answered with something that is no JSON' };
  return { code: 'no-id', words: 'answered without saying what came of it' };
}

/** `Retry-After` in either of its forms. */
export function readRetryAt(headers: Answer['headers'], now: number): Date | undefined {
  const value = headers['retry-after'];
  if (typeof value !== 'string' || value.trim() === '') return undefined;

  const seconds = Number(value);
  if (Number.isFinite(seconds)) return waitUntil(now + seconds * 1000, now);
  const at = Date.parse(value);
  if (Number.isNaN(at)) return undefined;
  return waitUntil(at - skewOf(headers, now), now);
}

/** How far the network's clock is ahead of ours, as far as its `Date` header tells; 0 if it has none. */
export function skewOf(headers: Answer['headers'], now: number): number {
  const at = typeof headers.date === 'string' ? Date.parse(headers.date) : Number.NaN;
  return Number.isNaN(at) ? 0 : at - now;
}

/** Within reason, whatever a header says: a second to a day from now. */
export function waitUntil(at: number, now: number): Date {
  return new Date(Math.min(Math.max(at, now + 1000), now + 24 * 3600_000));
}

/** The JSON of a text, or undefined if it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** The value if it is a JSON object, else an empty one. */
export function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : {};
}

export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value if it is a text that is not empty. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
