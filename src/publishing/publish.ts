import type { Account } from '../core/account.ts';
import { OutcomeUnknownError } from '../core/errors.ts';
import { partsOf, type Receipt } from '../core/post.ts';
import type { Next } from '../core/wake-up.ts';
import type { JournalEntry } from '../ledger/journal.ts';
import type { Claim, FinishAnswer, Outcome } from '../ledger/ledger.ts';
import type { Draft, SendWindow, Session } from '../networks/network.ts';
import { outcomeOf } from './outcome.ts';
import { again, done, leaseMs, type Publishing, sendWindowMs } from './publishing.ts';

/** One claim: prepares, then makes exactly one request for each part that is not up, and records what came of it. */
export async function publish(
  publication: string,
  account: Account,
  claim: Claim,
  publishing: Publishing,
): Promise<Next> {
  const { ledger, journal, log } = publishing;
  const forgotten = forgottenBy(publication, claim, publishing);
  if (forgotten !== undefined) {
    await giveBack(publication, claim, publishing);
    await publishing.recover(forgotten);
    return again(1_000, 'the ledger had forgotten something');
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
      if (publishing.stopping.aborted) {
        await giveBack(publication, claim, publishing);
        return done('the worker stops');
      }
      return settle(
        attempt,
        outcomeOf(error, circumstances(attempt, false, publishing)),
        publishing,
      );
    }
    if (!(await ledger.saveDraft(publication, claim.fence, draft))) return done('claim lost');

    const entry = journalEntry(attempt);
    const window = openWindow(parts, publishing);
    journal.intend(entry);
    const begin = await ledger.begin(
      publication,
      claim.fence,
      part,
      sendWindowMs(publishing.settings),
    );
    if (!begin.begun) {
      journal.settle(entry, { kind: 'not-sent' });
      return begin.because === 'frozen' ? again(1_000, begin.because) : done(begin.because);
    }

    // From here to the ledger's word on the outcome there is nothing but the request.
    publishing.inFlight.add(publication);
    try {
      const outcome = await send(session, attempt, draft, window, publishing);
      if (outcome.kind === 'posted') {
        const isLastPart = part + 1 === texts.length;
        journal.settle(entry, { kind: 'posted', receipt: outcome.receipt, isLastPart });
        parts.push(outcome.receipt);
      } else if (outcome.kind !== 'unknown') {
        journal.settle(entry, { kind: 'not-sent' });
      }
      const next = await settle(attempt, outcome, publishing);
      if (outcome.kind !== 'posted' || parts.length === texts.length) return next;
      if (next.kind === 'done' && next.because !== 'claimed') return next;
    } finally {
      publishing.inFlight.delete(publication);
    }
  }
  log.warn({ publication }, 'Every part is up already.');
  return done('nothing left to publish');
}

interface AttemptOfPart {
  readonly publication: string;
  readonly account: Account;
  readonly claim: Claim;
  readonly part: number;
  /** Parts that are up. */
  readonly parts: readonly Receipt[];
}

/**
 * What this host's journal knows and the ledger does not, if there is such a thing: a ledger that was rolled
 * back, restored or emptied gives out tokens that were used before, or a publication that was tried.
 */
function forgottenBy(
  publication: string,
  claim: Claim,
  { journal }: Publishing,
): string | undefined {
  if (claim.fence <= journal.highestFence()) {
    return `the ledger gave the token ${claim.fence}, and this host has used ${journal.highestFence()} before`;
  }
  if (journal.lastFence(publication) > claim.begunFence) {
    return `the ledger does not know of an attempt at ${publication} that this host has made`;
  }
  return undefined;
}

/** Ends the claim without having tried. */
async function giveBack(publication: string, claim: Claim, { ledger, settings }: Publishing) {
  await ledger.finish(publication, claim.fence, {
    kind: 'not-sent',
    error: {
      code: 'carillon:put-off',
      message: 'The attempt was called off before anything was sent.',
      advice: 'Nothing to do: it is tried again by itself.',
    },
    retryInMs: 0,
    spendsAttempt: false,
    maxAttempts: settings.attempts,
  });
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
  { publication, claim, part }: AttemptOfPart,
  outcome: Outcome,
  publishing: Publishing,
): Promise<Next> {
  const { ledger, log } = publishing;
  const answer = await insist(() => ledger.finish(publication, claim.fence, outcome), publishing);
  const fields = { publication, attempt: claim.attempt, part, outcome: outcome.kind };
  if (answer.isDuplicate) log.error(fields, 'A second post of this publication is live.');
  tellOutcome(fields, outcome, answer, publishing);
  return nextAfter(answer);
}

function tellOutcome(
  fields: object,
  outcome: Outcome,
  answer: FinishAnswer,
  { log }: Publishing,
): void {
  if (outcome.kind === 'posted') {
    log.info({ ...fields, url: outcome.receipt.url }, 'Published.');
    return;
  }
  const { code, message } = outcome.error;
  const all = { ...fields, code, state: answer.state };
  if (outcome.kind === 'account-refused') log.error(all, `The account is held: ${message}`);
  else if (answer.state === 'failed') log.error(all, message);
  else log.warn(all, message);
}

/** What the job does next, from the state in which the ledger left the publication. */
export function nextAfter(answer: FinishAnswer): Next {
  if (answer.nextInMs === undefined) return done(answer.state);
  if (answer.state === 'scheduled' || answer.state === 'unconfirmed') {
    const { nextInMs: inMs, state, generation } = answer;
    return { kind: 'again', inMs, because: state, generation };
  }
  return done(answer.state);
}

async function insist<T>(work: () => Promise<T>, { log, stopping }: Publishing): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries === 1) log.warn({ reason: String(error) }, 'The ledger does not answer.');
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
