import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { AuthorizationRequest } from '../networks/connector.ts';

/** A request that nobody can guess, for one use. */
export function newAuthorization(redirectUri: string): AuthorizationRequest {
  const codeVerifier = randomBytes(32).toString('base64url');
  return {
    redirectUri,
    state: randomBytes(32).toString('base64url'),
    codeVerifier,
    codeChallenge: createHash('sha256').update(codeVerifier).digest('base64url'),
  };
}

/** Compares in a time that tells nothing of where they differ. */
export function isSameSecret(one: string, other: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}
