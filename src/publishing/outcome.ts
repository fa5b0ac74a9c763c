import type { PublishingSettings } from '../core/config.ts';
import { type AnyPublishError, isPublishError } from '../core/errors.ts';
import type { PublicationError } from '../core/publication.ts';
import type { Outcome } from '../ledger/attempts.ts';
import type { Hold } from '../ledger/ledger.ts';

export interface Circumstances {
  readonly account: string;
  readonly attempt: number;
  /** True if an earlier attempt ended without a clear answer. */
  readonly hadDoubt: boolean;
  /** True once the request may have left. */
  readonly hasBegun: boolean;
  readonly settings: PublishingSettings;
  readonly now: number;
  /** From 0 to 1. */
  readonly random: number;
}

const LONGEST_WAIT_MS = 3_600_000;

/** Turns what an attempt threw into the ledger's next step. The only place that decides it. */
export function outcomeOf(error: unknown, circumstances: Circumstances): Outcome {
  const { settings, account, hasBegun, now } = circumstances;
  const unknown = (said: PublicationError, isSaidToBeThere = false): Outcome => ({
    kind: 'unknown',
    error: said,
    lookAfterMs: settings.confirmAfterMs[0] ?? 0,
    isSaidToBeThere,
  });
  // A bug of ours, not an answer of the network.
  if (!isPublishError(error)) {
    const said = sayBug(error);
    return hasBegun ? unknown(said) : notSent(said, backoffMs(circumstances), true, settings);
  }

  const said = say(error, account);
  switch (error.name) {
    case 'TransientError':
      return notSent(said, backoffMs(circumstances), true, settings);
    case 'RateLimitedError':
      return {
        ...notSent(said, Math.max(1_000, error.retryAt.getTime() - now), false, settings),
        limit: error.of,
      };
    case 'OutcomeUnknownError':
      return hasBegun ? unknown(said) : notSent(said, backoffMs(circumstances), true, settings);
    case 'RejectedError':
      // After an attempt in doubt, "this is already there" is evidence of success: look it up.
      if (error.isDuplicate && circumstances.hadDoubt && hasBegun) return unknown(said, true);
      return { kind: 'rejected', error: said };
    case 'UnauthorizedError':
      return { kind: 'account-refused', error: said, hold: holdFor(error, now) };
  }
}

/** How long to wait before the next try: doubles with each, up to an hour, with jitter of a half. */
export function backoffMs({
  attempt,
  settings,
  random,
}: Pick<Circumstances, 'attempt' | 'settings' | 'random'>): number {
  const full = Math.min(settings.backoffMs * 2 ** Math.max(0, attempt - 1), LONGEST_WAIT_MS);
  return full * (0.5 + random / 2);
}

/** An error as people read it: a sentence, and one thing to do. */
function say(error: AnyPublishError, account: string): PublicationError {
  return { code: error.code, message: error.message, advice: adviceFor(error, account) };
}

function adviceFor(error: AnyPublishError, account: string): string {
  if (error.advice !== undefined) return error.advice;
  switch (error.name) {
    case 'TransientError':
      return 'Nothing to do: it is tried again by itself.';
    case 'RateLimitedError':
      return 'Nothing to do: it goes out when the network allows it again.';
    case 'OutcomeUnknownError':
      return 'Nothing to do: Carillon looks at the account and decides by what it finds.';
    case 'RejectedError':
      return error.isDuplicate
        ? 'Change the text, or look whether the account already shows it and run "carillon confirm" with its address.'
        : 'Change the post in the config and apply; it is then sent again.';
    case 'UnauthorizedError':
      return `Mend the access of ${account} ("carillon connect ${account}" where its tokens have ended), then run "carillon resume ${account}".`;
  }
}

function notSent(
  error: PublicationError,
  retryInMs: number,
  spendsAttempt: boolean,
  settings: PublishingSettings,
): Extract<Outcome, { kind: 'not-sent' }> {
  return { kind: 'not-sent', error, retryInMs, spendsAttempt, maxAttempts: settings.attempts };
}

function holdFor(error: AnyPublishError, now: number): Hold {
  return { kind: 'refused', by: 'carillon', reason: error.message, code: error.code, at: now };
}

function sayBug(error: unknown): PublicationError {
  const words = error instanceof Error ? error.message : String(error);
  return {
    code: 'carillon:bug',
    message: `Carillon itself failed: ${words}`,
    advice: 'Report it with the log of this moment; it is tried again where that is safe.',
  };
}
