import type { AccountLimits, LimitOwner, LimitSighting } from '../core/limits.ts';
import type { LinkCheck } from '../core/link-check.ts';
import type { Media, Post, Receipt } from '../core/post.ts';
import type { Terms } from '../core/prices.ts';
import type {
  Intent,
  Publication,
  PublicationError,
  PublicationState,
  StoryEvent,
} from '../core/publication.ts';
import type { PlannedWakeUp } from '../core/wake-up.ts';
import type { Archived } from './archived.ts';
import type { Holding } from './holding.ts';
import type { Recoveries } from './recoveries.ts';
import type { Retractions } from './retractions.ts';
import type { Sights } from './sights.ts';
import type { Tallies } from './tallies.ts';

/**
 * The lasting record of every publication, and the only judge of what may be sent. Each method is one atomic
 * step that checks the state it expects, by the clock of Redis; a step that comes too late, twice or from a
 * worker that lost its claim changes nothing and says so. An acknowledged step is durable.
 */
export interface Ledger
  extends Archived,
    Holding,
    Recoveries,
    Retractions,
    Sights,
    Tallies,
    AsyncDisposable {
  // What apply does.
  /** Takes up a new publication, or one that apply had cancelled. Answers false if it is there already. */
  add(intent: Intent, because?: string): Promise<PlanStep>;
  /** Gives a publication another time or post; the story says why. Refused once it is being sent. */
  amend(intent: Intent, expectedGeneration: number, because?: string): Promise<PlanStep>;
  /** Records that a publication came up when it was too late for it. */
  addMissed(intent: Intent, error: PublicationError): Promise<Step>;
  /** Makes a publication missed for which the rules leave no time any more. Refused once it is being sent. */
  leaveOut(intent: Intent, expectedGeneration: number, error: PublicationError): Promise<Step>;
  /** Takes a publication out. Refused, with the state, once its request may have left. */
  cancel(publication: string, by: string): Promise<Step>;

  // What a worker does.
  /**
   * Asks what to do for a job. The ledger decides by its own clock: publish under a new fencing token, look at
   * the account, hand over to a person, wait, or go home.
   */
  claim(publication: string, generation: number, claimant: Claimant): Promise<Directive>;
  /** Keeps what was prepared, for later attempts. False if the claim is lost. */
  saveDraft(publication: string, fence: number, draft: unknown): Promise<boolean>;
  /**
   * The write-ahead mark: once it answers `begun`, it is on disk, and the request may be written until the
   * window ends. Any other answer forbids it.
   */
  begin(publication: string, fence: number, part: number, windowMs: number): Promise<BeginAnswer>;
  /** Records how an attempt ended. A receipt counts from anyone at any time; the rest only with the live fence. */
  finish(publication: string, fence: number, outcome: Outcome): Promise<FinishAnswer>;
  /** Records what a look at the account has shown. Counts once per look. */
  judge(publication: string, look: LookId, verdict: Verdict): Promise<FinishAnswer>;

  // Limits of accounts and apps: claim asks them, and reserves what it lets go.
  /** Takes up what answers of the network have said of limits. `app` as in AccountLimits. */
  sawLimits(
    account: string,
    app: string | undefined,
    sightings: readonly LimitSighting[],
  ): Promise<void>;
  /** Lets the first of every line go on whose time has come. Answers the jobs that it takes. */
  advanceLines(): Promise<readonly PlannedWakeUp[]>;
  /** The accounts of which a limit holds publications back. */
  lines(): Promise<readonly LimitedLine[]>;

  /** Takes the next draft of a network that will not be published, to be removed there. */
  takeDiscard(network: string): Promise<Discard | undefined>;

  // What the scheduler does.
  /** Publications whose next step is due by then, soonest first. */
  wakeable(until: number, limit: number): Promise<readonly Wakeable[]>;
  /** When the soonest of them is due; undefined if nothing will ever happen by itself. */
  nextWakeAt(): Promise<number | undefined>;
  /** Publications that a worker has in its hands. */
  underWay(): Promise<readonly Wakeable[]>;
  /** A page of all publications that have a next step, soonest first. */
  withWake(offset: number, limit: number): Promise<readonly Wakeable[]>;
  /** Takes back a claim or a sending whose time is over, or whose worker is known to be gone. */
  expire(publication: string, fence: number, options: ExpireOptions): Promise<Step>;
  /** Gives the publication a new generation, so that a fresh job can be made for it. */
  renew(publication: string, expectedGeneration: number): Promise<Step>;
  /** Marks a publication whose last instant has passed without a request. */
  miss(publication: string): Promise<Step>;

  /**
   * Keeps what was found at the links of a post and tells it in its story. Changes nothing else, whatever the
   * state. False if the same is known already.
   */
  noteLinks(publication: string, check: LinkCheck): Promise<boolean>;

  // What people do.
  confirm(publication: string, receipt: Receipt, by: string): Promise<Step>;
  retry(publication: string, by: string, options: RetryOptions): Promise<Step>;
  /** Approves exactly this text for exactly this time, and lets it go on if it waited for that. */
  approve(
    publication: string,
    shown: ShownForApproval,
    by: string,
    options?: LetGoOptions,
  ): Promise<ApproveStep>;
  /**
   * Gives a publication another time, which stays until the config says another one than it did. Refused where
   * `amend` would be, and for a time whose last moment has passed.
   */
  move(publication: string, due: number, by: string): Promise<PlanStep>;
  /** Holds what is due, for one account or all (`*`), from the next byte on. */
  pause(account: string, hold: Hold): Promise<boolean>;
  /** Lets waiting publications go on, `gapMs` apart for each account; what is too late is missed. */
  resume(account: string, by: string, gapMs: number): Promise<ResumeAnswer>;
  holds(): Promise<ReadonlyMap<string, Hold>>;
  freeze(reason: string, by: string): Promise<boolean>;
  /** Freezes it for another reason, whatever it was frozen for. */
  freezeAnew(reason: string, by: string): Promise<void>;
  /** Lets a frozen ledger go on: tokens continue above `fence`, and what is due until `lookUntil` is looked for first. */
  thaw(by: string, options: { fence: number; lookUntil: number }): Promise<boolean>;
  frozen(): Promise<Frozen | undefined>;
  /** A name of its own, given to it once: a ledger that was emptied has another one. */
  id(): Promise<string>;
  /** The last fencing token given. 0: this ledger has never let anything be sent. */
  lastFence(): Promise<number>;
  /** After a restore: what comes new in this time may have gone out before, and is looked for first. */
  lookForNew(forMs: number): Promise<void>;
  /**
   * After a restore: puts a record that stands alone where it belongs, and lets what is due within this time be looked
   * for before it is sent.
   */
  settle(publication: string, lookForMs: number): Promise<void>;
  /** Replays a line of a worker's journal: what the ledger must have known. */
  witness(testimony: Testimony): Promise<Step>;

  // Money.
  /** Lets go on what was held for lack of money and has room by now, by account, `gapMs` apart. Answers their names. */
  reconsider(terms: ReadonlyMap<string, Terms>, gapMs: number): Promise<readonly string[]>;
  /** Lets one that is held for lack of money go out all the same: exactly this text, at this time. */
  exceedBudget(
    publication: string,
    shown: ShownForApproval,
    by: string,
    options?: LetGoOptions,
  ): Promise<Step>;
  /** What was spent, and what is set aside for what is under way, by month, currency and account. */
  monthlySums(): Promise<readonly MonthlySum[]>;

  // What everyone may read.
  get(publication: string): Promise<Publication | undefined>;
  post(publication: string): Promise<Post | undefined>;
  /** The posts of publications with these names, by name. */
  posts(publications: readonly string[]): Promise<ReadonlyMap<string, Post>>;
  list(states?: readonly PublicationState[]): Promise<readonly Publication[]>;
  /** The publications with these names, in their order; undefined where there is none. */
  getMany(publications: readonly string[]): Promise<readonly (Publication | undefined)[]>;
  story(publication: string): Promise<readonly StoryEvent[]>;
  /** What was last found at the links of its post. */
  linkCheck(publication: string): Promise<KnownLinkCheck | undefined>;
  /** The publication of an account that a post there belongs to. */
  ownerOf(account: string, remoteId: string): Promise<string | undefined>;
  /** Posts recorded for a publication beyond the one it wanted. Empty, as long as the first promise holds. */
  duplicates(): Promise<readonly string[]>;
  /** Milliseconds since 1970 by the clock that decides. */
  now(): Promise<number>;

  // Images.
  putMedia(media: Media, bytes: Buffer): Promise<void>;
  /** True if the image is there: then it stays until a publication that is about to come can name it. */
  wantMedia(hash: string): Promise<boolean>;
  media(hash: string): Promise<Buffer>;
  /** Removes the images that no publication that may still be sent names. Answers how many. */
  removeMedia(options: RemoveMediaOptions): Promise<number>;
}

/** Sums in millionths of the currency. */
export interface MonthlySum {
  /** `2026-12`, by the clocks of the config of that time. */
  readonly month: string;
  readonly currency: string;
  /** `*` for all of them. */
  readonly account: string;
  readonly spent: number;
  readonly reserved: number;
}

export interface RemoveMediaOptions {
  /** How long an image stays after it was last wanted, whatever names it. */
  readonly unwantedMs: number;
  /** How long after its time a failed or missed publication keeps its images, for a retry. */
  readonly retryMs: number;
}

export interface KnownLinkCheck extends LinkCheck {
  /** How long ago, by the clock of Redis. */
  readonly ageMs: number;
}

/** `changed` tells whether the step was taken; if not, `state` tells why. */
export interface Step {
  readonly changed: boolean;
  readonly state: PublicationState | 'claimed' | 'missing';
  readonly generation: number;
}

export interface PlanStep extends Step {
  /** The time it was given: milliseconds since 1970. */
  readonly due: number;
  /** How long until then, by the clock of Redis. */
  readonly dueInMs: number;
  /** The trace that begins with this step, where traces are wanted. */
  readonly trace?: string;
}

/** What somebody has seen and approves. */
export interface ShownForApproval {
  readonly fingerprint: string;
  readonly due: number;
}

export interface LetGoOptions {
  /** How long it waits at least, so that many that go on at once do not come in one burst. Default 0. */
  readonly waitMs?: number;
}

export interface ApproveStep extends Step {
  /**
   * Why not, if the step was not taken: it needs no approval, it is not as it was shown, it is a draft, it is
   * approved already, or its state does not let it.
   */
  readonly because: 'not-asked' | 'changed' | 'draft' | 'approved' | 'state' | undefined;
}

export interface Claimant {
  /** Names the process: see senders.ts. */
  readonly sender: string;
  readonly leaseMs: number;
  readonly assisted: boolean;
  /** More than this late and never tried: looked for before it is sent. */
  readonly lookIfLateMs: number;
  /** What is known of the account's limits; missing: nothing but what answers have said. */
  readonly limits?: AccountLimits | undefined;
  /** What the account pays and may spend; missing if it costs nothing. */
  readonly terms?: Terms | undefined;
}

/** The publications of one account that a limit holds back. */
export interface LimitedLine {
  readonly account: string;
  readonly network: string;
  readonly waiting: number;
  /** When the limit ends: milliseconds since 1970. Past: they go out one after the other. */
  readonly until: number;
  readonly of: LimitOwner;
}

export type Directive =
  | { readonly to: 'publish'; readonly claim: Claim }
  | { readonly to: 'look'; readonly look: Look }
  | {
      readonly to: 'wait';
      readonly inMs: number;
      readonly because: string;
      /** Given once for each limit: how long it lasts, and whose it is. */
      readonly limit?: { readonly forMs: number; readonly of: LimitOwner };
    }
  | { readonly to: 'go-home'; readonly because: string };

/** The right to try once, until the lease ends. */
export interface Claim {
  readonly fence: number;
  /** The last token under which a request for this publication may have left. 0: none. */
  readonly begunFence: number;
  /** The last part that was begun under it. */
  readonly begunPart: number;
  readonly attempt: number;
  readonly post: Post;
  readonly draft: unknown;
  /** Parts that are up already. */
  readonly parts: readonly Receipt[];
  /** True if an earlier attempt ended without a clear answer, and nobody has said since that it is not live. */
  readonly hadDoubt: boolean;
  readonly due: number;
  /** Which trace its apply began, if any. */
  readonly trace?: string;
}

/** Which look it is, of which doubt: a verdict that comes late is not taken for that of a later doubt. */
export interface LookId {
  /** How many looks have found nothing so far. */
  readonly number: number;
  /** When the doubt began. */
  readonly doubtAt: number;
}

export interface Look extends LookId {
  readonly post: Post;
  readonly part: number;
  readonly draft: unknown;
  readonly parts: readonly Receipt[];
  /** Nothing older can be the post. */
  readonly since: number;
  /** The process that may still be sending, unless it is known that it is not. */
  readonly sender: string | undefined;
  /** True if it was never tried as far as the ledger knows: one look is enough. */
  readonly isPrecaution: boolean;
  readonly attempt: number;
  /** True if the network itself has said that the post is there, whatever a look shows. */
  readonly isSaidToBeThere: boolean;
  /** How many looks in a row led to nothing: the account could not be read, or contradicts the network. */
  readonly failures: number;
  /** Which trace its apply began, if any. */
  readonly trace?: string;
}

export type BeginAnswer =
  | { readonly begun: true }
  | {
      readonly begun: false;
      /** `unsettled`: the mark is made and might not last; nothing may be sent under it. */
      readonly because: 'paused' | 'frozen' | 'too-late' | 'limited' | 'lost' | 'unsettled';
    };

export type Outcome =
  | {
      readonly kind: 'posted';
      readonly part: number;
      readonly receipt: Receipt;
      readonly leaseMs: number;
    }
  | { readonly kind: 'rejected'; readonly error: PublicationError }
  | {
      readonly kind: 'not-sent';
      readonly error: PublicationError;
      readonly retryInMs: number;
      /** False where the network asked to wait, or the attempt was called off. */
      readonly spendsAttempt: boolean;
      readonly maxAttempts: number;
      /** Set where the network asked to wait: whose limit it is. It then holds for all their publications. */
      readonly limit?: LimitOwner | undefined;
    }
  | { readonly kind: 'account-refused'; readonly error: PublicationError; readonly hold: Hold }
  | {
      readonly kind: 'unknown';
      readonly error: PublicationError;
      readonly lookAfterMs: number;
      /** True if the network says that it has the post already: then absence proves nothing. */
      readonly isSaidToBeThere: boolean;
    };

export type Verdict =
  | { readonly kind: 'found'; readonly part: number; readonly receipt: Receipt }
  | {
      readonly kind: 'absent';
      /** True if this look settles it: late enough, and the sender is gone. */
      readonly isFinal: boolean;
      /** Milliseconds since 1970, by the clock of Redis. */
      readonly lookAt: number;
      readonly maxAttempts: number;
    }
  | {
      /** The account cannot be read, or does not show what the network has said to be there. */
      readonly kind: 'unreadable' | 'contradicted';
      readonly error: PublicationError;
      readonly lookInMs: number;
    };

/** How things stand after the step. `claimed` after a posted part: the thread goes on under the same claim. */
export interface FinishAnswer {
  readonly state: PublicationState | 'claimed' | 'missing';
  /** False if the ledger did not take the word: a lost claim, or a post that belongs to another publication. */
  readonly accepted: boolean;
  readonly generation: number;
  /** How long until something happens next, by the clock of Redis; undefined if nothing does. */
  readonly nextInMs: number | undefined;
  /** True if this receipt is a second, different one: a duplicate is live. */
  readonly isDuplicate: boolean;
  /** The publication of the same account that a limit held back and whose turn it is now. */
  readonly wakes?: PlannedWakeUp;
  /** True if this is the first that anybody hears of a limit. */
  readonly isNewLimit?: true;
}

export interface Discard {
  readonly publication: string;
  readonly account: string;
  readonly draft: unknown;
}

export interface Wakeable {
  readonly publication: string;
  readonly network: string;
  readonly account: string;
  readonly state: PublicationState | 'claimed';
  readonly generation: number;
  readonly fence: number;
  readonly sender: string | undefined;
  readonly publishBy: number;
  readonly attempts: number;
  /** How long until its next step is due, by the clock of Redis; negative if it is overdue. */
  readonly wakeInMs: number;
  /** Which trace its apply began, if any. */
  readonly trace?: string;
}

export interface ExpireOptions {
  /** True if the worker is known to have ended: then its time need not be over. */
  readonly senderIsGone: boolean;
  /** When the first look at the account comes, if the request may have left. */
  readonly lookAfterMs: number;
}

export interface RetryOptions extends LetGoOptions {
  /** A person has looked and says that it is not live. */
  readonly notPosted: boolean;
  /** How long it may then still go out. */
  readonly publishByMs: number;
}

export interface Hold {
  /** `operator`, or `refused` where the network refuses the account. */
  readonly kind: 'operator' | 'refused';
  readonly by: string;
  readonly reason: string;
  readonly code?: string;
  readonly at: number;
}

export interface ResumeAnswer {
  readonly wasHeld: boolean;
  readonly resumed: number;
  readonly missed: number;
}

export interface Frozen {
  readonly reason: string;
  readonly by: string;
  readonly at: number;
}

/** What a worker's journal says of one publication. */
export interface Testimony {
  readonly kind: 'posted' | 'may-be-posted';
  readonly publication: string;
  readonly entry: string;
  readonly account: string;
  readonly network: string;
  readonly due: number;
  readonly fence: number;
  readonly part: number;
  readonly at: number;
  readonly receipt?: Receipt;
  readonly isLastPart?: boolean;
}
