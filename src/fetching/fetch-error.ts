/** Why a page or a file of the web could not be had. The message is a sentence for people, with a remedy. */
export class FetchError extends Error {
  override readonly name = 'FetchError';
  /** `refused`: Carillon does not go there. `failed`: it tried. */
  readonly kind: 'refused' | 'failed';
  /** What the server answered, if that is why. */
  readonly status: number | undefined;
  /** How long the server asks to be left alone, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: 'refused' | 'failed',
    message: string,
    cause?: unknown,
    status?: number,
    retryAfterMs?: number,
  ) {
    super(message, { cause });
    this.kind = kind;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}
