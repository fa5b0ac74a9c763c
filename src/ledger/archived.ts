import type { Publication, PublicationState, StoryEvent } from '../core/publication.ts';

/**
 * The part of the ledger that knows what is archived: publications that are over for long. Of each a trace stays, which
 * every step judges by as by the whole record: name, state, fingerprint, time, receipts. Its post and its story stand in
 * a file. A step that takes it up again takes it out of the archive.
 */
export interface Archived {
  /** A page of the records in a state that ended before this time, whole, those that were due first before the others. */
  endedBefore(state: EndedState, before: number, page: Page): Promise<EndedPage>;
  /**
   * Leaves only a trace of what is written to the archive, and on the disk. False if anything has happened to it since
   * it was read.
   */
  archive(record: WholeRecord, place: ArchivePlace): Promise<boolean>;
  /**
   * Gives a ledger that has lost a record the trace of what stands in an archive. `isNewer`: instead of a trace from an
   * older line. False if the ledger knows of it.
   */
  recallArchived(record: WholeRecord, place: ArchivePlace, isNewer: boolean): Promise<boolean>;
  /** Which of these names the ledger has no record of. */
  unknownOf(publications: readonly string[]): Promise<readonly string[]>;
  countArchived(): Promise<number>;
  /** Names of what is archived and may be live, where it shows the same as one of these; others may be among them. */
  archivedLike(posts: readonly SamePost[]): Promise<readonly string[]>;
  /** Names of the latest archived publications of a recurring entry. */
  archivedSlots(entry: string, limit: number): Promise<readonly string[]>;
  /** What is archived and ended at this time or later. */
  archivedSince(since: number): Promise<readonly Publication[]>;
}

export const ENDED_STATES = ['published', 'failed', 'missed', 'cancelled', 'retracted'] as const;
export type EndedState = Extract<PublicationState, (typeof ENDED_STATES)[number]>;

interface Page {
  readonly offset: number;
  readonly limit: number;
}

export interface EndedPage {
  readonly records: readonly WholeRecord[];
  /** How many were looked at, ended or not. 0: there are no more. */
  readonly seen: number;
}

/** Everything that the ledger has of a publication. */
export interface WholeRecord {
  readonly publication: string;
  /** As Redis has them. */
  readonly fields: Readonly<Record<string, string>>;
  readonly story: readonly StoryEvent[];
  /** When the last thing happened to it: milliseconds since 1970. */
  readonly endedAt: number;
}

export interface ArchivePlace {
  /** The host that has the file. */
  readonly host: string;
  /** The file, such as `2026-12`. */
  readonly month: string;
}

export type SamePost = Pick<Publication, 'network' | 'fingerprint'>;
