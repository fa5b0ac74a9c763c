import { isPublishError } from '../core/errors.ts';
import type { Draft } from '../networks/network.ts';
import type { Publishing } from './publishing.ts';

/** Removes from a network what was prepared for publications that will not be published. */
export async function discardDrafts(network: string, publishing: Publishing): Promise<void> {
  const { ledger, settings, log } = publishing;
  for (
    let discard = await ledger.takeDiscard(network);
    discard;
    discard = await ledger.takeDiscard(network)
  ) {
    const { publication, account: name, draft } = discard;
    const known = await publishing.accountOf(name);
    if (known === undefined) continue;
    try {
      const session = await publishing.sessionOf(known.account);
      await session.discard(draft as Draft, AbortSignal.timeout(settings.requestTimeoutMs));
      log.info({ publication }, 'Removed what was prepared for it.');
    } catch (error) {
      // Nobody sees an unpublished post: it is left, and said.
      const reason = isPublishError(error) ? error.message : String(error);
      log.warn({ publication, reason }, 'What was prepared for it could not be removed.');
    }
  }
}
