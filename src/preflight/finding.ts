/** Something about a link that people should know before a post with it goes out. */
export interface Finding {
  /** Stable: people search for it. */
  readonly code: FindingCode;
  /** A sentence that says what is the matter. */
  readonly message: string;
  /** A sentence that says what to do. */
  readonly advice: string;
  /** True if followers would not get to the article; false if only the card suffers. */
  readonly isFailure: boolean;
}

export type FindingCode = `preflight:${
  | 'unreachable'
  | 'private-address'
  | 'not-found'
  | 'login'
  | 'server-error'
  | 'no-page'
  | 'unreadable'
  | 'unfinished'
  | 'other-address'
  | 'no-image'
  | 'image-unreachable'
  | 'image-small'
  | 'no-card'}`;

export function failure(code: FindingCode, message: string, advice: string): Finding {
  return { code, message, advice, isFailure: true };
}

export function flaw(code: FindingCode, message: string, advice: string): Finding {
  return { code, message, advice, isFailure: false };
}
