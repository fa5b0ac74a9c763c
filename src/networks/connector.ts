import type { Account } from '../core/account.ts';
import type { Clock } from '../core/clock.ts';
import type { Credentials, Grant } from '../core/credentials.ts';

/**
 * How a person gives Carillon access to an account of one network: what to ask the network for, and what its
 * answers mean. Asks nobody and stores nothing; src/connecting does.
 */
export interface Connector {
  /** The ways in, the usual one first. */
  ways(account: Account): readonly Way[];
  /** Which account of the network the config means, in words. */
  meantBy(account: Account): string;
  /**
   * Tells the network that the credentials are of no more use. False if it offers no way to.
   *
   * @throws {ConnectError} if the network did not do it
   */
  revoke(account: Account, credentials: Credentials, io: ConnectorIo): Promise<boolean>;
}

export type Way = RedirectWay | PinWay | TypedWay;

interface WayOf<Kind extends string> {
  readonly kind: Kind;
  /** What people call it by on the command line. */
  readonly id: string;
  /** In a few words, for people who have to choose. */
  readonly title: string;
  /** Secrets of the app that it needs and that are not there; fields as in `CARILLON_<ACCOUNT>_<FIELD>`. */
  readonly missing: readonly string[];
  /** Where people find these. */
  readonly whereToFind: string;
}

/** The network asks the person on a page of its own, and sends the browser back to us with a code (OAuth 2.0). */
export interface RedirectWay extends WayOf<'redirect'> {
  /** By which name of this machine the network takes the address that it is to send the browser back to. */
  readonly host: '127.0.0.1' | 'localhost';
  /** What has to be set in the network's portal before, in sentences. */
  whatToSetUp(redirectUri: string): readonly string[];
  /** The address of the page that asks the person. */
  addressOf(request: AuthorizationRequest): string;
  /** @throws {ConnectError} */
  exchange(code: string, request: AuthorizationRequest, io: ConnectorIo): Promise<readonly Offer[]>;
}

/** The network shows a PIN, which the person types here. */
export interface PinWay extends WayOf<'pin'> {
  readonly whatToSetUp: readonly string[];
  /** @throws {ConnectError} */
  begin(io: ConnectorIo): Promise<PinRequest>;
}

export interface PinRequest {
  /** The page that asks the person. */
  readonly address: string;
  /** @throws {ConnectError} */
  finish(pin: string, io: ConnectorIo): Promise<readonly Offer[]>;
}

/** The person copies tokens from the network's portal. */
export interface TypedWay extends WayOf<'typed'> {
  readonly whatToSetUp: readonly string[];
  /** What to ask for, none of which may be seen on a screen. */
  readonly fields: readonly { readonly field: string; readonly words: string }[];
  /** @throws {ConnectError} */
  finish(typed: Readonly<Record<string, string>>, io: ConnectorIo): Promise<readonly Offer[]>;
}

/** One request for a person's consent. All but the redirect address is random, and for one use. */
export interface AuthorizationRequest {
  readonly redirectUri: string;
  /** Comes back with the code: an answer without it is not ours. */
  readonly state: string;
  /** PKCE: only who knows it can exchange the code. */
  readonly codeVerifier: string;
  /** Its SHA-256, as base64url. */
  readonly codeChallenge: string;
}

/** An account of the network that the person may give us. */
export interface Offer {
  /** Whether it is the one that the config means; undefined if the config does not say. */
  readonly isMeant: boolean | undefined;
  /** What gives access to it. */
  readonly grant: Granted;
  /** Sentences: it works, but people should know. */
  readonly cautions: readonly string[];
}

/** What the network has given, and to whose account. */
export type Granted = Grant & { readonly whose: string };

export interface ConnectorIo {
  readonly clock: Clock;
  /** Total time for one request. */
  readonly requestTimeoutMs: number;
  readonly signal: AbortSignal;
}

/** An account cannot be connected. The message says why and what to do, and has no secret in it. */
export class ConnectError extends Error {
  override readonly name = 'ConnectError';
}
