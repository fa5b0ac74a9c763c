/** One thing that was looked at: how it is, and what to do if it is not well. */
export type Finding = Subject & (Well | Wanting);

interface Subject {
  readonly check:
    | 'config'
    | 'redis'
    | 'ledger'
    | 'clock'
    | 'time zones'
    | 'disk'
    | 'journal'
    | 'secret key'
    | 'account'
    | 'feed';
  /** What it is, in a word or two that stay the same whatever the sentence says. */
  readonly code: string;
  /** One sentence for people. */
  readonly message: string;
  /** The account that it is about. */
  readonly account?: string;
}

interface Well {
  readonly severity: 'ok';
  readonly remedy?: undefined;
}

interface Wanting {
  /** A note is no fault: something that no program can see, and people should look at. */
  readonly severity: 'note' | 'warning' | 'error';
  readonly remedy: string;
}

/** A finding that somebody has to do something about. */
export type Fault = Subject & { readonly severity: 'warning' | 'error'; readonly remedy: string };

export function isFault(finding: Finding): finding is Fault {
  return finding.severity === 'warning' || finding.severity === 'error';
}

/** The same for the same fault, whatever has changed in its words. */
export function keyOf({ check, account, code, severity }: Finding): string {
  return [check, account ?? '', code, severity].join(' ');
}
