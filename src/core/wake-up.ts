/** All that a job carries: who is meant, and in which generation. What to do, the ledger says. */
export interface WakeUp {
  readonly publication: string;
  readonly generation: number;
}

export interface PlannedWakeUp extends WakeUp {
  readonly network: string;
  /** How long until then; zero or less is at once. */
  readonly inMs: number;
  /** Which trace it belongs to, if any: see tracing.ts. */
  readonly trace?: string | undefined;
}

/** What becomes of a job after it ran: it is done, or wakes its publication again, perhaps in a new generation. */
export type Next = (
  | { readonly kind: 'done'; readonly because: string }
  | {
      readonly kind: 'again';
      readonly inMs: number;
      readonly because: string;
      readonly generation?: number;
    }
) & {
  /** Another publication whose turn it is now. */
  readonly wakes?: PlannedWakeUp;
};
