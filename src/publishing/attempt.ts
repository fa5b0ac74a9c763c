import type { Account } from '../core/account.ts';
import type { Receipt } from '../core/post.ts';
import type { JournalEntry } from '../ledger/journal.ts';
import type { Claim } from '../ledger/ledger.ts';
import type { Publishing } from './publishing.ts';

/** One part of a post, under one claim. */
export interface AttemptOfPart {
  readonly publication: string;
  readonly account: Account;
  readonly claim: Claim;
  readonly part: number;
  /** Parts that are up. */
  readonly parts: readonly Receipt[];
}

export function journalEntry({ publication, account, claim, part }: AttemptOfPart): JournalEntry {
  const entry = publication.slice(0, publication.lastIndexOf('/'));
  return {
    publication,
    entry,
    account: account.name,
    network: account.network,
    due: claim.due,
    fence: claim.fence,
    part,
  };
}

export function circumstances(attempt: AttemptOfPart, hasBegun: boolean, publishing: Publishing) {
  const { settings, clock, random } = publishing;
  const { account, claim } = attempt;
  return {
    account: account.name,
    attempt: claim.attempt,
    hadDoubt: claim.hadDoubt,
    hasBegun,
    settings,
    now: clock.now(),
    random: random(),
  };
}
