import type { RekeyAnswer } from '../core/credentials.ts';
import { SecretKeyError } from '../core/credentials.ts';
import type { KeyRing } from './key-ring.ts';
import type { CredentialRecords } from './redis-records.ts';
import { keyIdOf, type SecretKey, seal, unseal } from './seal.ts';

export interface SealedPlace {
  readonly namespace: string;
  readonly records: CredentialRecords;
}

/**
 * Seals everything in all places anew with the ring's successor. From the first step on nothing is sealed with
 * another key, and until the last one both open: whoever dies on the way is gone on from by the next run.
 */
export async function rekey(places: readonly SealedPlace[], ring: KeyRing): Promise<RekeyAnswer> {
  const key = ring.successor();
  const used = await Promise.all(places.map(({ records }) => records.keyId()));
  if (used.every((id) => id === undefined)) throw nothingSealed();
  if (used.every((id) => id === undefined || id === key.id) && ring.keys().length === 1) {
    throw nothingNew();
  }

  // All are opened before any is changed: a key that is lost must not cost the keys that are left.
  for (const place of places) await openAll(place, ring);
  let accounts = 0;
  for (const place of places) {
    if ((await place.records.keyId()) === undefined) continue;
    await place.records.wantKey(key.id);
    accounts += await sealAll(place, key, ring);
  }
  return { accounts, keptIn: ring.settle() };
}

async function openAll({ namespace, records }: SealedPlace, ring: KeyRing): Promise<void> {
  for (const account of await records.accounts()) {
    const record = await records.read(account);
    if (record) unseal(record.sealed, ring.keys(), `${namespace}/${account}`);
  }
}

/** Answers how many were sealed anew. */
async function sealAll(
  { namespace, records }: SealedPlace,
  key: SecretKey,
  ring: KeyRing,
): Promise<number> {
  let sealed = 0;
  for (const account of await records.accounts()) {
    const owner = `${namespace}/${account}`;
    for (;;) {
      const record = await records.read(account);
      if (record === undefined || keyIdOf(record.sealed) === key.id) break;
      const text = unseal(record.sealed, ring.keys(), owner);
      const answer = await records.write(account, seal(text, key, owner), key.id, {
        version: record.version,
      });
      if (answer.is === 'written') sealed += 1;
      if (answer.is === 'other-key') throw twoAtOnce();
    }
  }
  return sealed;
}

function nothingSealed(): SecretKeyError {
  return new SecretKeyError(
    'No account is connected yet, so nothing is sealed and there is no key to change.',
  );
}

function nothingNew(): SecretKeyError {
  return new SecretKeyError(
    'CARILLON_SECRET_KEY is the key in use. Put the new key there, the one in use into CARILLON_OLD_SECRET_KEY, and run "carillon rekey" again.',
  );
}

function twoAtOnce(): SecretKeyError {
  return new SecretKeyError(
    'Somebody else is changing the key at the same time. Run "carillon rekey" again once they are done.',
  );
}
