import type { LimitSighting } from '../../core/limits.ts';
import type { Answer } from '../http.ts';
import { isQuotaSpent } from './errors.ts';
import { nextPacificMidnight } from './quota-day.ts';

/**
 * What an answer says of the quotas of the Google project. YouTube says nothing of them until one is used up: posts
 * and looks have a bucket each, so that the one does not stop the other.
 */
export function readYoutubeLimits(
  { method }: { readonly method: string },
  answer: Answer,
  now: number,
): readonly LimitSighting[] {
  if (!isQuotaSpent(answer)) return [];
  const what = method === 'GET' ? 'reads' : 'posts';
  const of = what === 'posts' ? 'app' : 'account';
  return [{ kind: 'stop', of, what, forMs: nextPacificMidnight(now).getTime() - now }];
}
