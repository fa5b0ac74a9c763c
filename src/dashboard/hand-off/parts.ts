import type { Account } from '../../core/account.ts';
import type { Ledger } from '../../ledger/ledger.ts';

/** What is needed to let people post by hand, and approve by a link. */
export interface HandOffParts {
  readonly ledger: Ledger;
  /** As the config has it by now. */
  accountOf(name: string): Account | undefined;
  /** Makes a job for everything that waits for one. */
  putBackJobs(): Promise<void>;
}
