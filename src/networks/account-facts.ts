import type { Credentials } from '../core/credentials.ts';

/** What an account tells of itself and of its credentials. */
export interface AccountFacts {
  /** Whose account it is, such as `@newsroom`. */
  readonly whose: string;
  /** Set if the config means another account: which one, such as `@newsroom`. */
  readonly wanted?: string;
  readonly permissions?: Permissions;
  /** What ends by itself, and only a person renews. */
  readonly ends: readonly AccessEnd[];
  /** How far the network's clock is ahead of ours, in milliseconds. Missing: it was not asked. */
  readonly clockAheadMs?: number;
  readonly remarks: readonly Remark[];
}

/** What the credentials may do, in the network's own words. */
export interface Permissions {
  readonly granted: readonly string[];
  readonly needed: readonly string[];
  /** What to do if one is missing, where connecting again does not do. */
  readonly remedy?: string;
}

export interface AccessEnd {
  /** Stays the same, whatever the words. */
  readonly code: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** What ends, such as `its token`. */
  readonly what: string;
  /** True if nobody knows whether posts are refused afterwards. */
  readonly isDoubtful?: boolean;
}

/** Something that the network alone can know about, in sentences for people. */
export interface Remark {
  /** Stays the same, whatever the words. */
  readonly code: string;
  /** A note is no fault: something that no program can see, and people should look at. */
  readonly severity: 'note' | 'warning' | 'error';
  readonly message: string;
  readonly remedy: string;
}

/** When access ends as its stored credentials say: an access token that renews itself does not count. */
export function endsOfCredentials(credentials: Credentials | undefined): readonly AccessEnd[] {
  if (credentials === undefined) return [];
  const { secrets, expiresAt, grantEndsAt } = credentials;
  const isRenewed = Boolean(secrets.REFRESH_TOKEN);
  const ends: AccessEnd[] = [];
  if (expiresAt !== undefined && !isRenewed) {
    ends.push({ code: 'token', at: expiresAt, what: 'its token' });
  }
  if (grantEndsAt !== undefined) {
    ends.push({ code: 'grant', at: grantEndsAt, what: 'what was granted to it' });
  }
  return ends;
}
