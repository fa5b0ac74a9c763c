import { isSameWish } from '../core/approval.ts';
import type { Intent, Publication } from '../core/publication.ts';

/** What a new publication waits for, as the end of a sentence; undefined if it goes out by itself. */
export function sayWhatIsMissing({ approval }: Intent): string | undefined {
  switch (approval?.status) {
    case 'draft':
      return 'it is a draft, and is not sent';
    case 'required':
      return 'it waits for approval';
    case 'approved':
      return `approved by ${approval.by ?? 'a person'}`;
    default:
      return undefined;
  }
}

/** What a change of text, time or config does to the approval of a publication; undefined if nothing. */
export function sayWhatBecomesOfApproval(
  intent: Intent,
  { approval: current }: Publication,
  isOther: boolean,
): string | undefined {
  const { approval: wanted } = intent;
  if (!isSameWish(wanted, current?.wanted)) {
    return wanted === undefined ? 'it needs no approval any more' : sayNewWish(intent, current);
  }
  if (!isOther || wanted === undefined || wanted.status === 'draft') return undefined;
  const isLost = current?.given !== undefined && !current.isWaiting;
  return isLost
    ? `as it was, ${current.given?.by} had approved it: it waits for approval again`
    : 'it waits for approval';
}

function sayNewWish(intent: Intent, current: Publication['approval']): string | undefined {
  const { fingerprint, due, approval } = intent;
  const { given } = current ?? {};
  const isGiven = given?.fingerprint === fingerprint && given.due === due;
  if (approval?.status === 'required' && isGiven) return `approved by ${given.by}`;
  return sayWhatIsMissing(intent);
}
