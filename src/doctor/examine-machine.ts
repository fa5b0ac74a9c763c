import type { Ledger } from '../ledger/ledger.ts';
import type { ServerFinding } from '../redis/check-server.ts';
import { judgeClock } from './clock.ts';
import { examineDiskSpace } from './disk-space.ts';
import type { Finding } from './finding.ts';
import { examineJournalDirectory } from './journal-directory.ts';
import { findingsOfServer } from './redis-server.ts';
import { examineSecretKey } from './secret-key.ts';

export interface Machine {
  readonly dataDir: string;
  /** The directory of the ledger's journals. */
  readonly journals: string;
  readonly ledger: Pick<Ledger, 'now'>;
  /** Asks Redis what it says of itself. */
  judgeRedis(): Promise<readonly ServerFinding[]>;
}

/** Examines what this process stands on: Redis, its clock against this one, the disk. */
export async function examineMachine(machine: Machine): Promise<readonly Finding[]> {
  const { dataDir, journals, ledger } = machine;
  return [
    ...findingsOfServer(await machine.judgeRedis()),
    judgeClock(await readAheadMs(ledger)),
    await examineDiskSpace(dataDir),
    await examineJournalDirectory(journals),
    ...(await examineSecretKey(dataDir)),
  ];
}

async function readAheadMs(ledger: Pick<Ledger, 'now'>): Promise<number> {
  const before = Date.now();
  const theirs = await ledger.now();
  return (before + Date.now()) / 2 - theirs;
}
