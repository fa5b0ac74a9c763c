import type { Body } from './body.ts';
import type { Counted } from './limits.ts';

export type NetworkName = 'twitter' | 'facebook' | 'youtube';

/**
 * What a request does: `read` looks; `prepare` stores something that followers cannot see (uploads, unpublished
 * posts, tokens); `publish` makes a post visible; `change` edits or removes one.
 */
export type Stage = 'read' | 'prepare' | 'publish' | 'change';

/** One request to one of the networks, read to its end. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: Body;
  /** Where the sandbox itself is, such as `http://127.0.0.1:8421`. */
  readonly origin: string;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Plain data is sent as JSON, text and bytes as they are. */
  readonly body?: unknown;
}

/** Thrown by a network's handlers where the network would refuse: nothing has been stored. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`refused with ${answer.status}`);
    this.answer = answer;
  }
}

/** A request that a network understood: what it does, for whom, and how to carry it out. */
export interface Handling {
  readonly stage: Stage;
  /**
   * Stores what there is to store and gives the network's answer. Throws {@link Refusal}.
   *
   * @param lagMs lists of posts leave out what is younger than this
   */
  run(lagMs?: number): Answer | Promise<Answer>;
}

/** One of the three networks as the sandbox plays it. */
export interface PlayedNetwork {
  readonly name: NetworkName;
  /** True for the paths that belong to this network. */
  owns(path: string): boolean;
  /** The account that the request's credentials stand for, or undefined without credentials. */
  accountOf(call: Call): string | undefined;
  /** Finds what a request asks for. Throws {@link Refusal} for what the network does not know. */
  handle(call: Call, account: string | undefined): Handling;
  /** How this network says what a fault makes it say; undefined if the fault does not touch the request. */
  faultAnswer(kind: RefusingFault, call: Call, delayMs: number): Answer | undefined;
  /** How it refuses a request that is over a limit which somebody has set. */
  overLimit(counted: readonly Counted[], call: Call): Answer;
  /** What it tells of such a limit with every other answer. */
  limitHeaders(counted: readonly Counted[], call: Call): Readonly<Record<string, string>>;
  /** How this network refuses a request that cannot be read. */
  unreadable(status: 400 | 413, reason: string): Answer;
}

/** Faults that are answers in the network's own words. */
export type RefusingFault =
  | 'refuse'
  | 'rate-limit'
  | 'quota'
  | 'server-error'
  | 'duplicate'
  | 'unauthorized'
  | 'blocked'
  | 'forbidden'
  | 'renamed-fields'
  | 'unrenamed-fields'
  | 'proof-required'
  | GrantFault;

/** Faults of the way to a token: of the person's consent, of the exchange, and of Facebook's list of Pages. */
export type GrantFault = 'denied' | 'wrong-state' | 'code-spent' | 'invalid-client' | 'no-pages';

/** Headers of requests are lower case; a repeated one counts as its first. */
export function headerOf(call: Pick<Call, 'headers'>, name: string): string | undefined {
  const value = call.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
