import { describeError } from '../core/log.ts';
import type { PublicationError } from '../core/publication.ts';
import type { Next } from '../core/wake-up.ts';
import type { Claim, FinishAnswer, Outcome } from '../ledger/ledger.ts';
import type { AttemptOfPart } from './attempt.ts';
import { done, type Publishing } from './publishing.ts';
import { tellAtRisk } from './tell-at-risk.ts';

/** Records the outcome, however long Redis is away: the journal has it meanwhile. */
export async function settle(
  { publication, account, claim, part }: AttemptOfPart,
  outcome: Outcome,
  publishing: Publishing,
): Promise<Next> {
  const { ledger, log } = publishing;
  // On the same connection right before: the ledger hears of both in this order, for the price of one.
  publishing.tellLimits?.(account.name);
  const answer = await insist(() => ledger.finish(publication, claim.fence, outcome), publishing);
  const fields = { publication, attempt: claim.attempt, part, outcome: outcome.kind };
  if (answer.isDuplicate) log.error(fields, 'A second post of this publication is live.');
  tellOutcome(fields, outcome, answer, publishing);
  if (outcome.kind === 'account-refused') await tellAtRisk(account.name, publishing);
  return nextAfter(answer);
}

function tellOutcome(
  fields: object,
  outcome: Outcome,
  answer: FinishAnswer,
  { log }: Publishing,
): void {
  if (outcome.kind === 'posted') {
    const all = { ...fields, url: outcome.receipt.url };
    if (answer.accepted) log.info(all, 'Published.');
    else log.error(all, 'The network gave a post that belongs to another publication.');
    return;
  }
  const { code, message } = outcome.error;
  const all = { ...fields, code, state: answer.state };
  // Said once for a limit, whomever it holds back.
  if (outcome.kind === 'not-sent' && outcome.limit && !answer.isNewLimit) return;
  if (outcome.kind === 'account-refused') log.error(all, `The account is held: ${message}`);
  else if (answer.state === 'failed') log.error(all, message);
  else log.warn(all, message);
}

/** What the job does next, from the state in which the ledger left the publication. */
export function nextAfter(answer: FinishAnswer): Next {
  const { nextInMs: inMs, state, generation, wakes } = answer;
  const isOpen = state === 'scheduled' || state === 'unconfirmed';
  const next =
    inMs !== undefined && isOpen
      ? ({ kind: 'again', inMs, because: state, generation } as const)
      : done(state);
  return wakes === undefined ? next : { ...next, wakes };
}

/** Until the ledger answers, or the worker has to stop. */
export async function insist<T>(work: () => Promise<T>, { log, stopping }: Publishing): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries === 1) log.warn(describeError(error), 'The ledger does not answer.');
      if (stopping.aborted && tries > 5) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.min(100 * 2 ** tries, 2_000)));
    }
  }
}

/** Ends the claim without having tried. */
export async function giveBack(
  publication: string,
  claim: Claim,
  publishing: Publishing,
  retryInMs = 0,
  error: PublicationError = PUT_OFF,
): Promise<Next> {
  const { ledger, settings } = publishing;
  const maxAttempts = settings.attempts;
  const outcome = {
    kind: 'not-sent',
    error,
    retryInMs,
    spendsAttempt: false,
    maxAttempts,
  } as const;
  return nextAfter(
    await insist(() => ledger.finish(publication, claim.fence, outcome), publishing),
  );
}

const PUT_OFF: PublicationError = {
  code: 'carillon:put-off',
  message: 'The attempt was called off before anything was sent.',
  advice: 'Nothing to do: it is tried again by itself.',
};
