import type { Hold } from '../../ledger/ledger.ts';
import type { Visitor } from '../access/visitor.ts';
import type { Words } from '../words/words.ts';

/** What every page knows of its visitor and of where it stands. */
export interface Setting {
  readonly words: Words;
  readonly visitor: Visitor;
  /** Milliseconds since 1970, by the clock of Redis. */
  readonly now: number;
  /** IANA name: that of the config. */
  readonly timezone: string;
  readonly sandboxUrl: string | undefined;
  /** What is held, and why, by account; `*` is all of them. */
  readonly holds: ReadonlyMap<string, Hold>;
  /** What came of what this visitor did last. */
  readonly told: string | undefined;
  readonly isComplete: boolean;
}
