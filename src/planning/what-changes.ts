import type { Change } from './plan.ts';

/** What a change makes of a publication that there is already. */
export interface WhatChanges {
  /** When it was planned for, if it is moved: milliseconds since 1970. */
  readonly movedFrom?: number;
  readonly isRewritten: boolean;
  /** True if only its last moment (publishBy) changes. */
  readonly hasOtherLimit: boolean;
}

export function whatChanges({ action, current, intent }: Change): WhatChanges {
  if (current === undefined || intent === undefined) {
    return { isRewritten: false, hasOtherLimit: false };
  }
  const isRewritten =
    (action === 'move' || action === 'update') && intent.fingerprint !== current.fingerprint;
  return {
    ...(action === 'move' && { movedFrom: current.due }),
    isRewritten,
    hasOtherLimit:
      action === 'update' && !isRewritten && intent.publishByMs !== current.publishByMs,
  };
}

/** The reason of a change, as a sentence of its own. */
export function sayReason(reason: string): string {
  const text = reason.charAt(0).toUpperCase() + reason.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
