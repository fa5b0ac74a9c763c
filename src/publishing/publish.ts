import type { Account } from '../core/account.ts';
import { partsOf, type Receipt } from '../core/post.ts';
import type { Next } from '../core/wake-up.ts';
import type { Claim } from '../ledger/ledger.ts';
import type { Draft, Session } from '../networks/network.ts';
import { type AttemptOfPart, circumstances, journalEntry } from './attempt.ts';
import { begin, note } from './begin.ts';
import { findLinkFault, waitForLinkMs } from './link-gate.ts';
import { outcomeOf } from './outcome.ts';
import { again, done, type Publishing } from './publishing.ts';
import { openWindow, send } from './send.ts';
import { giveBack, insist, settle } from './settle.ts';

/** One claim: prepares, then makes exactly one request for each part that is not up, and records what came of it. */
export async function publish(
  publication: string,
  account: Account,
  claim: Claim,
  publishing: Publishing,
): Promise<Next> {
  const { ledger, log } = publishing;
  const rollback = rollbackSeenIn(claim, publishing);
  if (rollback !== undefined) {
    // In this order, so that nobody else is given what a journal knows to be up.
    await insist(() => publishing.recover(rollback), publishing);
    await giveBack(publication, claim, publishing);
    return again(1_000, 'the ledger had forgotten something');
  }
  if (isAttemptUnknown(publication, claim, publishing)) {
    return tellAttempt(publication, claim, publishing);
  }
  const linkFault = await findLinkFault(publication, claim, publishing);
  if (publishing.stopping.aborted) return giveBack(publication, claim, publishing);
  if (linkFault !== undefined) {
    log.warn({ publication, code: linkFault.code }, linkFault.message);
    const waitMs = await waitForLinkMs(publication, claim, publishing);
    return giveBack(publication, claim, publishing, waitMs, linkFault);
  }

  const texts = partsOf(claim.post);
  const parts: Receipt[] = [...claim.parts];
  let draft = claim.draft as Draft | undefined;
  while (parts.length < texts.length) {
    const part = parts.length;
    const attempt: AttemptOfPart = { publication, account, claim, part, parts };
    let session: Session;
    try {
      session = await publishing.sessionOf(account);
      draft = await prepare(session, attempt, draft, publishing);
    } catch (error) {
      if (publishing.stopping.aborted) return giveBack(publication, claim, publishing);
      return settle(
        attempt,
        outcomeOf(error, circumstances(attempt, false, publishing)),
        publishing,
      );
    }
    if (isWorthKeeping(draft, claim) && !(await ledger.saveDraft(publication, claim.fence, draft)))
      return done('claim lost');
    if (publishing.stopping.aborted) return giveBack(publication, claim, publishing);

    const entry = journalEntry(attempt);
    const window = openWindow(parts, publishing);
    const refusal = await begin(attempt, entry, publishing);
    if (refusal !== undefined) return refusal;

    // From here to the ledger's word on the outcome there is nothing but the request.
    publishing.inFlight.add(publication);
    try {
      const outcome = await send(session, attempt, draft, window, publishing);
      if (outcome.kind === 'posted') {
        const isLastPart = part + 1 === texts.length;
        await note(entry, { kind: 'posted', receipt: outcome.receipt, isLastPart }, publishing);
        parts.push(outcome.receipt);
      } else if (outcome.kind !== 'unknown') {
        await note(entry, { kind: 'not-sent' }, publishing);
      }
      const next = await settle(attempt, outcome, publishing);
      const goesOn = next.kind === 'done' && next.because === 'claimed';
      if (outcome.kind !== 'posted' || parts.length === texts.length || !goesOn) return next;
    } finally {
      publishing.inFlight.delete(publication);
    }
  }
  log.warn({ publication }, 'Every part is up already.');
  return done('nothing left to publish');
}

/** A draft that only says for which part it is spares no attempt anything, and leaves nothing to remove. */
function isWorthKeeping(draft: Draft, claim: Claim): boolean {
  return claim.draft !== undefined || Object.keys(draft).some((name) => name !== 'part');
}

/** A ledger that was rolled back, restored or emptied gives out tokens that this host has used before. */
function rollbackSeenIn(claim: Claim, { journal }: Publishing): string | undefined {
  const highest = journal.highestFence();
  if (claim.fence > highest) return undefined;
  return `the ledger gave the token ${claim.fence}, and this host has used ${highest} before`;
}

/** True if this host has made an attempt of which the ledger did not hear: its worker died on the way there. */
function isAttemptUnknown(publication: string, claim: Claim, { journal }: Publishing): boolean {
  const last = journal.lastAttempt(publication);
  if (last === undefined) return false;
  return (
    last.fence > claim.begunFence ||
    (last.fence === claim.begunFence && last.part > claim.begunPart)
  );
}

/** Tells the ledger what the journal knows of one publication; it is then published, or looked for. */
async function tellAttempt(
  publication: string,
  claim: Claim,
  publishing: Publishing,
): Promise<Next> {
  const { ledger, journal, log } = publishing;
  log.warn({ publication }, 'The ledger had not heard of an attempt that this host began.');
  for (const testimony of journal.testimonies()) {
    if (testimony.publication !== publication) continue;
    await insist(() => ledger.witness(testimony), publishing);
  }
  return giveBack(publication, claim, publishing, 1_000);
}

async function prepare(
  session: Session,
  { claim, part }: AttemptOfPart,
  draft: Draft | undefined,
  { settings, stopping }: Publishing,
): Promise<Draft> {
  const time = AbortSignal.timeout(3 * settings.requestTimeoutMs);
  return session.prepare(claim.post, part, draft, AbortSignal.any([time, stopping]));
}
