import type { LimitOwner } from './limits.ts';

interface ErrorFacts {
  readonly code: string;
  readonly advice?: string | undefined;
  readonly cause?: unknown;
}

/**
 * Why an attempt did not end with a receipt. The class says what happens next; nothing is ever decided
 * by the words of a message.
 */
abstract class PublishError extends Error {
  /** `<network>:<their code>`, such as `facebook:190`, or `<network>:timeout`. Stable: people search for it. */
  readonly code: string;
  /** What a person should do, where the class alone does not say it. */
  readonly advice: string | undefined;

  constructor(message: string, options: ErrorFacts) {
    super(message, { cause: options.cause });
    this.code = options.code;
    this.advice = options.advice;
  }
}

/** Nothing was published, provably: the same request may work later. Spends an attempt. */
export class TransientError extends PublishError {
  override readonly name = 'TransientError';
}

/** Nothing was published, provably: the network asks to wait. Spends no attempt. */
export class RateLimitedError extends PublishError {
  override readonly name = 'RateLimitedError';
  readonly retryAt: Date;
  /** Whose limit it is; undefined if the network has asked for nothing, and only this attempt waits. */
  readonly of: LimitOwner | undefined;

  constructor(
    message: string,
    options: ErrorFacts & {
      readonly retryAt: Date;
      readonly of?: LimitOwner | 'nobody' | undefined;
    },
  ) {
    super(message, options);
    const { retryAt, of = 'account' } = options;
    this.retryAt = retryAt;
    this.of = of === 'nobody' ? undefined : of;
  }
}

/** The request may have left and no clear answer came: the post may be live. Looked for before anything else. */
export class OutcomeUnknownError extends PublishError {
  override readonly name = 'OutcomeUnknownError';
}

/** This post is refused, and would be again. */
export class RejectedError extends PublishError {
  override readonly name = 'RejectedError';
  /** The network says that this very post is already there: after an unknown attempt, evidence of success. */
  readonly isDuplicate: boolean;

  constructor(message: string, options: ErrorFacts & { readonly isDuplicate?: boolean }) {
    super(message, options);
    this.isDuplicate = options.isDuplicate ?? false;
  }
}

/** The whole account is refused (token dead, suspended, no credits): it is held until a person mends it. */
export class UnauthorizedError extends PublishError {
  override readonly name = 'UnauthorizedError';
}

export type AnyPublishError =
  | TransientError
  | RateLimitedError
  | OutcomeUnknownError
  | RejectedError
  | UnauthorizedError;

export function isPublishError(error: unknown): error is AnyPublishError {
  return error instanceof PublishError;
}
