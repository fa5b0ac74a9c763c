import type { Account } from './account.ts';

/**
 * What gives access to one account: obtained by `carillon connect`, or from the environment. The secrets of the app
 * itself stay in the environment.
 */
export interface Credentials {
  /** By field, as in `CARILLON_<ACCOUNT>_<FIELD>`: `ACCESS_TOKEN`, `REFRESH_TOKEN`, `PAGE_TOKEN` … Never printed. */
  readonly secrets: Readonly<Record<string, string>>;
  /** When the access token ends: milliseconds since 1970. Missing: it lasts, or nobody knows. */
  readonly expiresAt?: number;
  /** When a person has to connect again at the latest, as far as the network says: milliseconds since 1970. */
  readonly grantEndsAt?: number;
  /** What the network has granted, in its own words. */
  readonly scopes?: readonly string[];
  /** Whose account it is, such as `@newsroom`. */
  readonly whose?: string;
  /** When a person connected: milliseconds since 1970. 0: nobody did, they come from the environment. */
  readonly connectedAt: number;
  /** When the access token was made by a renewal: milliseconds since 1970. */
  readonly renewedAt?: number;
  /** Rises with every change. 0: from the environment, never stored. */
  readonly version: number;
}

/** What came of a renewal: what it does not name stays as it was. */
export interface Renewal {
  readonly secrets: Readonly<Record<string, string>>;
  /** Of the secrets named here; missing: nobody knows, whatever was known of those before. */
  readonly expiresAt?: number;
  readonly scopes?: readonly string[];
}

/** What a person has obtained by connecting: the secrets that it does not name stay as they were. */
export interface Grant extends Renewal {
  readonly grantEndsAt?: number;
  readonly whose?: string;
  /** Fields that do not go with the new ones: `ACCESS_SECRET` once X is connected by OAuth 2.0, say. */
  readonly forgets?: readonly string[];
}

/** What an exchange should know. */
export interface ExchangeContext {
  /** Aborts before the lock ends. */
  readonly signal: AbortSignal;
  /**
   * When an earlier exchange of these credentials began of which no outcome was stored: its process died, or its
   * answer was lost. A single-use token may be spent then. Milliseconds since 1970.
   */
  readonly begunBefore: number | undefined;
}

/** The credentials of one account, shared by every process. */
export interface AccountCredentials {
  /**
   * As they are now: the stored ones, else those of the environment; undefined if there are none.
   *
   * @throws {PublishError} if they cannot be read now: no attempt is spent on that
   */
  read(): Promise<Credentials | undefined>;
  /**
   * Makes new ones of those that are stale, one process at a time under a lock with a fencing token. Reads again once
   * it has the lock, and exchanges nothing if another process has renewed them meanwhile. What `exchange` answers is
   * stored before anybody uses it. Answers undefined if there are none. `signal` ends the wait for others, and no
   * exchange that has begun.
   *
   * @throws whatever `exchange` throws; then nothing is stored
   */
  renew(
    isStale: (current: Credentials) => boolean,
    exchange: (current: Credentials, context: ExchangeContext) => Promise<Renewal>,
    signal: AbortSignal,
  ): Promise<Credentials | undefined>;
}

/** The credentials of all accounts of one ledger, kept sealed. */
export interface CredentialStore {
  of(account: Account): AccountCredentials;
  /**
   * Stores what a person has obtained by connecting. It wins over what the environment holds at this moment, and
   * over every renewal that began before. Durable once it resolves.
   *
   * @throws {SealedError} if the account has credentials that cannot be opened, or others are sealed with another key;
   *   with `replaceUnreadable` they are given up, as far as they are this account's
   */
  connect(
    account: Account,
    grant: Grant,
    options?: { readonly replaceUnreadable?: boolean },
  ): Promise<Credentials>;
  /**
   * Takes out what is stored of an account; what the environment holds counts again, and no renewal under way puts
   * anything back. Durable once it resolves. False if nothing was stored.
   */
  forget(account: Account): Promise<boolean>;
  /**
   * Seals everything anew with a new key. Safe to interrupt and to run again: until it is done both keys open.
   *
   * @throws {SealedError} if something cannot be opened; then the old key stays
   */
  rekey(): Promise<RekeyAnswer>;
}

export interface RekeyAnswer {
  /** How many accounts' credentials were sealed anew. */
  readonly accounts: number;
  /** Where the new key is kept: the file, or the variable of the environment. */
  readonly keptIn: string;
}

/** Credentials are sealed with a key that this process does not have, or were tampered with. Says what to do. */
export class SealedError extends Error {
  override readonly name = 'SealedError';
}

/** The key cannot be used: too weak, open to others, or unreadable. Says what to do. */
export class SecretKeyError extends Error {
  override readonly name = 'SecretKeyError';
}
