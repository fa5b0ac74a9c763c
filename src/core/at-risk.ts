import type { Publication } from './publication.ts';

/** What waits for an account that is held, soonest first. */
export function atRiskOn(
  account: string,
  publications: readonly Publication[],
): readonly Publication[] {
  return publications
    .filter((one) => one.account === account && (one.state === 'scheduled' || one.state === 'held'))
    .sort((a, b) => a.due - b.due);
}
