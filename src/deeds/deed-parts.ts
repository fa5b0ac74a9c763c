import type { ConfigFrame } from '../core/config.ts';
import type { Publication } from '../core/publication.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { KnownRetraction } from '../ledger/retractions.ts';

/** The parts of Carillon that deeds are done with. */
export interface DeedParts {
  readonly ledger: Ledger;
  readonly config: ConfigFrame;
  /** Makes a job for everything that waits for one. */
  putBackJobs(): Promise<void>;
  /** Deletes a publication from its network at once, if the ledger has been told to. */
  takeBackNow(publication: Pick<Publication, 'publication' | 'network'>): Promise<void>;
  noteRetraction(retraction: KnownRetraction): void;
  thaw(by: string): Promise<boolean>;
}
