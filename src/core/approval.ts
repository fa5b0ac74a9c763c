/** What the config says of the approval of a publication that needs one. */
export interface WantedApproval {
  /** `required`: somebody approves it. `draft`: nobody can yet. `approved`: the config itself says who did. */
  readonly status: 'required' | 'draft' | 'approved';
  /** Who has approved it, by the config. */
  readonly by?: string;
}

/** How it stands with the approval of a publication. */
export interface Approval {
  readonly wanted: WantedApproval;
  /** The last one that was given: for this text and this time, and no other. */
  readonly given?: GivenApproval;
  /** True if it may not go out before somebody has approved it as it stands. */
  readonly isWaiting: boolean;
}

export interface GivenApproval {
  readonly by: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Of the post that was approved. */
  readonly fingerprint: string;
  /** The time that was approved. */
  readonly due: number;
}

/** True if two wishes are the same; undefined is that of a publication that needs no approval. */
export function isSameWish(a: WantedApproval | undefined, b: WantedApproval | undefined): boolean {
  return a?.status === b?.status && a?.by === b?.by;
}
