import type { AccountLimits, LimitOwner } from '../core/limits.ts';
import type { Post, Receipt } from '../core/post.ts';
import type { Terms } from '../core/prices.ts';
import type { PublicationError, PublicationState } from '../core/publication.ts';
import type { PlannedWakeUp } from '../core/wake-up.ts';
import type { Hold } from './ledger.ts';

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
