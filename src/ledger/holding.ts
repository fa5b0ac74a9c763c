import type { LetGoOptions, Step } from './ledger.ts';

/** The part of the ledger by which people hold single publications, whatever their account does. */
export interface Holding {
  /**
   * Keeps a publication from being sent, at any time and with any text, until somebody releases it. Refused once its
   * request may have left, if a part of it is up, and if somebody holds it already. An empty reason is none.
   */
  holdOne(publication: string, by: string, reason: string): Promise<Step>;
  /** Lets it go on: at its time, or after `waitMs` if that is past. Refused if nobody holds it. */
  releaseOne(publication: string, by: string, options?: LetGoOptions): Promise<Step>;
}
