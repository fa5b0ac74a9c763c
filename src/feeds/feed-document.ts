/** A feed as its document has it: plain data, every text without markup, every link absolute where that can be. */
export interface FeedDocument {
  readonly title: string;
  readonly link?: string;
  readonly summary?: string;
  /** BCP 47, of all that says no other. */
  readonly language?: string;
  /** How long its publisher wants to be left alone between two looks. */
  readonly pauseMs?: number;
  /** False if the document ends before its end: there may be more next time. */
  readonly isWhole: boolean;
  readonly entries: readonly FeedEntry[];
}

/** What a feed says of one article. */
export interface FeedEntry {
  readonly title: string;
  /** What its publisher identifies it by: a guid, or an address. */
  readonly id?: string;
  readonly link?: string;
  /** The short version, if there is a longer one or not. */
  readonly summary?: string;
  /** The running text; paragraphs are separated by an empty line. */
  readonly content?: string;
  readonly author?: string;
  /** ISO 8601, an instant. */
  readonly published?: string;
  readonly updated?: string;
  readonly categories: readonly string[];
  readonly language?: string;
  readonly image?: { readonly url: string; readonly alt?: string };
}
