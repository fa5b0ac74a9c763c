import { createHash } from 'node:crypto';
import type { Credentials, Grant, Renewal } from '../core/credentials.ts';

/** What is sealed: the credentials, and which of the environment's they have taken the place of. */
export interface StoredCredentials extends Omit<Credentials, 'version'> {
  /** Hash of the tokens that the environment held by then; absent: it held none. */
  readonly insteadOf?: string;
}

type Secrets = Readonly<Record<string, string>>;

/**
 * Names a set of tokens without telling them. Of those with a refresh token this alone counts: an access token beside
 * it is only a beginning.
 */
export function hashOfTokens(secrets: Secrets): string | undefined {
  const { REFRESH_TOKEN } = secrets;
  const named = REFRESH_TOKEN === undefined ? Object.entries(secrets).sort() : [REFRESH_TOKEN];
  if (named.length === 0) return undefined;
  return createHash('sha256').update(JSON.stringify(named)).digest('base64url').slice(0, 22);
}

/**
 * Which credentials count: those of the environment, unless the stored ones have taken their place. A token that
 * somebody puts into the environment anew counts again.
 */
export function chooseCredentials(
  stored: (StoredCredentials & { readonly version: number }) | undefined,
  environment: Secrets,
): Credentials | undefined {
  const hash = hashOfTokens(environment);
  if (stored !== undefined && (hash === undefined || stored.insteadOf === hash)) {
    const { insteadOf: _, ...credentials } = stored;
    return credentials;
  }
  return hash === undefined ? undefined : { secrets: environment, connectedAt: 0, version: 0 };
}

/** What a renewal makes of credentials. */
export function renewed(
  before: Credentials,
  { secrets, expiresAt, scopes }: Renewal,
  environment: Secrets,
  now: number,
): StoredCredentials {
  const { version: _, expiresAt: _ended, ...kept } = before;
  return {
    ...kept,
    secrets: { ...before.secrets, ...secrets },
    ...(expiresAt !== undefined && { expiresAt }),
    ...(scopes !== undefined && { scopes }),
    renewedAt: now,
    ...insteadOf(environment),
  };
}

/** What connecting makes of the credentials that were there, if there were any. */
export function connected(
  before: Credentials | undefined,
  grant: Grant,
  environment: Secrets,
  now: number,
): StoredCredentials {
  const { secrets, expiresAt, scopes, grantEndsAt, whose, forgets = [] } = grant;
  const kept = Object.entries(before?.secrets ?? {}).filter(([field]) => !forgets.includes(field));
  const all = { scopes: scopes ?? before?.scopes, whose: whose ?? before?.whose };
  return {
    secrets: { ...Object.fromEntries(kept), ...secrets },
    ...(expiresAt !== undefined && { expiresAt }),
    ...(grantEndsAt !== undefined && { grantEndsAt }),
    ...(all.scopes !== undefined && { scopes: all.scopes }),
    ...(all.whose !== undefined && { whose: all.whose }),
    connectedAt: now,
    ...insteadOf(environment),
  };
}

function insteadOf(environment: Secrets): { insteadOf?: string } {
  const hash = hashOfTokens(environment);
  return hash === undefined ? {} : { insteadOf: hash };
}
