import { createHash } from 'node:crypto';

const sandboxToken = /^sandbox:([^\s]+)$/;
const issuedToken = /^sandbox-(?:access|refresh|user):([^:\s]+):/;

/** The account that a token stands for: any token is good here, and each has an account of its own. */
export function accountOfToken(token: string): string {
  const named = sandboxToken.exec(token)?.[1] ?? issuedToken.exec(token)?.[1];
  return named ?? `token-${shortHash(token)}`;
}

/** The token in an `Authorization: Bearer …` header. */
export function bearerToken(authorization: string | undefined): string | undefined {
  return /^Bearer\s+(\S.*)$/i.exec(authorization ?? '')?.[1]?.trim();
}

/** A number that always belongs to the same name, of exactly `digits` digits. */
export function numberFor(name: string, digits: number): string {
  const hash = BigInt(`0x${createHash('sha256').update(name).digest('hex').slice(0, 24)}`);
  const low = 10n ** BigInt(digits - 1);
  return String(low + (hash % (9n * low)));
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
