import type { Publication } from '../core/publication.ts';
import { sayWaitsForApproval, whyNotRetried } from '../telling/refusals.ts';
import type { DeedParts } from './deed-parts.ts';
import type { Done } from './done.ts';

interface RetryDeedOptions {
  readonly by: string;
  /** True if a person has looked and says that it is not live. */
  readonly notPosted: boolean;
  /** How long it waits at least. */
  readonly waitMs?: number;
}

/** Sends again what is provably not live. */
export async function retry(
  publication: Publication,
  { by, notPosted, waitMs = 0 }: RetryDeedOptions,
  { ledger, config }: Pick<DeedParts, 'ledger' | 'config'>,
): Promise<Done> {
  const { publication: name, publishByMs } = publication;
  const step = await ledger.retry(name, by, {
    notPosted,
    waitMs,
    publishByMs: publishByMs > 0 ? publishByMs : config.publishing.publishByMs,
  });
  if (!step.changed) {
    const why = whyNotRetried(step.state, publication, { notPosted });
    return { isDone: false, says: `${name} is not sent again. ${why}` };
  }
  if (step.state === 'held') {
    return {
      isDone: true,
      says: `${name} is sent again once it is approved. ${sayWaitsForApproval(publication)}`,
    };
  }
  return { isDone: true, says: `${name} is sent again as soon as a worker takes it.` };
}
