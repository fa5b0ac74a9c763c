import type { NetworkName } from './call.ts';

/** An exchange of a refresh token, as it was asked for. */
export interface TokenExchange {
  readonly network: NetworkName;
  readonly account: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** False: the token was spent already, or is none. */
  readonly isTaken: boolean;
}

/** What the sandbox says of the tokens it gives. Kept in memory only. */
export class TokenDesk {
  /** How long an access token of X lasts. */
  lifeSeconds = 7200;
  readonly #exchanges: TokenExchange[] = [];

  get exchanges(): readonly TokenExchange[] {
    return this.#exchanges;
  }

  note(exchange: TokenExchange): void {
    this.#exchanges.push(exchange);
  }

  /** Takes what was posted to /tokens. Answers a sentence if it cannot be used. */
  change(value: unknown): string | undefined {
    const { lifeSeconds } = (value ?? {}) as { lifeSeconds?: unknown };
    if (typeof lifeSeconds !== 'number' || !(lifeSeconds >= 1 && lifeSeconds <= 86_400))
      return '"lifeSeconds" is a number from 1 to 86400.';
    this.lifeSeconds = lifeSeconds;
    return undefined;
  }
}
