import { createHash, randomBytes } from 'node:crypto';

/** What a person has allowed an app, until the app exchanges the code for a token. */
export interface Grant {
  readonly account: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  /** What the hash of the verifier must be (PKCE, S256); undefined if the app sent none. */
  readonly challenge: string | undefined;
  readonly isOffline: boolean;
}

/** What an app shows for a code. */
export interface Redemption {
  readonly code: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly verifier: string;
}

/** The codes that are out. In memory only: a restarted sandbox knows none. */
export class Grants {
  readonly #now: () => number;
  readonly #lifeMs: number;
  readonly #codes = new Map<string, { readonly grant: Grant; readonly endsAt: number }>();

  constructor(now: () => number, lifeMs: number) {
    this.#now = now;
    this.#lifeMs = lifeMs;
  }

  issue(grant: Grant): string {
    const code = `sandbox-code-${randomBytes(18).toString('base64url')}`;
    this.#codes.set(code, { grant, endsAt: this.#now() + this.#lifeMs });
    return code;
  }

  /** The grant behind a code, once; else in words why there is none. A code that was shown wrongly is spent too. */
  redeem({ code, clientId, redirectUri, verifier }: Redemption): Grant | string {
    const kept = this.#codes.get(code);
    this.#codes.delete(code);
    if (!kept) return 'The code is unknown, or was used before.';
    const { grant, endsAt } = kept;
    if (this.#now() > endsAt) return 'The code has expired.';
    if (grant.clientId !== clientId) return 'The code is of another client.';
    if (grant.redirectUri !== redirectUri) return 'The redirect_uri is another than before.';
    const hash = createHash('sha256').update(verifier).digest('base64url');
    if (grant.challenge !== undefined && grant.challenge !== hash)
      return 'The code_verifier does not fit the code_challenge.';
    return grant;
  }
}
