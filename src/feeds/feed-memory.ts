import type { Article } from '../core/article.ts';

/** What is remembered of a feed itself. Times are milliseconds since 1970. */
export interface FeedState {
  readonly url: string;
  readonly title?: string;
  /** When it was first read: what it had by then is the past. */
  readonly startedAt?: number;
  readonly askedAt: number;
  /** The last time that it could be read, or that nothing in it had changed. */
  readonly answeredAt?: number;
  /** When it is asked next. */
  readonly nextAt: number;
  /** How often in a row it could not be read. */
  readonly failures: number;
  /** Why it could not be read, in a sentence. */
  readonly error?: string;
  /** What people should know though it could be read, in a sentence. */
  readonly warning?: string;
  readonly version?: { readonly etag?: string; readonly lastModified?: string };
  /** When the newest article that was ever seen in it came out. */
  readonly newest?: number;
  /** The last time that it showed something new that is not taken, which people may wonder about. */
  readonly leftOut?: {
    readonly at: number;
    readonly count: number;
    readonly why: 'old' | 'import';
  };
}

/** Why an article of a feed does not go out. */
export type PassedOver = 'past' | 'categories' | 'old' | 'import' | 'empty';

/** What is remembered of one article of a feed. */
export interface KnownEntry {
  /** The id of the entry that it is, and the first part of the names of its publications. */
  readonly id: string;
  readonly title: string;
  readonly link?: string;
  readonly firstSeen: number;
  readonly published?: number;
  readonly categories: readonly string[];
  /** Equal as long as the feed says the same of it. */
  readonly version: string;
  /** Missing if it goes out. */
  readonly passed?: PassedOver;
  /** When it goes out. Once chosen it stays. */
  readonly due?: number;
  /** The accounts that the feed had when the time was chosen. */
  readonly to: readonly string[];
  /** Missing if it does not go out, or went out long ago. */
  readonly article?: Article;
}

/** What one look at a feed has shown, to be remembered as a whole or not at all. */
export interface Remembering {
  readonly state: FeedState;
  /** By the keys that each is recognised by. One that another process has remembered meanwhile is not taken again. */
  readonly fresh: readonly Keyed<KnownEntry>[];
  readonly changed: readonly Keyed<KnownEntry>[];
  /** Ids of those that are as they were. */
  readonly seen: readonly Keyed<{ readonly id: string }>[];
  /** Keys that identify nothing. */
  readonly ambiguous: readonly string[];
}

export type Keyed<T> = T & { readonly keys: readonly string[] };

/** The lasting memory of what feeds have given, beside the ledger. Each step is atomic, and durable once it is answered. */
export interface FeedMemory {
  state(feed: string): Promise<FeedState | undefined>;
  /** What is known of every feed that was ever asked, by its id. */
  states(): Promise<ReadonlyMap<string, FeedState>>;
  /** The entries that keys belong to, in the order of the keys. */
  find(feed: string, keys: readonly string[]): Promise<readonly (string | undefined)[]>;
  entries(feed: string, ids: readonly string[]): Promise<readonly (KnownEntry | undefined)[]>;
  /** Entries that go out, or went out, at this time or later. */
  dueSince(feed: string, since: number): Promise<readonly KnownEntry[]>;
  /** How many entries it knows, whether they go out or not. */
  count(feed: string): Promise<number>;
  remember(feed: string, remembering: Remembering): Promise<void>;
  /** Changes nothing but the state: after a look that showed nothing. */
  note(feed: string, state: FeedState): Promise<void>;
}
