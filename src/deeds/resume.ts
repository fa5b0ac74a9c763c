import { count, sayDuration } from '../core/words.ts';
import type { ResumeAnswer } from '../ledger/ledger.ts';
import type { DeedParts } from './deed-parts.ts';
import type { Done } from './done.ts';

/** Lets an account go on, or with `*` all of them: what waited goes out one by one. */
export async function resume(
  account: string,
  by: string,
  { ledger, config }: Pick<DeedParts, 'ledger' | 'config'>,
): Promise<Done> {
  const gapMs = config.publishing.resumeGapMs;
  const answer = await ledger.resume(account, by, gapMs);
  return { isDone: true, says: sayResumed(account, answer, gapMs) };
}

/** What came of letting an account go on, or all of them. */
function sayResumed(
  account: string,
  { wasHeld, resumed, missed }: ResumeAnswer,
  gapMs: number,
): string {
  const whole = account === '*';
  if (!wasHeld && resumed + missed === 0) {
    return whole ? 'Not everything was paused.' : `${account} was not paused.`;
  }
  const head = whole ? 'The general pause is over' : `${account} goes on`;
  const parts: string[] = [];
  if (resumed > 0) {
    const spaced =
      resumed > 1 && gapMs > 0
        ? `, ${sayDuration(gapMs)} apart${whole ? ' for each account' : ''}`
        : '';
    parts.push(
      `${count(resumed, 'publication')} that waited ${resumed === 1 ? 'goes' : 'go'} out${spaced}`,
    );
  }
  if (missed > 0) {
    parts.push(
      `${count(missed, 'publication')} ${missed === 1 ? 'is' : 'are'} too late and missed`,
    );
  }
  return parts.length === 0 ? `${head}; nothing had waited.` : `${head}: ${parts.join('; ')}.`;
}
