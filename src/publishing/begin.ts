import { describeError } from '../core/log.ts';
import type { PublicationError } from '../core/publication.ts';
import type { Next } from '../core/wake-up.ts';
import type { JournalEntry, JournalOutcome } from '../ledger/journal.ts';
import type { BeginAnswer } from '../ledger/ledger.ts';
import type { AttemptOfPart } from './attempt.ts';
import { again, done, type Publishing, sendWindowMs } from './publishing.ts';
import { giveBack } from './settle.ts';

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
export async function begin(
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
export async function note(
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
