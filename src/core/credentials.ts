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
  /** When a person connected: milliseconds since 1970. */
  readonly connectedAt: number;
  /** Rises with every change. 0: from the environment, never stored. */
  readonly version: number;
}

/** What came of a renewal: what it does not name stays as it was. */
export interface Renewal {
  readonly secrets: Readonly<Record<string, string>>;
  readonly expiresAt?: number;
  readonly scopes?: readonly string[];
}

/** The credentials of one account, shared by every process. */
export interface AccountCredentials {
  /** As they are now: the stored ones, else those of the environment; undefined if there are none. */
  read(): Promise<Credentials | undefined>;
  /**
   * Makes new ones of those that are stale, one process at a time under a lock with a fencing token. Reads again once
   * it has the lock, and exchanges nothing if another process has renewed them meanwhile. What `exchange` answers is
   * stored before anybody uses it.
   *
   * @throws whatever `exchange` throws; then nothing is stored
   */
  renew(
    isStale: (current: Credentials) => boolean,
    exchange: (current: Credentials, signal: AbortSignal) => Promise<Renewal>,
    signal: AbortSignal,
  ): Promise<Credentials>;
}
