import { SecretKeyError } from '../core/credentials.ts';
import type { KeyRing } from './key-ring.ts';
import type { CredentialRecords, WriteAnswer, WriteOptions } from './redis-records.ts';
import { type SecretKey, seal, sealedOtherwise, unseal } from './seal.ts';
import type { StoredCredentials } from './stored-credentials.ts';

export type OpenedCredentials = StoredCredentials & { readonly version: number };

/** The credentials of all accounts, which leave this process sealed and come into it sealed. */
export interface SealedCredentials {
  /** @throws {SealedError} if they cannot be opened */
  read(account: string): Promise<OpenedCredentials | undefined>;
  /** Makes sure that `write` has a key, while nothing is at stake yet. @throws {SealedError} if it has none */
  prepareToWrite(account: string): Promise<void>;
  /**
   * Seals with the key that everybody is to use.
   *
   * @throws {SealedError} if this process does not have it
   */
  write(
    account: string,
    credentials: StoredCredentials,
    options: WriteOptions,
  ): Promise<Exclude<WriteAnswer, { is: 'other-key' }>>;
}

/**
 * @param namespace of the ledger: what is sealed for an account of the sandbox opens for no real one
 * @param learn hears of every secret that is read or written, so that nothing shows it
 */
export function openSealedCredentials(
  records: CredentialRecords,
  ring: KeyRing,
  namespace: string,
  learn: (secrets: readonly string[]) => void,
): SealedCredentials {
  const ownerOf = (account: string) => `${namespace}/${account}`;
  return {
    async read(account) {
      const record = await records.read(account);
      if (record === undefined) return undefined;
      const text = unseal(record.sealed, ring.keys(), ownerOf(account));
      const stored = JSON.parse(text) as StoredCredentials;
      learn(Object.values(stored.secrets));
      return { ...stored, version: record.version };
    },

    async prepareToWrite(account) {
      await keyToUse(records, ring, ownerOf(account));
    },

    async write(account, credentials, options) {
      learn(Object.values(credentials.secrets));
      const text = JSON.stringify(credentials);
      let key = options.takesKey ? ring.ensure() : await keyToUse(records, ring, ownerOf(account));
      // Twice at most: somebody may begin to change the key in between.
      for (let tries = 0; ; tries++) {
        const sealed = seal(text, key, ownerOf(account));
        const answer = await records.write(account, sealed, key.id, options);
        if (answer.is !== 'other-key') return answer;
        if (tries > 2) throw new SecretKeyError('The key is being changed. Try again in a minute.');
        key = keyOf(answer.keyId, ring, ownerOf(account));
      }
    },
  };
}

async function keyToUse(
  records: CredentialRecords,
  ring: KeyRing,
  owner: string,
): Promise<SecretKey> {
  const wanted = await records.keyId();
  return wanted === undefined ? ring.ensure() : keyOf(wanted, ring, owner);
}

function keyOf(keyId: string, ring: KeyRing, owner: string): SecretKey {
  const key = ring.keys().find(({ id }) => id === keyId);
  if (key === undefined) throw sealedOtherwise(owner, keyId);
  return key;
}
