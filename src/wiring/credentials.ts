import type { Account } from '../core/account.ts';
import type { Clock } from '../core/clock.ts';
import type { CredentialStore } from '../core/credentials.ts';
import type { Log } from '../core/log.ts';
import { openKeyRing } from '../credentials/key-ring.ts';
import { openCredentials } from '../credentials/open-credentials.ts';
import { openRedisRecords } from '../credentials/redis-records.ts';
import { networkOf } from '../networks/registry.ts';
import { NAMESPACES } from './namespace.ts';
import type { Storage } from './storage.ts';

/** What of a process's surroundings the credentials need. */
export interface CredentialSurroundings {
  readonly dataDir: string;
  readonly log: Log;
  /** `CARILLON_SECRET_KEY` */
  readonly secretKey?: string | undefined;
  /** `CARILLON_OLD_SECRET_KEY` */
  readonly oldSecretKey?: string | undefined;
  /** Hears of every token that this process comes to know. */
  readonly learnSecrets?: (secrets: readonly string[]) => void;
}

/** The credentials of all accounts of a ledger. Sandbox and real networks share the key, never a token. */
export function openCredentialStore(
  namespace: string,
  { redis, settling }: Pick<Storage, 'redis' | 'settling'>,
  { dataDir, log, secretKey, oldSecretKey, learnSecrets = () => {} }: CredentialSurroundings,
  clock: Clock,
): CredentialStore {
  const recordsOf = (name: string) => openRedisRecords(redis, `{${name}}`, { settling });
  return openCredentials({
    namespace,
    records: recordsOf(namespace),
    ring: openKeyRing(dataDir, { secretKey, oldSecretKey }, log),
    clock,
    log,
    tokenFieldsOf: ({ network, settings }: Account) => networkOf(network).tokens(settings).flat(),
    learn: learnSecrets,
    neighbours: NAMESPACES.filter((name) => name !== namespace).map((name) => ({
      namespace: name,
      records: recordsOf(name),
    })),
  });
}

/** True if there are tokens for the account, or it needs none. */
export async function isConnected(account: Account, store: CredentialStore): Promise<boolean> {
  const sets = networkOf(account.network).tokens(account.settings);
  if (account.sandbox || sets.length === 0) return true;
  const credentials = await store.of(account).read();
  return sets.some((set) => set.every((field) => credentials?.secrets[field] !== undefined));
}
