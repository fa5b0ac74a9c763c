/** Why a page or a file of the web could not be had. The message is a sentence for people, with a remedy. */
export class FetchError extends Error {
  override readonly name = 'FetchError';
  /** `refused`: Carillon does not go there. `failed`: it tried. */
  readonly kind: 'refused' | 'failed';

  constructor(kind: 'refused' | 'failed', message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}
