import type { Finding } from './finding.ts';
import { type CardNetwork, judgeCard } from './judge-card.ts';
import { judgeLink } from './judge-link.ts';
import type { LinkVisit } from './link-visit.ts';

/** What is the matter with a link, and with its card on the networks whose posts show one. Pure. */
export function judgeVisit(visit: LinkVisit, networks: readonly CardNetwork[]): readonly Finding[] {
  const own = judgeLink(visit);
  // Whoever does not get to the article gets no card of it either.
  if (own.some(({ isFailure }) => isFailure)) return own;
  return [...own, ...judgeCard(visit, networks)];
}
