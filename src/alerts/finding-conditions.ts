import { type Finding, isFault, keyOf } from '../doctor/finding.ts';
import type { Condition } from './condition.ts';

/** What the daily examination has found wrong. */
export function findingConditions(findings: readonly Finding[]): readonly Condition[] {
  return findings.filter(isFault).map((fault) => ({
    key: `finding ${keyOf(fault)}`,
    kind: fault.check === 'account' ? 'access' : 'machine',
    // One that gets worse is not over.
    about: [fault.check, fault.account, fault.code].filter(Boolean).join(' '),
    ...{ message: fault.message, advice: fault.remedy },
    page: fault.check === 'account' ? 'accounts' : 'now',
  }));
}
