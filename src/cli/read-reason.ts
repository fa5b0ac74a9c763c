import { LONGEST_REASON } from '../deeds/retract.ts';
import { type Call, CallError } from './call.ts';

/** What `--reason` says; empty if nothing. @throws {CallError} if it is too long */
export function readReason(call: Call): string {
  const reason = (call.valueOf('reason') ?? '').trim();
  if (reason.length <= LONGEST_REASON) return reason;
  throw new CallError(`--reason takes at most ${LONGEST_REASON} characters: write it shorter.`);
}
