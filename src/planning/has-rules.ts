import type { AccountRules } from '../core/schedule.ts';

/** True if an account has any rule that may move a publication from the time that its entry asks for. */
export function hasRules({ quietHours, blackout, gapMs, perDay }: AccountRules): boolean {
  return quietHours.length + blackout.length > 0 || gapMs > 0 || perDay !== undefined;
}
