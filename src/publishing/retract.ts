import { describeError } from '../core/log.ts';
import type { Receipt } from '../core/post.ts';
import type { PublicationError } from '../core/publication.ts';
import type { KnownRetraction, ToRetract } from '../ledger/retractions.ts';
import {
  leaseOf,
  type Setback,
  sayGoesOn,
  setbackOf,
  type TakingBack,
  unknownAccount,
} from './taking-back.ts';

/** Deletes what is to be gone and is due on one network. Each may be done by several at once, without harm. */
export async function retractDue(network: string, takingBack: TakingBack): Promise<void> {
  const { ledger, settings, stopping } = takingBack;
  while (!stopping.aborted) {
    const toRetract = await ledger.takeRetraction(network, leaseOf(settings));
    if (toRetract === undefined) return;
    await carryOutRetraction(toRetract, takingBack);
  }
}

/**
 * Deletes every part that is up, last first, so that no reply stands without what it answers. Only ids that the
 * ledger holds for this publication are deleted; one that is gone already counts as deleted.
 */
export async function carryOutRetraction(
  toRetract: ToRetract,
  takingBack: TakingBack,
): Promise<void> {
  const { ledger, log } = takingBack;
  const { publication, parts, tries } = toRetract;
  const gone = new Set(toRetract.gone);
  note(toRetract, takingBack);
  for (const part of parts.toReversed()) {
    const isGone = gone.has(part.remoteId);
    const setback = isGone ? undefined : await deletePart(part, toRetract, takingBack);
    if (setback !== undefined) {
      const { code, message, retryInMs } = setback;
      log.warn({ publication, url: part.url, code, retryInMs }, message);
      const said =
        retryInMs === undefined ? askPerson(setback, toRetract, part) : sayGoesOn(setback);
      await ledger.retractionFailed(publication, said, retryInMs);
      return;
    }
    gone.add(part.remoteId);
    if (!isGone) note({ ...toRetract, gone: [...gone] }, takingBack);
    const { state } = await ledger.partGone(publication, part.remoteId);
    if (!isGone) log.info({ publication, url: part.url, state, tries }, 'Deleted.');
  }
}

async function deletePart(
  { remoteId }: Receipt,
  { account, tries }: ToRetract,
  { sessionOf, settings, stopping, now }: TakingBack,
): Promise<Setback | undefined> {
  try {
    const session = await sessionOf(account);
    if (session === undefined) return unknownAccount(account);
    const time = AbortSignal.timeout(2 * settings.requestTimeoutMs);
    await session.remove(remoteId, AbortSignal.any([time, stopping]));
    return undefined;
  } catch (error) {
    return setbackOf(error, tries, now());
  }
}

/** A disk that is full is no reason to leave up what has to go. */
function note(retraction: KnownRetraction, { note: write, log }: TakingBack): void {
  try {
    write(retraction);
  } catch (error) {
    const fields = { publication: retraction.publication, ...describeError(error) };
    log.error(fields, 'The journal of what was taken back cannot be written.');
  }
}

function askPerson(
  { code, message, isOfAccess = false }: Setback,
  { publication, account }: ToRetract,
  { url }: Receipt,
): PublicationError {
  const byHand = `Delete ${url} by hand, then run "carillon retract ${publication} --done".`;
  const orMend = `Or mend the access ("carillon connect ${account}"), then run "carillon retract ${publication}" again.`;
  return {
    code,
    message: `It is still live and could not be deleted: ${message}`,
    advice: isOfAccess ? `${byHand} ${orMend}` : byHand,
  };
}
