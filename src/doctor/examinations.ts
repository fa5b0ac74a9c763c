import type { AccountFacts } from '../networks/account-facts.ts';
import type { AccountRefusal } from './account.ts';
import type { Finding } from './finding.ts';

/** What an account said when it was last asked. */
export interface AccountLook {
  /** Milliseconds since 1970, by the clock of Redis. */
  readonly at: number;
  /** Names the account as the config had it: of another one, the look tells nothing. */
  readonly of: string;
  readonly answer: AccountFacts | { readonly refusal: AccountRefusal };
}

/** What is known from the last examination, shared by every process, and forgotten days after the last one. */
export interface Examinations {
  /** What was found last on the scheduler's machine and at these accounts. */
  findings(accounts: Iterable<string>): Promise<readonly Finding[]>;
  /** Replaces what was found on the machine of that name. */
  keepMachine(host: string, findings: readonly Finding[]): Promise<void>;
  /** The machine whose findings are kept. */
  machine(): Promise<string | undefined>;
  /** Replaces what was found at an account. */
  keepAccount(account: string, look: AccountLook, findings: readonly Finding[]): Promise<void>;
  lookAt(account: string): Promise<AccountLook | undefined>;
  /** The faults that people have been told of: their sentences by key. */
  told(): Promise<ReadonlyMap<string, string>>;
  keepTold(told: ReadonlyMap<string, string>): Promise<void>;
}
