import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { BackupError, type BackupHead } from '../backup/backup-format.ts';
import { checkBackupFile, isBackupFile, readBackupFile } from '../backup/read-backup-file.ts';
import { readKeys } from '../backup/read-keys.ts';
import { writeBackupFile } from '../backup/write-backup-file.ts';
import { hasRecords, removeKeys, writeKeys } from '../backup/write-keys.ts';
import { LATE_AFTER_MS } from '../core/heartbeat.ts';
import type { Log } from '../core/log.ts';
import { readVersion } from '../core/version.ts';
import { recover } from '../publishing/recover.ts';
import type { Storage } from './storage.ts';

const DAY_MS = 86_400_000;
/** A feed does not take what came out longer ago than a week. */
const LOOK_FOR_NEW_MS = 8 * DAY_MS;
/** So far back an account is looked at. */
const LOOK_FOR_MS = 30 * DAY_MS;
/** Who keeps the ledger frozen while a restore is under way: nobody thaws it but a restore that comes to its end. */
const RESTORING = 'carillon restore';

export interface WrittenBackup {
  readonly keys: number;
  readonly publications: number;
}

export interface RestoreOptions {
  /** Takes out what the ledger has. */
  readonly isReplacing: boolean;
  /** Who keeps the ledger frozen afterwards; undefined: it goes on. */
  readonly keepFrozenBy: string | undefined;
}

/**
 * Writes all that Carillon remembers in Redis to a file, while everything runs. An older backup there goes once this one
 * is whole.
 *
 * @throws {BackupError} if something else is there
 */
export async function backUp(
  file: string,
  namespace: string,
  { redis, prefix, ledger }: Storage,
): Promise<WrittenBackup> {
  if (existsSync(file) && !(await isBackupFile(file))) {
    throw new BackupError(
      `${file} is there already, and is no backup of Carillon: name another file. Nothing was written.`,
    );
  }
  const head: BackupHead = {
    carillonBackup: 1,
    ...{ namespace, ledger: await ledger.id(), at: await ledger.now() },
    ...{ version: readVersion(), host: hostname() },
  };
  let publications = 0;
  async function* entries() {
    for await (const entry of readKeys(redis, prefix)) {
      if (entry.key.startsWith('ledger:publication:')) publications += 1;
      yield entry;
    }
  }
  const keys = await writeBackupFile(file, head, entries());
  return { keys, publications };
}

/**
 * Puts a backup in the place of the ledger, which stays frozen until `finishRestore`: also if this is broken off.
 *
 * @throws {BackupError} if it is not whole, belongs to the other ledger, or would overwrite what is there
 */
export async function restore(
  file: string,
  namespace: string,
  { isReplacing, keepFrozenBy }: RestoreOptions,
  storage: Storage,
): Promise<BackupHead> {
  const { redis, prefix, ledger } = storage;
  const head = await checkBackupFile(file);
  if (head.namespace !== namespace) throw ofOther(file, head);
  await refuseWhileRunning(storage);
  const frozen = await ledger.frozen();
  // What a restore that was broken off has left is nobody's.
  const isLeftOver = frozen?.by === RESTORING;
  if (!isReplacing && !isLeftOver && (await hasRecords(redis, prefix))) throw notEmpty(file);

  const day = new Date(head.at).toISOString().slice(0, 16).replace('T', ' ');
  const reason = `restored from a backup of ${day} UTC`;
  await ledger.freezeAnew('a restore is not finished: run "carillon restore" again', RESTORING);
  await removeKeys(redis, prefix);
  await writeKeys(redis, prefix, readBackupFile(file), async (publications) => {
    await Promise.all(publications.map((name) => ledger.settle(name, LOOK_FOR_MS)));
  });
  await ledger.lookForNew(LOOK_FOR_NEW_MS);
  await ledger.freezeAnew(reason, keepFrozenBy ?? 'carillon');
  return head;
}

/** Tells a ledger that was restored what this host knows besides, and lets it go on unless a person keeps it frozen. */
export async function finishRestore({ ledger, journals }: Storage, log: Log): Promise<void> {
  await recover(ledger, journals, (await ledger.frozen())?.reason ?? 'restored', log);
}

async function refuseWhileRunning({ heartbeats, ledger }: Storage): Promise<void> {
  const since = (await ledger.now()) - LATE_AFTER_MS;
  const running = (await heartbeats.all()).filter(({ at }) => at > since);
  if (running.length === 0) return;
  const parts = running.map(({ part, network, by }) =>
    [part, network, `on ${by.split(':')[0]}`].filter((word) => word !== undefined).join(' '),
  );
  throw new BackupError(
    `Carillon is running (${[...new Set(parts)].join(', ')}): stop it everywhere, and restore half a minute later. Nothing was restored.`,
  );
}

function ofOther(file: string, { namespace }: BackupHead): BackupError {
  const [its, ours] =
    namespace === 'carillon-sandbox'
      ? ['the sandbox', 'the real networks']
      : ['the real networks', 'the sandbox'];
  return new BackupError(
    `${file} is a backup of the ledger of ${its}, and this config is for ${ours} ("sandbox:"). Nothing was restored.`,
  );
}

function notEmpty(file: string): BackupError {
  return new BackupError(
    `The ledger has publications already, and ${file} would take their place. If that is what you want, back up what is there, then add --replace. Nothing was restored.`,
  );
}
