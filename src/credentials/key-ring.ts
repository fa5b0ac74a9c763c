import { join } from 'node:path';
import type { Log } from '../core/log.ts';
import { makeKeyFile, readKeyFile, removeKeyFile, replaceKeyFile } from './key-file.ts';
import type { SecretKey } from './seal.ts';
import { readWrittenKey } from './written-key.ts';

/** What the environment says of the keys. */
export interface GivenKeys {
  /** `CARILLON_SECRET_KEY` */
  readonly secretKey?: string | undefined;
  /** `CARILLON_OLD_SECRET_KEY`: opens what was sealed before the key was changed. */
  readonly oldSecretKey?: string | undefined;
}

/** The keys of this process: those of the environment, and those of the data directory. */
export interface KeyRing {
  /** All that open, the one that seals first. Files are read anew each time: another process may have changed them. */
  keys(): readonly SecretKey[];
  /** The key that seals; made if there is none yet, with a loud word to back it up. */
  ensure(): SecretKey;
  /** The key that takes the place of the others: that of the environment, or a new one in a file of its own. */
  successor(): SecretKey;
  /** Forgets every key of the data directory but the successor. Answers where that is kept. */
  settle(): string;
}

/** @throws {SecretKeyError} from each of its methods, if a key cannot be used */
export function openKeyRing(dataDir: string, given: GivenKeys, log: Log): KeyRing {
  const file = join(dataDir, 'secret-key');
  const nextFile = join(dataDir, 'secret-key.next');
  let written: { readonly now?: SecretKey; readonly old?: SecretKey } | undefined;
  const readWritten = () => {
    const { secretKey, oldSecretKey } = given;
    written ??= {
      ...(secretKey && { now: readWrittenKey(secretKey, 'CARILLON_SECRET_KEY') }),
      ...(oldSecretKey && { old: readWrittenKey(oldSecretKey, 'CARILLON_OLD_SECRET_KEY') }),
    };
    return written;
  };

  const keys = () => {
    const { now, old } = readWritten();
    // In this order: a key that takes the other's place between the two looks is seen at one of them.
    const next = readKeyFile(nextFile);
    const kept = [now, readKeyFile(file), next, old];
    return kept.filter((key) => key !== undefined);
  };
  const make = (path: string) => {
    const { key, isNew } = makeKeyFile(path);
    if (isNew) log.warn(backUp(path === nextFile ? file : path));
    return key;
  };

  return {
    keys,
    ensure: () => readWritten().now ?? readKeyFile(file) ?? make(file),
    successor: () => readWritten().now ?? make(nextFile),
    settle: () => {
      if (readWritten().now !== undefined) {
        removeKeyFile(file);
        removeKeyFile(nextFile);
        return 'CARILLON_SECRET_KEY';
      }
      if (readKeyFile(nextFile) !== undefined) replaceKeyFile(nextFile, file);
      return file;
    },
  };
}

function backUp(file: string): string {
  return `BACK UP THIS KEY: ${file} was just made, and seals the tokens of all accounts. Without it every account has to be connected again. Keep a copy apart from Redis and its backups.`;
}
