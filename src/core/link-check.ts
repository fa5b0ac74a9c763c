import type { PublicationError } from './publication.ts';

/** What was found when the links of a post were followed. */
export interface LinkCheck {
  readonly links: readonly string[];
  readonly faults: readonly LinkFault[];
}

export interface LinkFault extends PublicationError {
  /** True if followers would not get to the article; false if only the card suffers. */
  readonly isFailure: boolean;
}
