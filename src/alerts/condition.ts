import type { AlertKind, AlertPage } from '../core/alerts.ts';

/** Something that is so now and that a person should know. */
export interface Condition {
  /** Stays the same for as long as it is the same. */
  readonly key: string;
  readonly kind: AlertKind;
  /** A publication, an account, or another name; the same kind about the same is told once. Empty for none. */
  readonly about: string;
  /** One sentence for people, or a few, and one thing to do: as the ledger and the doctor say them. */
  readonly message: string;
  readonly advice: string;
  /** Where on the dashboard it is seen. */
  readonly page: AlertPage;
  /** It is told only if it has been so for this long. */
  readonly lastsMs?: number;
  /** True if it went wrong so long ago that it is no news: it is neither told nor said to be over. */
  readonly isOld?: boolean;
  /** True if people are reminded of it. */
  readonly isReminded?: true;
}
