import { setTimeout as wait } from 'node:timers/promises';
import { ENDED_STATES, type EndedState, type WholeRecord } from '../ledger/archived.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { appendRecords, noteFence } from './archive-folder.ts';
import { monthOf } from './archive-line.ts';

export interface Archiving {
  readonly ledger: Pick<Ledger, 'endedBefore' | 'archive' | 'frozen' | 'lastFence'>;
  /** See archiveFolderOf. */
  readonly folder: string;
  /** The name of this host, which has the folder. */
  readonly host: string;
  /** Between two batches: what is due goes before. */
  readonly pauseMs?: number;
  readonly signal?: AbortSignal;
}

const BATCH = 100;

/**
 * Moves what ended before this time to the archive, in small batches. A record leaves the ledger, but for its trace, only
 * once it is on the disk: who dies in between leaves it in both, which reads as one.
 *
 * @returns how many were archived
 */
export async function archiveOld(before: number, archiving: Archiving): Promise<number> {
  const { ledger, folder } = archiving;
  if ((await ledger.frozen()) !== undefined) return 0;
  noteFence(folder, await ledger.lastFence());
  let archived = 0;
  for (const state of ENDED_STATES) archived += await archiveState(state, before, archiving);
  return archived;
}

async function archiveState(
  state: EndedState,
  before: number,
  { ledger, folder, host, pauseMs = 0, signal }: Archiving,
): Promise<number> {
  let archived = 0;
  // What stays is passed over.
  let offset = 0;
  while (signal?.aborted !== true) {
    const { records, seen } = await ledger.endedBefore(state, before, { offset, limit: BATCH });
    if (seen === 0) break;
    appendRecords(folder, records);
    const left = await Promise.all(
      records.map((record) => ledger.archive(record, placeOf(record, host))),
    );
    const gone = left.filter((isArchived) => isArchived).length;
    archived += gone;
    offset += seen - gone;
    if (pauseMs > 0) await wait(pauseMs);
  }
  return archived;
}

function placeOf(record: WholeRecord, host: string) {
  return { host, month: monthOf(record) };
}
