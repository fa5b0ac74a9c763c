import type { Account } from '../core/account.ts';
import type { Article } from '../core/article.ts';
import type { Clock } from '../core/clock.ts';
import type { AccountCredentials } from '../core/credentials.ts';
import type { ImageRules } from '../core/image-rules.ts';
import type { KnownLimit, LimitSighting } from '../core/limits.ts';
import type { Mentionable } from '../core/person.ts';
import type { Length, Post, PostLabels, Receipt } from '../core/post.ts';
import type { Charges, PriceTable } from '../core/prices.ts';
import type { AccountFacts } from './account-facts.ts';
import type { Connector } from './connector.ts';

/**
 * A social network that Carillon can publish to.
 *
 * Each folder beside this file holds one and registry.ts lists them. Nothing outside src/networks knows a
 * network by name. The composer and the session are loaded on demand: the registry itself loads no SDK, so
 * a worker carries its own network's only.
 */
export interface Network {
  /** Names the network in config, queues and ledger, so it never changes. */
  readonly id: string;
  /** What people call it. */
  readonly displayName: string;
  /** Origin of the real API. */
  readonly apiUrl: string;
  /**
   * The sets of secrets of which one must be complete in the environment; fields as in `CARILLON_<ACCOUNT>_<FIELD>`.
   * A set with tokens makes connecting needless. Empty: none needed.
   */
  secrets(settings: Readonly<Record<string, unknown>>): readonly (readonly string[])[];
  /** Which account it is, as far as the config says: `@newsroom`, `the Page 1000200030004`. */
  accountName(settings: Readonly<Record<string, unknown>>): string | undefined;
  /** The sets of tokens of which one gives access to an account; `connect` obtains one. Empty: none needed. */
  tokens(settings: Readonly<Record<string, unknown>>): readonly (readonly string[])[];
  /** Limits of posts that hold before any answer has named them. */
  readonly limits: readonly KnownLimit[];
  /** Fields of secrets that say which app it is, the best first: accounts with the same share the app's limits. */
  readonly appFields: readonly string[];
  /** True if people post by hand what Carillon prepares. */
  isAssisted(settings: Readonly<Record<string, unknown>>): boolean;
  /** Where a person posts by hand, for an assisted account. */
  composerUrl(settings: Readonly<Record<string, unknown>>): string | undefined;
  /** Domains that its pages are on, those below included. */
  readonly sites: readonly string[];
  /** Reads the address of a post that a person gives, or answers undefined if it is none of this network's. */
  parsePostUrl(url: string): Receipt | undefined;
  /** How a post is looked at by somebody who is not logged in. */
  readonly publicLook: PublicLook;
  /** Why the same text may not stand on two accounts, as half a sentence and a whole one; missing: it may. */
  readonly twinRule?: string;
  /** How it draws the card of a link; undefined: it shows none. */
  readonly card?: CardRules;
  /** What it asks for; missing if it costs nothing. The config may say otherwise. */
  readonly prices?: PriceTable;
  loadComposer(): Promise<Composer>;
  /** How a person gives us access to an account. */
  loadConnector(): Promise<Connector>;
  /** Loads what sessions are made with, its SDK, which takes a moment: a worker does before anything is due. */
  loadSessions(): Promise<unknown>;
  /** Opens a session for one account. Sends nothing until the session is used. */
  connect(account: Account, io: NetworkIo): Promise<Session>;
}

/** What a network shows to somebody who is not logged in. None of it could be tried on real accounts. */
export interface PublicLook {
  address(receipt: Receipt): string;
  /** Statuses that say that the post is not there for strangers. */
  readonly hidden: readonly number[];
  /** True if any answer with success says that it is there; else its words must be on the page. */
  readonly isProof: boolean;
  /** How a page with success says that it is not there. */
  readonly hiddenWords?: RegExp;
  /** What to do when it is not there for strangers. */
  readonly advice: string;
}

/** How a network draws the card of a link, from what the page says of itself. */
export interface CardRules {
  /** The tags that count: those of X and then Open Graph, or Open Graph alone. */
  readonly tags: 'twitter' | 'open-graph';
  /** A smaller image is not shown. In pixels. */
  readonly leastImage: ImageSize;
  /** A smaller image makes a small card. In pixels. */
  readonly largeImage: ImageSize;
}

export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** Lays articles out by one network's rules. Pure: the same article always gives the same post. */
export interface Composer {
  /**
   * The article by a template, the network's own unless the options name one. Within the limit, unless the
   * words of the template alone are longer.
   */
  compose(article: Article, options: ComposeOptions): Composition;
  /** Own words with their placeholders filled in, and never altered otherwise: may come out too long. */
  composeOwnWords(words: string, article: Article, options: ComposeOptions): Composition;
  /** Length of a text as the network counts it. */
  measure(text: string, settings: Readonly<Record<string, unknown>>): Length;
  /** What the network takes of images. */
  readonly images: ImageRules;
  /** Of the labels that it takes through its API, nothing; of the others, what people do by hand instead. */
  readonly byHand: Readonly<Partial<Record<keyof PostLabels, string>>>;
  /** How often the network charges for what; missing if it costs nothing. */
  chargesOf?(post: Post): Charges;
  /** Of each part, the words that alone make it dearer and that nobody may have meant as links. */
  findDearWords?(post: Post): readonly (readonly string[])[];
  /** What nobody knows yet about threads on the real network; missing if it has none. */
  readonly threadCaution?: string;
}

export interface ComposeOptions {
  readonly settings: Readonly<Record<string, unknown>>;
  /** How many images go with the post. */
  readonly images: number;
  /** What followers open; the article's own link unless given. */
  readonly link?: string | undefined;
  /** A template instead of the network's own. */
  readonly template?: string | undefined;
  /** The most hashtags, instead of the network's own number. */
  readonly hashtags?: number | undefined;
  /** The most posts of a thread; one post unless given, and on networks without threads. */
  readonly thread?: number | undefined;
  /** IANA name, for dates; UTC unless given. */
  readonly timezone?: string | undefined;
  /** Whom the post may mention, and nobody wonders about. */
  readonly people?: readonly Mentionable[] | undefined;
}

export interface Composition {
  readonly text: string;
  readonly thread?: readonly string[];
  /** The link that the network is to show as a card, if it takes one beside the text. */
  readonly link?: string;
  /** Of the text, or of the first post of a thread. */
  readonly length: Length;
  /** Of the further posts of a thread. */
  readonly threadLengths?: readonly Length[];
  /** Sentences for people: nothing is wrong, but they should know. */
  readonly warnings: readonly string[];
  /** What the network is known to refuse, with the remedy: nothing goes out until it is mended. */
  readonly refusals?: readonly string[];
}

/** One account on one network, ready to publish. Methods never retry: the ledger does. */
export interface Session {
  /**
   * Does all that comes before the request that makes a part of the post visible: uploads, unpublished
   * posts, tokens. Followers see nothing of it, so it may be repeated freely.
   *
   * @param part which text of the post, counted from 0
   * @returns what `publish` needs; plain JSON, stored in the ledger and given back to later attempts as `draft`
   * @throws {PublishError} never OutcomeUnknownError: nothing visible can have happened
   */
  prepare(post: Post, part: number, draft: Draft | undefined, signal: AbortSignal): Promise<Draft>;

  /**
   * Makes the part visible, with exactly one request, and resolves once the network has confirmed it with
   * an id. No byte of the request leaves unless `send.isFresh()` right before, once the socket is connected.
   *
   * @throws {PublishError} OutcomeUnknownError whenever the post may be live
   */
  publish(post: Post, part: number, draft: Draft, send: SendWindow): Promise<Receipt>;

  /**
   * Looks for posts on the account that may be this part, newest first. All that match are given: the
   * ledger knows which of them belong to other publications.
   *
   * @throws {PublishError} if the account could not be read; UnauthorizedError or RejectedError if it never can
   */
  find(post: Post, part: number, options: FindOptions): Promise<readonly RemotePost[]>;

  /** The account's own posts since an instant, newest first, for `verify`. */
  recent(since: Date, signal: AbortSignal): Promise<readonly RemotePost[]>;

  /** True if what the account shows is this part: the network's own changes to text and links undone. */
  matches(post: Post, part: number, remote: RemotePost): boolean;

  /** Removes what `prepare` left behind for a publication that will not be published. */
  discard(draft: Draft, signal: AbortSignal): Promise<void>;

  /** Deletes a post. Resolves also if it is already gone. */
  remove(remoteId: string, signal: AbortSignal): Promise<void>;

  /**
   * Changes the text of a post that is out, and nothing else of it. Missing where the network cannot. To ask for the
   * same again is harmless. @throws {PublishError} RejectedError if it never will
   */
  edit?(remoteId: string, post: Post, signal: AbortSignal): Promise<void>;

  /** Reads one post by its id; undefined if it is not there. Missing where nothing can be edited. */
  read?(remoteId: string, options: ReadOptions): Promise<RemotePost | undefined>;

  /** Says whose account this is, such as `@newsroom`. */
  identify(signal: AbortSignal): Promise<string>;

  /**
   * Reads what stands in the way of the account's posts, now or later, for `doctor`. Changes nothing, and costs no
   * more than a single look at the account.
   *
   * @throws {PublishError} if the account cannot be read at all
   */
  examine(signal: AbortSignal): Promise<AccountFacts>;
}

/** What an attempt prepared and a later one may use again. `part` says for which text of the post. */
export interface Draft {
  readonly part: number;
  readonly [key: string]: unknown;
}

/** The time in which a request may be written. */
export interface SendWindow {
  /** False once the attempt has run out of time by either of two clocks: then nothing may be sent. */
  isFresh(): boolean;
  /** Aborts when the request's total time is over. */
  readonly signal: AbortSignal;
  /** Ids of the parts of this post that are already up, in order. */
  readonly earlier: readonly string[];
}

export interface FindOptions {
  /** Nothing older than this can be the post. */
  readonly since: Date;
  readonly draft: Draft | undefined;
  readonly signal: AbortSignal;
}

export interface ReadOptions {
  /** The post is not older than this. */
  readonly since: Date;
  readonly signal: AbortSignal;
}

/** A post as the account shows it. */
export interface RemotePost extends Receipt {
  /** As people read it: entities decoded, short links expanded, NFC. */
  readonly text: string;
  /** Addresses of cards and links, expanded. */
  readonly links: readonly string[];
  readonly createdAt: Date;
}

/** The outside world, handed in so that tests can stand in for it. */
export interface NetworkIo {
  readonly clock: Clock;
  /** Total time for one request. */
  readonly requestTimeoutMs: number;
  /** Of the session's account. Asked before `begin` only: see Session.prepare. */
  readonly credentials: AccountCredentials;
  /** Bytes of an image by its hash. */
  media(hash: string): Promise<Buffer>;
  /** Told what an answer has said of the network's limits, whatever else came of it. Must come back at once. */
  readonly sawLimit?: (sighting: LimitSighting) => void;
  /** Facebook only: see PublishingSettings. */
  readonly facebook: 'two-phase' | 'direct';
}
