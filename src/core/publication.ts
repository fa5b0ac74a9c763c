import type { Approval, WantedApproval } from './approval.ts';
import type { LimitOwner } from './limits.ts';
import type { Cost } from './money.ts';
import type { Post, Receipt } from './post.ts';
import type { Charges } from './prices.ts';
import type { Sight } from './sight.ts';

/**
 * What people are told. `claimed`, a moment between `scheduled` and `sending` that the ledger knows, shows
 * as `scheduled`.
 */
export const PUBLICATION_STATES = [
  'scheduled',
  'held',
  'sending',
  'unconfirmed',
  'published',
  'handoff',
  'failed',
  'missed',
  'cancelled',
  'retracted',
] as const;

export type PublicationState = (typeof PUBLICATION_STATES)[number];

/** One article for one account at one time, as the config wants it: the unit of intent and of idempotency. */
export interface Intent {
  /** `<entry>/<account>`, or `<entry>@<slot>/<account>` for a recurring entry. */
  readonly publication: string;
  readonly entry: string;
  readonly account: string;
  readonly network: string;
  /** Milliseconds since 1970; undefined means now, once, at the first apply. */
  readonly due: number | undefined;
  /**
   * What its entry asks for, before rules have their say: milliseconds since 1970 in digits, `now`, or `next-slot`.
   * Without it, what `due` says.
   */
  readonly asked?: string;
  /** True if its entry says now, and a rule has put it at a later time: it keeps that one. */
  readonly isPlannedNow?: boolean;
  /** How long after its time it may still go out. */
  readonly publishByMs: number;
  readonly post: Post;
  /** Says whether two posts would send the same: see fingerprintOf. */
  readonly fingerprint: string;
  /** Missing if it goes out without anybody's approval. */
  readonly approval?: WantedApproval | undefined;
  /** What its network charges for; missing if it costs nothing. */
  readonly charges?: Charges | undefined;
  /** Which trace its apply began, where traces are wanted: see tracing.ts. */
  readonly trace?: string;
}

/** What the ledger knows of one publication. Times are milliseconds since 1970, by the clock of Redis. */
export interface Publication {
  readonly publication: string;
  readonly entry: string;
  readonly account: string;
  readonly network: string;
  readonly state: PublicationState;
  /** Rises with every change of text or time, so that an older job finds out that it is not meant. */
  readonly generation: number;
  readonly due: number;
  /** The last instant at which it may go out. */
  readonly publishBy: number;
  /** How long after its time the config lets it go out; `retry` may have moved `publishBy` beyond. */
  readonly publishByMs: number;
  /** True if the config said `now`: its time is that of the first apply. */
  readonly isPlannedNow: boolean;
  readonly fingerprint: string;
  /** Tries so far: rate limits, pauses and crashes before sending do not count. */
  readonly attempts: number;
  /** When something happens next: the next try, or the next look at the account. */
  readonly nextAt: number | undefined;
  readonly publishedAt: number | undefined;
  readonly receipt: Receipt | undefined;
  /** How it is known to be up: the network answered, it was found on the account, or a person said so. */
  readonly evidence: 'answered' | 'found' | 'journal' | `confirmed by ${string}` | undefined;
  readonly error: PublicationError | undefined;
  /** Who took it out, if it is cancelled: `apply`, or a person. */
  readonly cancelledBy: string | undefined;
  /** Missing if it needs none. */
  readonly approval?: Approval | undefined;
  /** Set if a limit of the network holds it back: until when, in the past if it waits for its turn, and whose it is. */
  readonly limit?: { readonly until: number; readonly of: LimitOwner } | undefined;
  /** Set if a person has given it another time than the config. */
  readonly moved?: Moved | undefined;
  /** What its network charges for; missing if it costs nothing. */
  readonly charges?: Charges | undefined;
  /** How many of its parts are up; missing for none. */
  readonly partsUp?: number;
  /** What it has cost so far; missing for nothing. */
  readonly spent?: Cost | undefined;
  /** Set if somebody wants it to be gone, or has had it taken back. */
  readonly retraction?: Retraction | undefined;
  /** Set if somebody holds it, until it is released. */
  readonly heldByHand?: HeldByHand | undefined;
  /** What strangers were shown of it at the last look, if anybody looked. */
  readonly sight?: Sight | undefined;
  /** The publication that was taken back and posted anew as this one. */
  readonly corrects?: string | undefined;
  /** The publication that takes the place of this one. */
  readonly correctedAs?: string | undefined;
  /** Set if its story, or the first part of it, stands in an archive. */
  readonly archive?: InArchive | undefined;
}

/** Where the story of a publication is that was over for long. */
export interface InArchive {
  /** False if it was taken up again since. */
  readonly isArchived: boolean;
  /** Which host has the files. */
  readonly host: string;
  /** The files that its parts stand in, such as `2026-12`, oldest first. */
  readonly months: readonly string[];
}

/** Somebody's wish that a publication be gone. */
export interface Retraction {
  readonly by: string;
  /** Empty if none was given. */
  readonly reason: string;
  readonly at: number;
  /** True if a person has to delete it. */
  readonly isByHand: boolean;
  /** True if it could not be deleted, and Carillon does not try again by itself. */
  readonly needsPerson: boolean;
}

/** That somebody keeps one publication from going out, whatever its account does. */
export interface HeldByHand {
  readonly by: string;
  /** Empty if none was given. */
  readonly reason: string;
  readonly at: number;
}

/** Another time, by hand. It stays until the config asks for another time than it did then. */
export interface Moved {
  readonly by: string;
  /** What the config asked for then: see Intent. */
  readonly asked: string;
}

/** Why a publication is where it is: one sentence, and one thing to do. */
export interface PublicationError {
  readonly code: string;
  readonly message: string;
  readonly advice: string;
}

/** One line of a publication's story. */
export interface StoryEvent {
  readonly at: number;
  readonly kind: string;
  readonly detail: Readonly<Record<string, string | number>>;
}

/** True if a person has moved it, and its entry asks for the same time as it did then. */
export function isMovedByHand(asked: string, { moved }: Publication): boolean {
  return moved !== undefined && moved.asked === asked;
}

/** What the entry of an intent asks for. */
export function askedOf({ asked, due }: Intent): string {
  return asked ?? String(due ?? 'now');
}

/** `<entry>/<account>`, or for a recurring entry `<entry>@<slot>/<account>`: the name of a publication. */
export function publicationName(entry: string, account: string, slot?: string): string {
  return slot === undefined ? `${entry}/${account}` : `${entry}@${slot}/${account}`;
}

/** The slot in the name of a publication of a recurring entry, such as `2026-11-24T09:00`. */
export function slotOf({
  publication,
  entry,
}: Pick<Publication, 'publication' | 'entry'>): string | undefined {
  if (!publication.startsWith(`${entry}@`) || baseOf(publication) !== undefined) return undefined;
  return publication.slice(entry.length + 1, publication.lastIndexOf('/'));
}

const CORRECTION = /~(\d+)(?=\/[^/]*$)/;

/** The name of the next correction of a publication: `<entry>~2/<account>`. No entry's id has a `~`. */
export function correctionName(publication: string): string {
  const number = Number(CORRECTION.exec(publication)?.[1] ?? 1);
  const base = baseOf(publication) ?? publication;
  const slash = base.lastIndexOf('/');
  return `${base.slice(0, slash)}~${number + 1}${base.slice(slash)}`;
}

/** The publication that the config knows, of one that corrects it; undefined if it corrects none. */
export function baseOf(publication: string): string | undefined {
  return CORRECTION.test(publication) ? publication.replace(CORRECTION, '') : undefined;
}

/** States in which a publication still wants something to happen by itself. */
export function isOpen(state: PublicationState): boolean {
  return (
    state === 'scheduled' || state === 'held' || state === 'sending' || state === 'unconfirmed'
  );
}
