import type { PublicationError } from '../core/publication.ts';
import { isSameText } from '../core/same-text.ts';
import type { ToCorrect } from '../ledger/retractions.ts';
import type { Session } from '../networks/network.ts';
import {
  leaseOf,
  type Setback,
  sayGoesOn,
  setbackOf,
  type TakingBack,
  unknownAccount,
} from './taking-back.ts';

/** Changes the texts that are to be corrected and are due on one network. */
export async function correctDue(network: string, takingBack: TakingBack): Promise<void> {
  const { ledger, settings, stopping } = takingBack;
  while (!stopping.aborted) {
    const toCorrect = await ledger.takeCorrection(network, leaseOf(settings));
    if (toCorrect === undefined) return;
    await carryOutCorrection(toCorrect, takingBack);
  }
}

/**
 * Changes the text of a post that is out. To change it to the same again is harmless, so an attempt whose end is not
 * known may be made again; whether it was done is read from the post itself.
 */
export async function carryOutCorrection(
  toCorrect: ToCorrect,
  takingBack: TakingBack,
): Promise<void> {
  const { ledger, log } = takingBack;
  const { publication } = toCorrect;
  const setback = await edit(toCorrect, takingBack);
  if (setback === undefined) {
    await ledger.corrected(publication, toCorrect);
    log.info({ publication }, 'Corrected.');
    return;
  }
  const { code, message, retryInMs } = setback;
  log.warn({ publication, code, retryInMs }, message);
  const said = retryInMs === undefined ? sayUnchanged(setback) : sayGoesOn(setback);
  await ledger.correctionFailed(publication, toCorrect, said, retryInMs);
}

/** Undefined once the network shows the new text. */
async function edit(toCorrect: ToCorrect, takingBack: TakingBack): Promise<Setback | undefined> {
  const { account, tries } = toCorrect;
  const { sessionOf, now } = takingBack;
  let session: Session | undefined;
  try {
    session = await sessionOf(account);
    if (session === undefined) return unknownAccount(account);
    if (session.edit === undefined) return cannotEdit();
    // An attempt before this one may have done it, unheard.
    if (tries > 0 && (await showsNewText(session, toCorrect, takingBack))) return undefined;
    await session.edit(toCorrect.remoteId, toCorrect.post, timeFor(takingBack));
    return undefined;
  } catch (error) {
    const setback = setbackOf(error, tries, now());
    if (setback.retryInMs === undefined || session === undefined) return setback;
    const isDone = await showsNewText(session, toCorrect, takingBack).catch(() => false);
    return isDone ? undefined : setback;
  }
}

async function showsNewText(
  session: Session,
  { remoteId, post, old, publishedAt }: ToCorrect,
  takingBack: TakingBack,
): Promise<boolean> {
  const shown = await session.read?.(remoteId, {
    since: new Date(publishedAt),
    signal: timeFor(takingBack),
  });
  if (shown === undefined) return false;
  if (shown.text.trim() === post.text.normalize('NFC').trim()) return true;
  // Where only a letter's case or a space is corrected, what is the same to a lenient eye proves nothing.
  const isLikeOld = old === undefined || isSameText(old.text, post.text);
  return !isLikeOld && isSameText(shown.text, post.text);
}

function timeFor({ settings, stopping }: TakingBack): AbortSignal {
  return AbortSignal.any([AbortSignal.timeout(2 * settings.requestTimeoutMs), stopping]);
}

function cannotEdit(): Setback {
  const message = 'The network does not let a text be changed once it is out.';
  return { code: 'carillon:no-edit', message, retryInMs: undefined };
}

function sayUnchanged({ code, message }: Setback): PublicationError {
  return {
    code,
    message: `Its text could not be changed, and is as it was: ${message}`,
    advice:
      'Change it by hand on the network and run "carillon correct" with --done, or take it back with "carillon retract".',
  };
}
