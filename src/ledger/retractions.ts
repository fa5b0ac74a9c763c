import type { Post, Receipt } from '../core/post.ts';
import type { Charges } from '../core/prices.ts';
import type { PublicationError } from '../core/publication.ts';
import type { Step } from './ledger.ts';

/**
 * The part of the ledger that takes back and corrects what is out. A wish is recorded first, and is then carried out
 * by whoever takes it, as often as it takes: what it does to the network may be done twice without harm.
 */
export interface Retractions {
  /**
   * Wants a publication to be gone. What is being sent or looked for is taken back once it is known to be up, and
   * stays unsent if it is not. From then on nothing of it is sent. Refused if there is nothing of it to take back.
   */
  retract(publication: string, request: RetractionRequest): Promise<Step>;
  /** Takes the wish that has waited longest, or that of one publication, for the time of a lease. */
  takeRetraction(
    network: string,
    leaseMs: number,
    publication?: string,
  ): Promise<ToRetract | undefined>;
  /** What is known of the retraction of a publication, if anybody wanted it. */
  retraction(publication: string): Promise<KnownRetraction | undefined>;
  /** Records that the network has deleted a part, or does not have it. The last one makes it `retracted`. */
  partGone(publication: string, remoteId: string): Promise<Step>;
  /** Records why a part could not be deleted. Without `retryInMs` a person has to do something first. */
  retractionFailed(
    publication: string,
    error: PublicationError,
    retryInMs: number | undefined,
  ): Promise<Step>;
  /** Records that a person has deleted all of it. */
  retractedByHand(publication: string, by: string, reason: string): Promise<Step>;
  /** Tells a ledger that may have forgotten it what a journal knows of a retraction. */
  recallRetraction(retraction: KnownRetraction): Promise<Step>;

  /**
   * In one step: wants a publication to be gone, and plans another one in its place, which waits until it is.
   * Asked again, it answers the same.
   */
  correctAnew(publication: string, correction: CorrectionAnew): Promise<Step>;
  /** Wants the text of what is out to be changed. Refused unless it is published. */
  wantCorrection(publication: string, correction: Correction): Promise<Step>;
  /** As `takeRetraction`. */
  takeCorrection(
    network: string,
    leaseMs: number,
    publication?: string,
  ): Promise<ToCorrect | undefined>;
  /** Records that the network shows the new text. False if another one is wanted by now. */
  corrected(publication: string, toCorrect: ToCorrect): Promise<Step>;
  /** Records why not. Without `retryInMs` the wish is dropped, and what is out stays as it is. */
  correctionFailed(
    publication: string,
    toCorrect: ToCorrect,
    error: PublicationError,
    retryInMs: number | undefined,
  ): Promise<Step>;
}

export interface RetractionRequest {
  readonly by: string;
  /** Empty if none was given. */
  readonly reason: string;
  /** True if a person has to delete it. */
  readonly isByHand: boolean;
}

/** What is known of a retraction: enough to tell it to a ledger that has lost everything. */
export interface KnownRetraction {
  readonly publication: string;
  readonly entry: string;
  readonly account: string;
  readonly network: string;
  readonly due: number;
  /** All that is to be deleted, in the order in which it went out. */
  readonly parts: readonly Receipt[];
  /** The network's ids of what is deleted. */
  readonly gone: readonly string[];
  readonly by: string;
  readonly reason: string;
  /** When somebody wanted it. */
  readonly at: number;
  /** The publication in its place. */
  readonly correctedAs?: string;
}

export interface ToRetract extends KnownRetraction {
  /** How often it failed so far. */
  readonly tries: number;
}

export interface Correction {
  readonly post: Post;
  readonly fingerprint: string;
  readonly by: string;
}

export interface CorrectionAnew extends Correction {
  /** The name of what takes its place. */
  readonly name: string;
  readonly reason: string;
  readonly isByHand: boolean;
  readonly publishByMs: number;
  /** What the entry asks for: see Intent. */
  readonly asked: string;
  /** As the config wants it; who corrects has seen the post and approves it. */
  readonly approval?: { readonly status: string; readonly by?: string | undefined } | undefined;
  /** What its network charges for; missing if it costs nothing. */
  readonly charges?: Charges | undefined;
}

export interface ToCorrect extends Correction {
  readonly publication: string;
  readonly account: string;
  readonly remoteId: string;
  /** As it is out, as far as it is known. */
  readonly old: Post | undefined;
  readonly tries: number;
  readonly publishedAt: number;
}
