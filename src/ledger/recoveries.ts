import type { Frozen } from './ledger.ts';

/**
 * What several hosts do together for a ledger that has lost something: it is frozen, each host tells what its journals
 * know, and once all have, and every request from before is surely over, it goes on.
 */
export interface Recoveries {
  /**
   * Takes note that a host that keeps journals lives, and of a server that has taken over for another: that freezes the
   * ledger. Without a host it only looks.
   */
  attend(host?: string): Promise<Attended>;
  /** Freezes the ledger and begins a recovery, if none is under way. Answers which one is. */
  openRecovery(reason: string): Promise<number>;
  /** A host has told what its journals know. False if another recovery has begun since. */
  reportRecovery(report: RecoveryReport): Promise<boolean>;
  /** Lets the ledger go on if it may. */
  closeRecovery(terms: RecoveryTerms): Promise<RecoveryEnd>;
}

export interface Attended {
  /** How many recoveries there were, the one under way included. */
  readonly epoch: number;
  /** The last for which this host has told what its journals know. */
  readonly reported: number;
  readonly frozen: Frozen | undefined;
}

export interface RecoveryReport {
  readonly host: string;
  readonly epoch: number;
  /** The highest token that it has used. */
  readonly fence: number;
}

export interface RecoveryTerms {
  /** At least so long it stays frozen: longer than any request takes. */
  readonly quietMs: number;
  /** So much longer a host is waited for that was there when it began. */
  readonly patienceMs: number;
  /** Tokens go on so far above the highest that is known. */
  readonly fenceGap: number;
  /** What is due until so long after is looked for before it is sent. */
  readonly lookForMs: number;
}

export interface RecoveryEnd {
  /** `over`: it is not frozen; `held`: a person has frozen it; `waits`: it is too early; `thawed`: it goes on. */
  readonly state: 'over' | 'held' | 'waits' | 'thawed';
  /** Hosts that were there when it began and have not told anything. */
  readonly silent: readonly string[];
}
