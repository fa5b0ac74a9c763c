import { hostname } from 'node:os';
import { archiveFolderOf, readFence } from '../archive/archive-folder.ts';
import { recallArchived } from '../archive/recall-archived.ts';
import type { Log } from '../core/log.ts';
import { type Journal, readJournal } from '../ledger/journal.ts';
import { journalsIn } from '../ledger/journal-files.ts';
import { hostOf } from '../ledger/journal-host.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { readRetractions } from '../ledger/retraction-journal.ts';

/** What is due so soon after a recovery is looked for first: another host may have sent it. */
const LOOK_FOR_MS = 15 * 60_000;
/** Tokens go on well above every one that may have been used. */
const FENCE_GAP = 1_000;
/** A ledger that Carillon itself keeps frozen for so long is no longer being recovered by anybody. */
const BROKEN_OFF_MS = 10_000;
/** So long a host is waited for that was there when a recovery began, and says nothing. */
const PATIENCE_MS = 60_000;
/** A receipt older than this has long been handed in. */
const TELL_FOR_MS = 48 * 3_600_000;

/** The journals of all workers of this host, of one namespace. */
export function readJournals(
  directory: string,
): readonly Pick<Journal, 'highestFence' | 'testimonies'>[] {
  return journalsIn(directory).map(readJournal);
}

/**
 * Tells a ledger that was rolled back, restored or emptied what this host's journals know. Nothing is sent meanwhile;
 * afterwards tokens go on above all that were used, and what is due soon is looked for first.
 *
 * @param quietMs so long it stays frozen at least: 0 where nobody but this host sends
 */
export async function recover(
  ledger: Ledger,
  directory: string,
  reason: string,
  log: Log,
  quietMs = 0,
): Promise<void> {
  log.error({ reason }, 'The ledger has forgotten something: it is frozen and reads the journals.');
  const epoch = await ledger.openRecovery(reason);
  await tellJournals(ledger, directory, epoch, log);
  await goOn(ledger, quietMs, log);
}

/** Tells the ledger all that this host knows, and that this is all. */
async function tellJournals(
  ledger: Ledger,
  directory: string,
  epoch: number,
  log: Log,
): Promise<void> {
  let told = 0;
  for (const testimony of readJournals(directory).flatMap((journal) => journal.testimonies())) {
    if ((await ledger.witness(testimony)).changed) told++;
  }
  told += await recallRetractions(ledger, directory);
  told += await recallArchived(archiveFolderOf(directory), {
    ...{ ledger, host: hostname() },
    onBroken: ({ file, line }) =>
      log.error(
        `Line ${line} of the archive ${file} cannot be read and is passed over. A copy of the file may have it.`,
      ),
  });
  const fence = highestFence(directory);
  await ledger.reportRecovery({ host: hostOf(directory), epoch, fence });
  log.warn({ told }, 'The journals of this host are read.');
}

/** Lets the ledger go on if every host has been heard and nothing from before can be on its way any more. */
async function goOn(ledger: Ledger, quietMs: number, log: Log): Promise<void> {
  const terms = { quietMs, patienceMs: PATIENCE_MS, fenceGap: FENCE_GAP, lookForMs: LOOK_FOR_MS };
  const { state, silent } = await ledger.closeRecovery(terms);
  if (state === 'held') log.warn('The ledger stays frozen, as a person has frozen it.');
  if (state !== 'thawed') return;
  if (silent.length === 0) log.warn('Every host has been heard; publishing goes on.');
  else {
    log.error(
      { hosts: silent },
      'Hosts have not told what they have sent. Publishing goes on without them: what is due is looked for first.',
    );
  }
}

/** Tells the ledger of receipts that this worker got and could not hand in before it ended. */
export async function tellOutcomes(ledger: Ledger, journal: Journal): Promise<void> {
  const since = (await ledger.now()) - TELL_FOR_MS;
  for (const testimony of journal.testimonies()) {
    if (testimony.kind === 'posted' && testimony.at > since) await ledger.witness(testimony);
  }
}

/**
 * Tells the ledger what was taken back by this host, where it has lost that. No token tells of such a loss, and a post
 * that was deleted would be sent again.
 */
async function recallRetractions(ledger: Ledger, directory: string): Promise<number> {
  const known = readRetractions(directory);
  const records = await ledger.getMany(known.map(({ publication }) => publication));
  let told = 0;
  for (const [i, retraction] of known.entries()) {
    if (records[i]?.state === 'retracted') continue;
    if ((await ledger.recallRetraction(retraction)).changed) told++;
  }
  return told;
}

/** Lets a frozen ledger go on, with tokens above all that this host has used. */
export async function thaw(ledger: Ledger, directory: string, by: string): Promise<boolean> {
  return ledger.thaw(by, {
    fence: highestFence(directory) + FENCE_GAP,
    lookUntil: (await ledger.now()) + LOOK_FOR_MS,
  });
}

function highestFence(directory: string): number {
  return Math.max(
    readFence(archiveFolderOf(directory)),
    ...readJournals(directory).map((journal) => journal.highestFence()),
  );
}

/** Recovers if this host has used tokens that the ledger has not given yet, or if a recovery was broken off. */
export async function recoverIfBehind(
  ledger: Ledger,
  directory: string,
  log: Log,
  quietMs = 0,
): Promise<boolean> {
  const highest = highestFence(directory);
  const fence = await ledger.lastFence();
  const frozen = await ledger.frozen();
  if (fence < highest) {
    const reason = `its last token is ${fence}, and this host has used ${highest}`;
    await recover(ledger, directory, reason, log, quietMs);
    return true;
  }
  if (frozen?.by !== 'carillon') {
    const told = await recallRetractions(ledger, directory);
    if (told > 0) log.warn({ told }, 'The ledger had forgotten what was taken back: it is told.');
    return false;
  }
  const reason = `a recovery was not finished: ${frozen.reason}`;
  await recover(ledger, directory, reason, log, quietMs);
  return true;
}

/**
 * Takes part in whatever recovery there is, and finishes that of a process that has died meanwhile: else nothing would
 * ever be sent again. For a worker to ask every second.
 */
export async function attendRecovery(
  ledger: Ledger,
  directory: string,
  log: Log,
  quietMs = BROKEN_OFF_MS,
): Promise<void> {
  const { epoch, reported, frozen } = await ledger.attend(hostOf(directory));
  if (reported < epoch) {
    if (frozen)
      log.error({ reason: frozen.reason }, 'The ledger is frozen: it reads the journals.');
    await tellJournals(ledger, directory, epoch, log);
  }
  if (frozen?.by === 'carillon') await goOn(ledger, quietMs, log);
}
