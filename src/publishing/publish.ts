import type { Account } from '../core/account.ts';
import { OutcomeUnknownError } from '../core/errors.ts';
import { describeError } from '../core/log.ts';
import { partsOf, type Receipt } from '../core/post.ts';
import type { PublicationError } from '../core/publication.ts';
import type { Next } from '../core/wake-up.ts';
import type { JournalEntry, JournalOutcome } from '../ledger/journal.ts';
import type { BeginAnswer, Claim, FinishAnswer, Outcome } from '../ledger/ledger.ts';
import type { Draft, SendWindow, Session } from '../networks/network.ts';
import { findLinkFault, waitForLinkMs } from './link-gate.ts';
import { outcomeOf } from './outcome.ts';
import { again, done, leaseMs, type Publishing, sendWindowMs } from './publishing.ts';
import { tellAtRisk } from './tell-at-risk.ts';

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

interface AttemptOfPart {
  readonly publication: string;
  readonly account: Account;
  readonly claim: Claim;
  readonly part: number;
  /** Parts that are up. */
  readonly parts: readonly Receipt[];
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

/** Ends the claim without having tried. */
async function giveBack(
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

const UNSETTLED_MS = 3_000;
const UNSETTLED: PublicationError = {
  code: 'carillon:unsettled',
  message: 'Redis could not make sure of what is about to be sent, on its disk or at a replica.',
  advice:
    'See that its disk has room and that a replica follows it; until then nothing is sent, and it is tried again by itself.',
};

/**
 * Writes down, in the journal and then in the ledger, that the request follows. Answers what becomes of the job
 * where it may not.
 */
async function begin(
  { publication, claim, part }: AttemptOfPart,
  entry: JournalEntry,
  publishing: Publishing,
): Promise<Next | undefined> {
  const { ledger, journal, settings, log } = publishing;
  try {
    await journal.intend(entry);
  } catch (error) {
    const said = sayJournal(error);
    log.error({ publication }, said.message);
    return giveBack(publication, claim, publishing, settings.backoffMs, said);
  }
  let answer: BeginAnswer;
  try {
    answer = await ledger.begin(publication, claim.fence, part, sendWindowMs(settings));
  } catch (error) {
    // The mark may have been made or not; nothing was sent.
    log.warn({ publication, ...describeError(error) }, 'The ledger does not answer.');
    await note(entry, { kind: 'not-sent' }, publishing);
    return giveBack(publication, claim, publishing);
  }
  if (answer.begun) return undefined;
  await note(entry, { kind: 'not-sent' }, publishing);
  if (answer.because === 'unsettled') {
    log.warn({ publication }, UNSETTLED.message);
    return giveBack(publication, claim, publishing, UNSETTLED_MS, UNSETTLED);
  }
  // What a limit stops at the last moment asks the ledger again how long.
  const asksAgain = answer.because === 'frozen' || answer.because === 'limited';
  return asksAgain ? again(1_000, answer.because) : done(answer.because);
}

/** Writes an outcome into the journal. The ledger hears of it even where that fails: it is then the only witness. */
async function note(
  entry: JournalEntry,
  outcome: JournalOutcome,
  { journal, log }: Publishing,
): Promise<void> {
  try {
    await journal.settle(entry, outcome);
  } catch (error) {
    log.error({ publication: entry.publication }, sayJournal(error).message);
  }
}

function sayJournal(error: unknown): PublicationError {
  return {
    code: 'carillon:journal',
    message: error instanceof Error ? error.message : String(error),
    advice: 'Mend it; until then nothing is sent, and it is tried again by itself.',
  };
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

/**
 * The time in which the request may be written, by two clocks: one that stands still while the machine is
 * suspended, one that jumps. It starts before the ledger's window does, and ends well before it.
 */
function openWindow(parts: readonly Receipt[], { clock, settings }: Publishing): SendWindow {
  const startedAt = clock.now();
  const started = clock.monotonic();
  const limit = settings.requestTimeoutMs;
  return {
    isFresh: () => clock.monotonic() - started < limit && Math.abs(clock.now() - startedAt) < limit,
    signal: AbortSignal.timeout(limit),
    earlier: parts.map(({ remoteId }) => remoteId),
  };
}

async function send(
  session: Session,
  attempt: AttemptOfPart,
  draft: Draft,
  window: SendWindow,
  publishing: Publishing,
): Promise<Outcome> {
  const { claim, part } = attempt;
  const { settings } = publishing;
  try {
    const receipt = await endBy(
      session.publish(claim.post, part, draft, window),
      settings.requestTimeoutMs + 500,
    );
    return { kind: 'posted', part, receipt, leaseMs: leaseMs(settings) };
  } catch (error) {
    return outcomeOf(error, circumstances(attempt, true, publishing));
  }
}

/** Should an SDK not heed its signal, the attempt ends all the same, in doubt. */
async function endBy<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const message = 'The network did not answer in time.';
      reject(new OutcomeUnknownError(message, { code: 'carillon:timeout' }));
    }, ms);
  });
  try {
    return await Promise.race([work, end]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}

/** Records the outcome, however long Redis is away: the journal has it meanwhile. */
async function settle(
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

async function insist<T>(work: () => Promise<T>, { log, stopping }: Publishing): Promise<T> {
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

function circumstances(attempt: AttemptOfPart, hasBegun: boolean, publishing: Publishing) {
  const { settings, clock, random } = publishing;
  const { account, claim } = attempt;
  return {
    account: account.name,
    attempt: claim.attempt,
    hadDoubt: claim.hadDoubt,
    hasBegun,
    settings,
    now: clock.now(),
    random: random(),
  };
}

function journalEntry({ publication, account, claim, part }: AttemptOfPart): JournalEntry {
  const entry = publication.slice(0, publication.lastIndexOf('/'));
  return {
    publication,
    entry,
    account: account.name,
    network: account.network,
    due: claim.due,
    fence: claim.fence,
    part,
  };
}
